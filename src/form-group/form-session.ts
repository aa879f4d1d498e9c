import type { FormEvent, Host } from '../host/host';
import type { Problem } from '../model/errors';
import { toProblem } from '../model/errors';
import type { Store } from '../model/store';
import { createStore } from '../model/store';
import type { LinkTarget, WorkItem } from '../model/work-item';
import { sameTarget, workItemTarget } from '../model/work-item';
import type { Pipeline, PipelineOptions } from '../pipeline';

/** What the form shows, as far as the group knows. */
export type FormState =
  /** The host has not answered yet; `late` once that takes longer than it should. */
  | { readonly status: 'connecting'; readonly late: boolean }
  /** Connected, and no work item is in the form. */
  | { readonly status: 'empty'; readonly late: boolean }
  | OpenForm;

/** A form with a work item in it. */
export interface OpenForm {
  readonly status: 'open';
  readonly target: LinkTarget;
  /** The host's number for the item; 0 or negative for a new one. */
  readonly hostId: number;
  /** `Bug 7`, `New Bug`; `Work item 7` until its type is known. */
  readonly label: string;
  readonly isReadOnly: boolean;
  /** Attachments that the item has on the server; `undefined` until it was read, 0 for a new one. */
  readonly attachmentCount: number | undefined;
  /** Why the item could not be read. */
  readonly problem: Problem | undefined;
  /** Files were attached that the form does not show, because it has unsaved edits. */
  readonly isStale: boolean;
}

/** The form group without its looks. */
export interface FormSession {
  readonly getSnapshot: () => FormState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Introduces the frame to the host. Called once. */
  readonly start: () => Promise<void>;
  /** Sends files to the work item that is in the form at this moment, whatever it shows later. */
  readonly attachPicked: (files: Iterable<File>) => void;
  readonly attachPasted: (files: Iterable<File>) => void;
  readonly attachDropped: (transfer: DataTransfer) => void;
  /** Reads the work item again after that failed. */
  readonly reload: () => void;
  readonly queue: Pipeline['queue'];
}

/** What a session is made of. */
export interface FormSessionOptions {
  readonly host: Host;
  /** Makes the pipeline that reports to the session. */
  readonly connect: (onLinked: PipelineOptions['onLinked']) => Pipeline;
  /** See `createStore`. */
  readonly announce: (tell: () => void) => void;
  /** Calls back once the host has been silent for too long. */
  readonly whenPatienceEnds: (callback: () => void) => void;
  readonly now: () => Date;
}

type Update = (state: FormState) => FormState;

