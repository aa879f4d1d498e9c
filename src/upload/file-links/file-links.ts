import type { Host } from '../../azure/host/host';
import type { WorkItem } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { SaveGate } from '../form/save-gate';
import type { AttachmentEditorServices } from '../link/edit-attachments';
import { relationComment } from '../link/relation-list';
import { createLinkEditor } from './edit-links';
import type { FileAddress } from './file-address';
import { isSameAddress, readFileAddress } from './file-address';

/** Work item in the form. */
export interface OpenLinkItem {
  readonly id: number;
  /** Whether the user may add and remove links. */
  readonly canChange: boolean;
}

/** A hyperlink of a work item that leads to a file. */
export interface FileLink extends FileAddress {
  readonly workItemId: number;
  readonly comment: string;
}

/** State of the linked files of a frame. */
export interface FileLinksState {
  /** Of the last work item read. */
  readonly links: readonly FileLink[];
  /** Addresses with a change underway. */
  readonly busy: ReadonlySet<string>;
  /** Removed last, for an undo. */
  readonly removed?: FileLink | undefined;
  /** Last failed change. */
  readonly failed?: { readonly link: FileLink; readonly problem: Problem } | undefined;
}

/** The linked files of the work item in the form. */
export interface FileLinks extends ReadonlyStore<FileLinksState> {
  /** Receives a work item as it was read. */
  readonly onRead: (workItem: WorkItem) => void;
  /**
   * Links a file once, however often it is called. Resolves after the link, or as soon as it waits for a save of unsaved
   * edits. From then on its error is `failed`.
   *
   * @param onLinked Called after the link.
   * @throws StaplerError See `LinkEditor`.
   */
  readonly add: (link: FileLink, onLinked?: () => void) => Promise<void>;
  /** Removes a link. Reports a failure as `failed`. */
  readonly remove: (link: FileLink) => Promise<void>;
  /**
   * Changes the comment of a link. Resolves after the change, or as soon as it waits for a save of unsaved edits. From
   * then on its error is `failed`.
   *
   * @throws StaplerError See `LinkEditor`.
   */
  readonly changeComment: (link: FileLink, comment: string) => Promise<void>;
  /** Adds the removed link again. Reports a failure as `failed`. */
  readonly undo: () => Promise<void>;
  /** Ends the offer to undo, and the message about a failure. */
  readonly dismiss: () => void;
}

/** Dependencies of `createFileLinks`. */
export interface FileLinksOptions {
  readonly services: AttachmentEditorServices;
  readonly host: Pick<Host, 'refreshForm'>;
  readonly gate: Pick<SaveGate, 'pass'>;
}

/** Starts without links. */
export function createFileLinks({ services, host, gate }: FileLinksOptions): FileLinks {
  const store = createStateStore<FileLinksState>({ links: [], busy: new Set() });
  const editor = createLinkEditor(services);
  let last = { id: 0, revision: 0 };

  function change(facts: Partial<FileLinksState>): void {
    store.setState((state) => ({ ...state, ...facts }));
  }

  function onRead({ id, revision, relations }: WorkItem): void {
    // A read may have begun before a change.
    if (id === last.id && revision < last.revision) return;
    const isOther = id !== last.id;
    last = { id, revision };
    const links = relations.flatMap((relation) => {
      const address = relation.rel === 'Hyperlink' ? readFileAddress(relation.url) : undefined;
      return address?.isFile ? [{ ...address, workItemId: id, comment: relationComment(relation) }] : [];
    });
    change({ links, ...(isOther && { removed: undefined, failed: undefined }) });
  }

  const fail = (link: FileLink, error: unknown): void =>
    change({ failed: { link, problem: toProblem(error) } });

  /** Resolves after the change, or as soon as it waits for a save. */
  async function run(
    link: FileLink,
    isRemoval: boolean,
    patch: () => Promise<WorkItem>,
    onDone: () => void,
  ): Promise<void> {
    const { workItemId, url } = link;
    const free = (): void =>
      change({ busy: new Set([...store.getSnapshot().busy].filter((each) => each !== url)) });

    async function apply(): Promise<void> {
      try {
        const workItem = await patch();
        if (last.id === workItemId) onRead(workItem);
        onDone();
        void host.refreshForm(workItemId);
      } finally {
        free();
      }
    }

    change({ busy: new Set([...store.getSnapshot().busy, url]), failed: undefined });
    const wait = await gate.pass({ workItemId, names: [titleOf(link)], isRemoval });
    if (!wait) return apply();
    void wait.released
      .then((release) => (release === 'run' ? apply() : free()))
      .catch((error: unknown) => fail(link, error));
  }

  function add(link: FileLink, onLinked?: () => void): Promise<void> {
    const { workItemId, url, comment } = link;
    return run(
      link,
      false,
      () => editor.add(workItemId, url, comment),
      () => {
        const { removed } = store.getSnapshot();
        if (removed && isSameAddress(removed.url, url)) change({ removed: undefined });
        onLinked?.();
      },
    );
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    onRead,
    add,

    async remove(link) {
      const { workItemId, url } = link;
      const onRemoved = (): void => {
        if (last.id === workItemId) change({ removed: link });
      };
      await run(link, true, () => editor.remove(workItemId, url), onRemoved).catch((error: unknown) =>
        fail(link, error),
      );
    },

    changeComment: (link, comment) =>
      run(
        link,
        false,
        () => editor.changeComment(link.workItemId, link.url, comment),
        () => undefined,
      ),

    async undo() {
      const { removed } = store.getSnapshot();
      if (removed) await add(removed).catch((error: unknown) => fail(removed, error));
    },

    dismiss: () => change({ removed: undefined, failed: undefined }),
  };
}

/** Text of a link: the name of its file, else its comment, else its host. */
export function titleOf({ name, comment, host }: Pick<FileLink, 'name' | 'comment' | 'host'>): string {
  return name || comment || host;
}
