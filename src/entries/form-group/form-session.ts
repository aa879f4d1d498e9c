import type { DraftFacts } from '../../upload/recovery/channel/protocol';
import type { FormEvent, Host } from '../../azure/host/host';
import { t } from '../../base/i18n/translate';
import type { Journal } from '../../upload/recovery/journal/journal';
import { partitionOf } from '../../upload/recovery/journal/partition';
import { toProblem } from '../../base/errors';
import { createStateStore } from '../../base/store';
import type { Runtime } from '../../base/runtime';
import { isSending, isWaitingForSave } from '../../upload/upload-state';
import type { LinkTarget, WorkItem } from '../../azure/work-item';
import { draftTarget, sameTarget, workItemTarget } from '../../azure/work-item';
import type { Picked, Pipeline, PipelineOptions } from '../../upload/upload-service';
import { describeAttached } from '../../upload/messages/work-items';
import type { ComeBack } from '../../upload/recovery/come-back';
import { withoutAwaited } from '../../upload/recovery/awaited-files';
import { createComeBack } from '../../upload/recovery/come-back';
import { createDrafts } from '../../upload/recovery/drafts';
import type { EditsChoices } from './edits-choice';
import { createEditsChoice } from './edits-choice';
import type { FormState, OpenForm } from './form-state';
import { canAttach } from './form-state';
import { createKnownItems } from '../../upload/recovery/known-items';
import { createSaveGate } from './save-gate';

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
  readonly choice: Pick<EditsChoices, 'getSnapshot' | 'subscribe'>;
  /** Forgets the remembered choice. */
  readonly askAgain: () => void;
  /** Saves what is in the form, and so lets the files go that wait for that. */
  readonly saveAndAttach: (remember: boolean) => void;
  /** Attaches the files that wait, beside the unsaved edits. */
  readonly attachNow: (remember: boolean) => void;
  /** Lets the host open another work item. */
  readonly openWorkItem: (workItemId: number) => void;
  /** Opens the panel that attaches files to the item in the form and others. */
  readonly attachToMore: () => void;
  /** `Bug 7`; `Work item 7` as long as its type is not known. */
  readonly labelOf: (workItemId: number) => string;
  /** Reads the work item again after that failed. */
  readonly reload: () => void;
  readonly queue: Pipeline['queue'];
  /** What frames have left that are gone. */
  readonly comeBack: ComeBack;
  readonly journal: Pick<Journal, 'state' | 'isFileKept'>;
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
  /** The one that the pipeline writes to. */
  readonly journal: Journal;
  /** What no other frame begins the ids of its drafts with. */
  readonly idPrefix: string;
  /** Whether a person sees the page, and who calls back when that changes. */
  readonly visibility: {
    readonly isVisible: () => boolean;
    readonly onChange: (listener: () => void) => void;
  };
  /** Calls back once the host has been silent for too long. */
  readonly whenPatienceEnds: (callback: () => void) => void;
  readonly runtime: Runtime;
}

/** Time before a work item is read again whose files wait for that, in milliseconds. */
const READ_AGAIN_MS = 10_000;

