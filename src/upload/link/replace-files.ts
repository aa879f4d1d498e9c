import type { AttachmentReference, LinkableAttachment, WorkItem } from '../../azure/work-item';
import { isStaplerError, toProblem } from '../../base/errors';
import type { Problem } from '../../base/errors';
import { loadModule } from '../../base/load-module';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { AttachmentEditor, AttachmentEditorServices, Replacements } from './edit-attachments';
import type { Linker, LinkOutcome } from './link-attachments';

type AttachmentId = AttachmentReference['id'];

/** Attachment to link, possibly in place of another one. */
export interface FileToLink extends LinkableAttachment {
  readonly replaces?: AttachmentId;
}

/** Attachment replaced by an upload. */
export interface ReplacedFile {
  readonly workItemId: number;
  /** The new file. */
  readonly successor: LinkableAttachment;
  /** The removed one. Its bytes stay on the server. */
  readonly former: LinkableAttachment;
}

/** Replacements that can be undone. */
export interface ReplacedFiles {
  readonly files: readonly ReplacedFile[];
  readonly isUndoing: boolean;
  /** Reason why the last undo failed. */
  readonly problem?: Problem | undefined;
}

/** Links files, some in place of attached ones. */
export interface FileReplacer extends ReadonlyStore<ReplacedFiles> {
  /** Like `Linker.link`. Links a file plainly if the one to replace is gone. */
  readonly link: (workItemId: number, files: readonly FileToLink[]) => Promise<LinkOutcome>;
  /** Puts the former files of a work item back and removes their successors, in one revision. Never rejects. */
  readonly undo: (workItemId: number) => Promise<void>;
  /** Forgets all replacements. */
  readonly dismiss: () => void;
}

/** Dependencies of `createFileReplacer`. */
export interface FileReplacerOptions {
  readonly services: AttachmentEditorServices;
  readonly linker: Pick<Linker, 'link'>;
  /** Called after an undo with the undone replacements. */
  readonly onUndone: (workItem: WorkItem, undone: readonly ReplacedFile[]) => void;
}

/** Creates a replacer. The code to replace is loaded when a file replaces another one for the first time. */
export function createFileReplacer({ services, linker, onUndone }: FileReplacerOptions): FileReplacer {
  const store = createStateStore<ReplacedFiles>({ files: [], isUndoing: false });

  const replaceAll: AttachmentEditor['replaceAll'] = async (workItemId, replacements) => {
    const { createAttachmentEditor } = await loadModule(
      () => import(/* webpackChunkName: "edit" */ './edit-attachments'),
    );
    return createAttachmentEditor(services).replaceAll(workItemId, replacements);
  };

  /** Resolves with the outcome, and with the files still to be linked: the ones they replace are gone. */
  async function replace(
    workItemId: number,
    files: readonly FileToLink[],
  ): Promise<LinkOutcome & { readonly left: readonly FileToLink[] }> {
    let result: Replacements;
    try {
      const replacements = files.map(({ replaces = '', ...successor }) => ({ id: replaces, successor }));
      result = await replaceAll(workItemId, replacements);
    } catch (error) {
      if (isStaplerError(error) && error.kind === 'not-attached')
        return { workItem: undefined, failures: new Map(), left: files };
      const failures = new Map(files.map(({ reference }) => [reference.id, error]));
      return { workItem: undefined, failures, left: [] };
    }
    const replaced = result.removed.flatMap((former): ReplacedFile[] => {
      const successor = files.find(({ replaces }) => replaces === former.reference.id);
      return successor ? [{ workItemId, successor, former }] : [];
    });
    store.setState(({ files: before }) => ({ files: [...before, ...replaced], isUndoing: false }));
    const left = files.filter(({ reference }) => result.unlinked.has(reference.id));
    return { workItem: result.workItem, failures: new Map(), left };
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async link(workItemId, files) {
      const replacing = files.filter(({ replaces }) => replaces !== undefined);
      if (replacing.length === 0) return linker.link(workItemId, files);
      const { left, ...replaced } = await replace(workItemId, replacing);
      const plain = files.filter((file) => file.replaces === undefined || left.includes(file));
      if (plain.length === 0) return replaced;
      const { workItem, failures } = await linker.link(workItemId, plain);
      return {
        workItem: workItem ?? replaced.workItem,
        failures: new Map([...replaced.failures, ...failures]),
      };
    },

    async undo(workItemId) {
      const { files, isUndoing } = store.getSnapshot();
      const undone = files.filter((file) => file.workItemId === workItemId);
      if (isUndoing || undone.length === 0) return;
      store.setState({ files, isUndoing: true });
      try {
        const { workItem } = await replaceAll(
          workItemId,
          undone.map(({ successor, former }) => ({ id: successor.reference.id, successor: former })),
        );
        store.setState((now) => ({
          files: now.files.filter((file) => !undone.includes(file)),
          isUndoing: false,
        }));
        onUndone(workItem, undone);
      } catch (error) {
        store.setState((now) => ({ ...now, isUndoing: false, problem: toProblem(error) }));
      }
    },

    dismiss: () => store.setState({ files: [], isUndoing: false }),
  };
}
