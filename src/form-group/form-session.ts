import type { FormEvent, Host, RefreshOutcome, SaveOutcome } from '../host/host';
import type { DraftFacts } from '../handover/pending';
import type { Problem, ProblemKind } from '../model/errors';
import { toProblem } from '../model/errors';
import type { Store } from '../model/store';
import { createStore } from '../model/store';
import type { Surroundings } from '../model/surroundings';
import type { LinkTarget, WorkItem } from '../model/work-item';
import { attachmentsOf, sameTarget, workItemTarget } from '../model/work-item';
import type { Picked, Pipeline, PipelineOptions } from '../pipeline';
import { describeAttached, describeWorkItem } from '../ui/sentences';
import type { EditsChoice } from './save-gate';
import { createSaveGate } from './save-gate';

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
  /** Why the form does not show files that were attached; `undefined` when it shows all. */
  readonly notShown: Exclude<RefreshOutcome, 'refreshed'> | undefined;
  /** What became of saving it for the sake of files; `undefined` when nobody asked or it was saved. */
  readonly saving: 'under-way' | Exclude<SaveOutcome, { outcome: 'saved' }> | undefined;
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
  /** What becomes of files beside unsaved edits, from now on or until the page is left. */
  readonly choice: Pick<Store<EditsChoice, never>, 'getSnapshot' | 'subscribe'>;
  /** Forgets the remembered choice. */
  readonly askAgain: () => void;
  /** Saves what is in the form, and so lets the files go that wait for that. */
  readonly saveAndAttach: (remember: boolean) => void;
  /** Attaches the files that wait, beside the unsaved edits. */
  readonly attachNow: (remember: boolean) => void;
  /** Lets the host open another work item. */
  readonly openWorkItem: (workItemId: number) => void;
  /** `Bug 7`; `Work item 7` as long as its type is not known. */
  readonly labelOf: (workItemId: number) => string;
  /** Reads the work item again after that failed. */
  readonly reload: () => void;
  readonly queue: Pipeline['queue'];
  /** The new work item in the form, for whoever would have to recognise it later; none when it shows no new one. */
  readonly getDraft: () => DraftFacts | undefined;
  /** Whether a patch of the target would disturb edits, as far as is known without asking. */
  readonly mustWait: (target: LinkTarget) => boolean;
}

/** What a session is made of. */
export interface FormSessionOptions {
  readonly host: Host;
  /** Makes the pipeline that reports to the session. */
  readonly connect: (reports: Pick<PipelineOptions, 'mayLink' | 'onLinked' | 'onRefreshed'>) => Pipeline;
  /** See `createStore`. */
  readonly announce: (tell: () => void) => void;
  /** Calls back once the host has been silent for too long. */
  readonly whenPatienceEnds: (callback: () => void) => void;
  readonly now: () => Date;
  /** See `Surroundings`. */
  readonly later: Surroundings['later'];
}

/** The setting that keeps the choice. */
const CHOICE_SETTING = 'unsaved-edits';

/** What is known of a work item that this frame has shown or attached to. */
interface KnownItem {
  readonly revision: number;
  readonly attachmentCount: number;
  readonly type: string;
}

type Update = (state: FormState) => FormState;