/** Follows the form: which item it shows, what is known of it, and what becomes of a new one. */
export function createFormSession(options: FormSessionOptions): FormSession {
  const { host, connect, announce, whenPatienceEnds, now } = options;
  const store: Store<FormState, Update> = createStore<FormState, Update>(
    (state, update) => update(state),
    { status: 'connecting', late: false },
    announce,
  );
  const pipeline = connect((workItem, refresh) => {
    learn(workItem);
    patch(workItemTarget(workItem.id), { isStale: refresh === 'unsaved-edits' });
  });
  const revisions = new Map<number, number>();
  let drafts = 0;

  /** Changes what is known of `target`, if the form still shows it. */
  function patch(target: LinkTarget, facts: Partial<OpenForm>): void {
    store.dispatch((state) =>
      state.status === 'open' && sameTarget(state.target, target) ? { ...state, ...facts } : state,
    );
  }

  /** Shows an item of which nothing is known yet; one that is shown already keeps what is known. */
  function open(
    item: Pick<OpenForm, 'target' | 'hostId' | 'label' | 'isReadOnly' | 'attachmentCount'>,
  ): void {
    store.dispatch((state) =>
      state.status === 'open' && sameTarget(state.target, item.target)
        ? { ...state, isReadOnly: item.isReadOnly, isStale: false }
        : { ...item, status: 'open', problem: undefined, isStale: false },
    );
  }

  /** A read that was under way while files were attached may answer last and know less. */
  function learn(workItem: WorkItem): void {
    const { id, revision } = workItem;
    if (revision < (revisions.get(id) ?? 0)) return;
    revisions.set(id, revision);
    patch(workItemTarget(id), factsOf(workItem));
  }

  async function read(id: number): Promise<void> {
    try {
      learn(await pipeline.readWorkItem(id));
    } catch (error) {
      patch(workItemTarget(id), { problem: toProblem(error) });
    }
  }

  function show(id: number, isReadOnly: boolean): void {
    const label = `Work item ${id}`;
    open({ target: workItemTarget(id), hostId: id, label, isReadOnly, attachmentCount: undefined });
    void read(id);
  }

  /** The new item in the form, if it shows one. */
  function currentDraft(): { draftId: string; hostId: number } | undefined {
    const state = store.getSnapshot();
    if (state.status !== 'open' || state.target.kind !== 'draft') return undefined;
    return { draftId: state.target.draftId, hostId: state.hostId };
  }

  function isCurrent(id: number): boolean {
    const state = store.getSnapshot();
    return state.status === 'open' && state.hostId === id;
  }

  /**
   * A draft that suddenly has a number was saved: the first save is told as `saved` by some hosts and as `loaded`
   * by others (host reference 4.2). Moving to another item tells `unloaded` first.
   */
  function settleDraft(id: number): void {
    const draft = currentDraft();
    if (draft) pipeline.queue.draftSaved(draft.draftId, id);
  }

  async function showDraft(hostId: number, isReadOnly: boolean): Promise<void> {
    const draft = currentDraft();
    if (draft && draft.hostId === hostId) return;
    abandonDraft();
    const target: LinkTarget = { kind: 'draft', draftId: `draft ${++drafts}` };
    open({ target, hostId, label: 'New work item', isReadOnly, attachmentCount: 0 });
    const type = await host.getFormItemType();
    if (type) patch(target, { label: `New ${type}` });
  }

  function abandonDraft(): void {
    const draft = currentDraft();
    if (draft) pipeline.queue.draftAbandoned(draft.draftId);
  }

  /** Whatever number the host gives a new item when it leaves: files for it must not end at the next item. */
  function leave(id: number): void {
    const draft = currentDraft();
    const leavesDraft = draft !== undefined && (draft.hostId === id || !(id > 0));
    if (leavesDraft) abandonDraft();
    if (leavesDraft || isCurrent(id)) store.dispatch(() => ({ status: 'empty', late: false }));
  }

  function onFormEvent(event: FormEvent): void {
    const { workItemId } = event;
    switch (event.type) {
      case 'loaded':
        if (event.isNew || !(workItemId > 0)) {
          void showDraft(workItemId, event.isReadOnly);
          return;
        }
        settleDraft(workItemId);
        show(workItemId, event.isReadOnly);
        return;
      case 'saved':
        if (currentDraft() && workItemId > 0) {
          settleDraft(workItemId);
          show(workItemId, false);
          return;
        }
        if (isCurrent(workItemId)) refreshed(workItemId);
        return;
      case 'refreshed':
        if (isCurrent(workItemId)) refreshed(workItemId);
        return;
      case 'unloaded':
        leave(workItemId);
        return;
      case 'reset':
        return;
    }
  }

  function refreshed(id: number): void {
    patch(workItemTarget(id), { isStale: false });
    void read(id);
  }

  /** Calls `act` with the form, if something can be attached to what it shows. */
  function withWritableForm(act: (form: OpenForm) => void): void {
    const form = store.getSnapshot();
    if (form.status === 'open' && !form.isReadOnly) act(form);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start() {
      whenPatienceEnds(() =>
        store.dispatch((state) => (state.status === 'open' || state.late ? state : { ...state, late: true })),
      );
      await host.connect(onFormEvent);
      store.dispatch((state) => (state.status === 'connecting' ? { ...state, status: 'empty' } : state));
      host.loadSucceeded();
    },

    attachPicked(files) {
      withWritableForm(({ target, attachmentCount = 0 }) =>
        pipeline.attach(pipeline.intake.fromInput(files), target, attachmentCount),
      );
    },

    attachPasted(files) {
      withWritableForm(({ target, label, attachmentCount = 0 }) =>
        pipeline.attach(pipeline.intake.fromPaste(files, label, now()), target, attachmentCount),
      );
    },

    attachDropped(transfer) {
      withWritableForm(({ target, attachmentCount = 0 }) => {
        void pipeline.intake
          .fromDrop(transfer)
          .then((picked) => pipeline.attach(picked, target, attachmentCount));
      });
    },

    reload() {
      const state = store.getSnapshot();
      if (state.status === 'open' && state.target.kind === 'work-item') void read(state.target.id);
    },

    queue: pipeline.queue,
  };
}

function factsOf(workItem: WorkItem): Partial<OpenForm> {
  const { id, type, relations } = workItem;
  return {
    label: type ? `${type} ${id}` : `Work item ${id}`,
    attachmentCount: relations.filter(({ rel }) => rel === 'AttachedFile').length,
    problem: undefined,
  };
}