/** Follows the form: which item it shows, what is known of it, and what becomes of a new one. */
export function createFormSession(options: FormSessionOptions): FormSession {
  const { host, connect, journal, idPrefix, visibility, whenPatienceEnds, runtime } = options;
  const store = createStateStore<FormState>({ status: 'connecting', late: false });
  const choice = createEditsChoice(host);
  const pipeline = connect({
    mayLink: (id) => gate.mayLink(id),
    onLinked(workItem, names) {
      learn(workItem);
      // Nobody sees the rows of a form that was left.
      if (names.length > 0 && store.getSnapshot().status === 'empty') {
        host.showToast(describeAttached(names, known.labelOf(workItem.id)));
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
        .some(({ target, state }) => isWaitingForSave(state) && sameTarget(target, workItemTarget(id))),
    release: (id) => pipeline.queue.release(id, 'if-allowed'),
    runtime,
  });
  const known = createKnownItems();
  const drafts = createDrafts({
    queue: pipeline.queue,
    now: runtime.now,
    getPerson: host.getPerson,
    idPrefix,
  });
  const comeBack = createComeBack({
    journal,
    takeUp(interrupted) {
      pipeline.takeUp(interrupted);
      for (const { upload } of interrupted)
        if (upload.target.kind === 'work-item') void gate.look(upload.target.id);
    },
    known,
    whenRead: (id) => lastReads.get(id) ?? Promise.resolve(false),
    runtime,
  });
  /** Saves under way, by the host's number for the item. */
  const saves = new Map<number, Promise<boolean>>();
  /** The last read of each work item, which resolves with whether it was of use. */
  const lastReads = new Map<number, Promise<boolean>>();
  let reads = 0;

  /** Changes what is known of `target`, if the form still shows it. */
  function patch(target: LinkTarget, facts: Partial<OpenForm>): void {
    store.setState((state) =>
      state.status === 'open' && sameTarget(state.target, target) ? { ...state, ...facts } : state,
    );
  }

  /** Shows an item of which nothing is known yet; one that is shown already keeps what is known. */
  function open(
    item: Pick<OpenForm, 'target' | 'hostId' | 'label' | 'isReadOnly' | 'attachmentCount' | 'former'>,
  ): void {
    store.setState((state) =>
      state.status === 'open' && sameTarget(state.target, item.target)
        ? { ...state, isReadOnly: item.isReadOnly, notShown: undefined }
        : { ...item, status: 'open', problem: undefined, notShown: undefined, saving: undefined },
    );
  }

  function learn(workItem: WorkItem): void {
    const { id } = workItem;
    drafts.decide(workItem);
    const news = known.learn(workItem) && {
      label: known.labelOf(id),
      attachmentCount: known.countOf(id),
      problem: undefined,
    };
    patch(workItemTarget(id), { former: undefined, ...news });
  }

  function read(id: number): void {
    lastReads.set(id, readNow(id));
  }

  /** Resolves with whether the item is known now. Never rejects. */
  async function readNow(id: number): Promise<boolean> {
    const turn = ++reads;
    try {
      learn(await pipeline.readWorkItem(id));
      return true;
    } catch (error) {
      const problem = toProblem(error);
      if (problem.kind === 'work-item-missing' || problem.kind === 'no-permission') drafts.deny(id);
      // Files wait for the answer, whether or not anybody presses "Try again".
      else if (drafts.isInQuestion(id))
        runtime.setTimer(READ_AGAIN_MS, () => drafts.isInQuestion(id) && read(id));
      // A later read of the same item has the say; it is under way or has answered.
      if (turn === reads) patch(workItemTarget(id), { problem });
      return false;
    }
  }

  function show(id: number, isReadOnly: boolean): void {
    const former = drafts.current()?.facts.draftId;
    settleDraft(id);
    known.see(id);
    open({
      target: workItemTarget(id),
      hostId: id,
      label: known.labelOf(id),
      isReadOnly,
      attachmentCount: undefined,
      former: former !== undefined && drafts.isInQuestion(id) ? draftTarget(former) : undefined,
    });
    read(id);
    comeBack.show(isReadOnly ? undefined : id);
  }

  /**
   * A draft that suddenly has a number was saved: the first save is told as `saved` by some hosts and as `loaded`
   * by others (host reference 4.2). A number that this frame has shown before is another item's, whose `unloaded`
   * was lost or whose event came late; and so may be one that it has not, which the server knows.
   */
  function settleDraft(id: number): void {
    if (known.has(id)) drafts.abandon();
    else drafts.question(id);
  }

  async function showDraft(hostId: number, isReadOnly: boolean): Promise<void> {
    const draft = drafts.open(hostId);
    if (!draft) return;
    comeBack.show(undefined);
    const { draftId } = draft.facts;
    const target = draftTarget(draftId);
    open({
      target,
      hostId,
      label: t('New work item'),
      isReadOnly,
      attachmentCount: 0,
      former: undefined,
    });
    const type = await host.getFormItemType();
    if (!type) return;
    drafts.learnType(draftId, type);
    patch(target, { label: t('New {type}', { type }) });
  }

  function isCurrent(id: number): boolean {
    const state = store.getSnapshot();
    return state.status === 'open' && state.hostId === id;
  }

  /** A new item may leave by any number, its first one included; its files must not end at the next item. */
  function leave(id: number): void {
    const draft = drafts.current();
    const isItsOwn = draft !== undefined && (draft.hostId === id || !(id > 0));
    const isItsFirst = draft !== undefined && !isItsOwn && !known.has(id);
    if (isItsOwn) drafts.abandon();
    if (isItsFirst) {
      drafts.question(id);
      read(id);
    }
    if (!isItsOwn && !isItsFirst && !isCurrent(id)) return;
    store.setState(() => ({ status: 'empty', late: false }));
    comeBack.show(undefined);
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
        show(workItemId, event.isReadOnly);
        return;
      case 'saved':
        if (drafts.current() && workItemId > 0 && !known.has(workItemId)) {
          drafts.save(workItemId);
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
    read(id);
    comeBack.show(comeBack.getSnapshot().workItemId);
  }

  /** Resolves with whether the form was saved; whoever asks while it is being saved waits for that. */
  function save(target: LinkTarget, hostId: number): Promise<boolean> {
    const saving = saves.get(hostId) ?? saveForm(target, hostId).finally(() => saves.delete(hostId));
    saves.set(hostId, saving);
    return saving;
  }

  async function saveForm(target: LinkTarget, hostId: number): Promise<boolean> {
    patch(target, { saving: 'under-way' });
    const result = await host.saveForm(hostId);
    patch(target, { saving: result.outcome === 'saved' ? undefined : result });
    return result.outcome === 'saved';
  }

  function tellLate(waitingAs: 'connecting' | 'empty'): void {
    store.setState((state) => (state.status === waitingAs ? { status: waitingAs, late: true } : state));
  }

  /** Calls `act` with what the form shows at this moment, if something can be attached to it. */
  function withTarget(act: (target: LinkTarget, label: string) => void): void {
    const form = store.getSnapshot();
    if (form.status === 'open' && canAttach(form)) act(form.target, form.label);
  }

  async function attach(all: Picked, target: LinkTarget): Promise<void> {
    const picked = await withoutAwaited(all, target, { comeBack, journal, queue: pipeline.queue });
    pipeline.attach(picked, target, target.kind === 'work-item' ? known.countOf(target.id) : 0);
    if (target.kind === 'work-item') void gate.look(target.id);
  }

  /** What was attached before a person's eyes is nothing to tell later. */
  function see(): void {
    if (!visibility.isVisible() || store.getSnapshot().status !== 'open') return;
    const attached = pipeline.queue.getSnapshot().filter(({ state }) => state.status === 'linked');
    journal.discard(attached.map(({ id }) => id));
  }

  pipeline.queue.subscribe(see);
  store.subscribe(see);
  visibility.onChange(() => {
    see();
    comeBack.show(comeBack.getSnapshot().workItemId);
  });

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start() {
      whenPatienceEnds(() => tellLate('connecting'));
      await host.connect(onFormEvent);
      store.setState((state) => (state.status === 'connecting' ? { status: 'empty', late: false } : state));
      whenPatienceEnds(() => tellLate('empty'));
      host.loadSucceeded();
      void choice.recall();
      void partitionOf(host).then(journal.open);
    },

    attachPicked(files) {
      withTarget((target) => {
        void pipeline.intake.fromInput(files).then((picked) => attach(picked, target));
      });
    },

    attachPasted(files) {
      withTarget(
        (target, label) =>
          void attach(pipeline.intake.fromPaste(files, label, new Date(runtime.now())), target),
      );
    },

    attachDropped(transfer) {
      withTarget((target) => {
        void pipeline.intake.fromDrop(transfer).then((picked) => attach(picked, target));
      });
    },

    choice,
    askAgain: () => choice.choose('wait'),

    saveAndAttach(remember) {
      const form = store.getSnapshot();
      if (form.status !== 'open' || form.saving === 'under-way') return;
      const { target, hostId } = form;
      if (remember) choice.choose('save-first');
      void save(target, hostId).then((isSaved) => {
        // A new item is known by its number only, which the host tells when it has been saved.
        if (isSaved && target.kind === 'work-item') pipeline.queue.release(target.id, 'if-allowed');
      });
    },

    attachNow(remember) {
      const form = store.getSnapshot();
      if (form.status !== 'open' || form.target.kind !== 'work-item') return;
      if (remember) choice.choose('attach-now');
      pipeline.queue.release(form.target.id, 'at-once');
    },

    openWorkItem: host.openWorkItem,

    attachToMore() {
      withTarget((target) => {
        if (target.kind === 'work-item') host.openBulkPanel([target.id]);
      });
    },

    labelOf: known.labelOf,

    reload() {
      const state = store.getSnapshot();
      if (state.status === 'open' && state.target.kind === 'work-item') read(state.target.id);
    },

    queue: pipeline.queue,
    comeBack,
    journal,
    getDraft() {
      const facts = drafts.current()?.facts;
      if (!facts) return undefined;
      const target = draftTarget(facts.draftId);
      const isAwaitingFiles = pipeline.queue
        .getSnapshot()
        .some((upload) => sameTarget(upload.target, target) && isSending(upload.state));
      return { ...facts, isAwaitingFiles };
    },
    mustWait: (target) => target.kind === 'work-item' && gate.isClosed(target.id),
  };
}