/** Follows the form: which item it shows, what is known of it, and what becomes of a new one. */
export function createFormSession(options: FormSessionOptions): FormSession {
  const { host, connect, announce, whenPatienceEnds, now, later } = options;
  const store: Store<FormState, Update> = createStore<FormState, Update>(
    (state, update) => update(state),
    { status: 'connecting', late: false },
    announce,
  );
  const choice = createStore<EditsChoice, EditsChoice>((_, chosen) => chosen, 'wait', announce);
  const pipeline = connect({
    mayLink: (id) => gate.mayLink(id),
    onLinked(workItem, names) {
      learn(workItem);
      // Nobody sees the rows of a form that was left.
      if (names.length > 0 && store.getSnapshot().status === 'empty') {
        host.showToast(describeAttached(names, labelOf(workItem.id)));
      }
    },
    onRefreshed: (id, outcome) => {
      if (outcome !== 'refreshed') patch(workItemTarget(id), { notShown: outcome });
    },
  });
  const gate = createSaveGate({
    host,
    choice: choice.getSnapshot,
    save: (id) => save(workItemTarget(id), id),
    hasWaiting: (id) =>
      pipeline.queue
        .getSnapshot()
        .some(
          ({ target, state }) =>
            state.status === 'waiting-for-save' && sameTarget(target, workItemTarget(id)),
        ),
    release: (id) => pipeline.queue.release(id, 'if-allowed'),
    later,
  });
  /** The newest that was told of each item. */
  const known = new Map<number, KnownItem>();
  let drafts = 0;
  /** The newest draft, in the form or not. */
  let draftFacts: DraftFacts | undefined;
  let reads = 0;

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
        ? { ...state, isReadOnly: item.isReadOnly, notShown: undefined }
        : { ...item, status: 'open', problem: undefined, notShown: undefined, saving: undefined },
    );
  }

  /** A read that was under way while files were attached may answer last and know less. */
  function learn(workItem: WorkItem): void {
    const { id, revision, type } = workItem;
    if (revision < (known.get(id)?.revision ?? 0)) return;
    const attachmentCount = attachmentsOf(workItem).length;
    known.set(id, { revision, attachmentCount, type });
    patch(workItemTarget(id), { label: labelOf(id), attachmentCount, problem: undefined });
  }

  function labelOf(id: number): string {
    return describeWorkItem(id, known.get(id)?.type ?? '');
  }

  async function read(id: number): Promise<void> {
    const read = ++reads;
    try {
      learn(await pipeline.readWorkItem(id));
    } catch (error) {
      // A later read of the same item has the say; it is under way or has answered.
      if (read === reads) patch(workItemTarget(id), { problem: toProblem(error) });
    }
  }

  function show(id: number, isReadOnly: boolean): void {
    if (!known.has(id)) known.set(id, { revision: 0, attachmentCount: 0, type: '' });
    open({
      target: workItemTarget(id),
      hostId: id,
      label: labelOf(id),
      isReadOnly,
      attachmentCount: undefined,
    });
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
   * by others (host reference 4.2). A number that this frame has shown before is another item's, whose `unloaded`
   * was lost or whose event came late.
   */
  function settleDraft(id: number): void {
    const draft = currentDraft();
    if (!draft) return;
    if (known.has(id)) pipeline.queue.draftAbandoned(draft.draftId);
    else pipeline.queue.draftSaved(draft.draftId, id);
  }

  async function showDraft(hostId: number, isReadOnly: boolean): Promise<void> {
    const draft = currentDraft();
    if (draft && draft.hostId === hostId) return;
    abandonDraft();
    const draftId = `draft ${++drafts}`;
    const target: LinkTarget = { kind: 'draft', draftId };
    draftFacts = { draftId, openedAt: now().getTime(), type: '' };
    open({ target, hostId, label: 'New work item', isReadOnly, attachmentCount: 0 });
    const type = await host.getFormItemType();
    if (!type) return;
    if (draftFacts.draftId === draftId) draftFacts = { ...draftFacts, type };
    patch(target, { label: `New ${type}` });
  }

  function abandonDraft(): void {
    const draft = currentDraft();
    if (draft) pipeline.queue.draftAbandoned(draft.draftId);
  }

  /** A new item may leave by any number, its first one included; its files must not end at the next item. */
  function leave(id: number): void {
    const draft = currentDraft();
    const isItsOwn = draft !== undefined && (draft.hostId === id || !(id > 0));
    const isItsFirst = draft !== undefined && !isItsOwn && !known.has(id);
    if (isItsOwn) abandonDraft();
    if (isItsFirst) settleDraft(id);
    if (isItsOwn || isItsFirst || isCurrent(id)) store.dispatch(() => ({ status: 'empty', late: false }));
  }

  function onFormEvent(event: FormEvent): void {
    follow(event);
    gate.onFormEvent(event);
  }

  function follow(event: FormEvent): void {
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
        if (currentDraft() && workItemId > 0 && !known.has(workItemId)) {
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
      case 'changed':
      case 'reset':
        return;
    }
  }

  function refreshed(id: number): void {
    patch(workItemTarget(id), { notShown: undefined, saving: undefined });
    void read(id);
  }

  /** Resolves with whether the form was saved. */
  async function save(target: LinkTarget, hostId: number): Promise<boolean> {
    patch(target, { saving: 'under-way' });
    const result = await host.saveForm(hostId);
    patch(target, { saving: result.outcome === 'saved' ? undefined : result });
    return result.outcome === 'saved';
  }

  function choose(chosen: EditsChoice, remember: boolean): void {
    if (!remember) return;
    choice.dispatch(chosen);
    host.writeSetting(CHOICE_SETTING, chosen);
  }

  async function recallChoice(): Promise<void> {
    const chosen = await host.readSetting(CHOICE_SETTING);
    if (chosen === 'attach-now' || chosen === 'save-first') choice.dispatch(chosen);
  }

  function tellLate(waitingAs: 'connecting' | 'empty'): void {
    store.dispatch((state) => (state.status === waitingAs ? { status: waitingAs, late: true } : state));
  }

  /** Calls `act` with what the form shows at this moment, if something can be attached to it. */
  function withTarget(act: (target: LinkTarget, label: string) => void): void {
    const form = store.getSnapshot();
    if (form.status === 'open' && canAttach(form)) act(form.target, form.label);
  }

  function attach(picked: Picked, target: LinkTarget): void {
    const attachmentCount = target.kind === 'work-item' ? known.get(target.id)?.attachmentCount : undefined;
    pipeline.attach(picked, target, attachmentCount ?? 0);
    if (target.kind === 'work-item') void gate.look(target.id);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start() {
      whenPatienceEnds(() => tellLate('connecting'));
      await host.connect(onFormEvent);
      store.dispatch((state) => (state.status === 'connecting' ? { status: 'empty', late: false } : state));
      whenPatienceEnds(() => tellLate('empty'));
      host.loadSucceeded();
      void recallChoice();
    },

    attachPicked(files) {
      withTarget((target) => {
        void pipeline.intake.fromInput(files).then((picked) => attach(picked, target));
      });
    },

    attachPasted(files) {
      withTarget((target, label) => attach(pipeline.intake.fromPaste(files, label, now()), target));
    },

    attachDropped(transfer) {
      withTarget((target) => {
        void pipeline.intake.fromDrop(transfer).then((picked) => attach(picked, target));
      });
    },

    choice,
    askAgain: () => choose('wait', true),

    saveAndAttach(remember) {
      const form = store.getSnapshot();
      if (form.status !== 'open' || form.saving === 'under-way') return;
      const { target, hostId } = form;
      choose('save-first', remember);
      void save(target, hostId).then((isSaved) => {
        // A new item is known by its number only, which the host tells when it has been saved.
        if (isSaved && target.kind === 'work-item') pipeline.queue.release(target.id, 'if-allowed');
      });
    },

    attachNow(remember) {
      const form = store.getSnapshot();
      if (form.status !== 'open' || form.target.kind !== 'work-item') return;
      choose('attach-now', remember);
      pipeline.queue.release(form.target.id, 'at-once');
    },

    openWorkItem: host.openWorkItem,
    labelOf,

    reload() {
      const state = store.getSnapshot();
      if (state.status === 'open' && state.target.kind === 'work-item') void read(state.target.id);
    },

    queue: pipeline.queue,
    getDraft: () => (draftFacts?.draftId === currentDraft()?.draftId ? draftFacts : undefined),
    mustWait: (target) => target.kind === 'work-item' && gate.isClosed(target.id),
  };
}

/** Whether files can be attached: not to a read-only item, nor where an upload would meet the same trouble. */
export function canAttach({ isReadOnly, problem }: OpenForm): boolean {
  return !isReadOnly && !(problem && BARRING.has(problem.kind));
}

const BARRING: ReadonlySet<ProblemKind> = new Set([
  'signed-out',
  'no-permission',
  'work-item-missing',
  'host-silent',
  'version-too-new',
]);
