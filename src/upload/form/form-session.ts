import type { Host } from '../../azure/host/host';
import type { LinkTarget } from '../../azure/work-item';
import { draftTarget, sameTarget, workItemTarget } from '../../azure/work-item';
import { sleep } from '../../base/async';
import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStore } from '../../base/store';
import type { CheckSettings } from '../checks/check-choice';
import type { FileChecks } from '../checks/file-checks';
import { describeAttached } from '../messages/work-items';
import type { DraftFacts } from '../recovery/channel/protocol';
import { createDrafts } from '../recovery/drafts';
import type { Journal } from '../recovery/journal/journal';
import { partitionOf } from '../recovery/journal/browser-journal';
import { createKnownItems } from '../recovery/known-items';
import type { ResumeInterrupted } from '../recovery/resume-interrupted';
import { createResumeInterrupted } from '../recovery/resume-interrupted';
import type { PagePolicy } from '../rules/policy/hidden-parts';
import type { UploadState } from '../upload';
import type { UploadService, UploadServiceOptions } from '../upload-service';
import { isSending, isWaitingForSave } from '../upload-state';
import type { AttachCommands } from './attach-commands';
import { createAttachCommands } from './attach-commands';
import type { EditsChoice } from './edits-choice';
import { followForm } from './follow-form';
import type { FormState, OpenForm } from './form-state';
import { isShownIn, reduceForm } from './form-state';
import type { ItemReads } from './item-reads';
import { createItemReads } from './item-reads';
import type { PastedImages, PastedImagesOptions } from './pasted-images';
import { createPastedImages } from './pasted-images';
import type { SaveGate } from './save-gate';
import type { FormCheckEdges } from './session-checks';
import { connectChecks, withChecks } from './session-checks';

/** State and commands of the form group, without its view. */
export interface FormSession extends ReadonlyStore<FormState>, AttachCommands {
  /** Connects the frame to the host. Called once. */
  readonly start: () => Promise<void>;
  /** See `FormSessionOptions`. */
  readonly gate: SaveGate;
  readonly pasted: PastedImages;
  /** Settings of the person. */
  readonly settings: CheckSettings;
  /** See `PagePolicy`. */
  readonly isHidden: PagePolicy['isHidden'];
  /** Missing if files are not checked. */
  readonly checks: FileChecks | undefined;
  /** Remembers a choice for files next to unsaved edits, and applies it to the waiting ones. */
  readonly chooseForEdits: (choice: EditsChoice) => void;
  /** Opens another work item in the host. */
  readonly openWorkItem: (workItemId: number) => void;
  readonly getAttachmentLimit: Host['getAttachmentLimit'];
  readonly reloadPage: Host['reloadPage'];
  /** `Bug 7`; `Work item 7` until its type is known. */
  readonly labelOf: (workItemId: number) => string;
  /** Reads the work item again after a failure. */
  readonly reload: () => void;
  /** See `ItemReads`. */
  readonly onRead: ItemReads['onRead'];
  readonly queue: UploadService['queue'];
  /** Questions about files that may be attached already. */
  readonly duplicates: UploadService['duplicates'];
  readonly sameFiles: UploadService['sameFiles'];
  readonly replaced: UploadService['replaced'];
  readonly interruptedUploads: ResumeInterrupted;
  readonly journal: Pick<Journal, 'state' | 'isFileKept'>;
  /** Facts to recognize the new work item in the form after its save; `undefined` without one. */
  readonly getDraft: () => DraftFacts | undefined;
  /** Whether links to the target wait for a save, according to the last check. */
  readonly mustWait: (target: LinkTarget) => boolean;
}

/** Dependencies of `createFormSession`. */
export interface FormSessionOptions {
  readonly host: Host;
  /** The gate of the frame. Receives the same events of the form. */
  readonly gate: SaveGate;
  /** Loads the insertion of pasted images into texts. */
  readonly loadInserter: PastedImagesOptions['load'];
  /** Creates the upload service with callbacks to the session. */
  readonly connect: (
    reports: Pick<UploadServiceOptions, 'canLink' | 'onLinked' | 'onRefreshed'>,
  ) => UploadService;
  /** Creates the checks of files before their upload. Default: none. */
  readonly createChecks?: (edges: FormCheckEdges) => FileChecks;
  /** See `PagePolicy`. Default: no part is hidden. */
  readonly isHidden?: PagePolicy['isHidden'];
  /** The journal of the upload service. */
  readonly journal: Journal;
  /** Prefix that makes ids of drafts unique across frames. */
  readonly idPrefix: string;
  /**
   * Whether interrupted uploads resume automatically. Otherwise, they wait for another frame of the form, or for a pick of
   * their files. Default: true.
   */
  readonly isResuming?: boolean;
  readonly visibility: {
    readonly isVisible: () => boolean;
    readonly onChange: (listener: () => void) => void;
  };
  /** Calls back after the time limit for an answer of the host. */
  readonly onHostTimeout: (callback: () => void) => void;
  readonly runtime: Runtime;
}

/** Time to wait for the number of attachments before files are attached, in milliseconds. */
const MAX_COUNT_MS = 2_000;

/** Creates a session that follows the form from `start` on. */
export function createFormSession(options: FormSessionOptions): FormSession {
  const { host, gate, loadInserter, connect, journal, idPrefix } = options;
  const { isResuming = true, isHidden = () => false, visibility, onHostTimeout, runtime } = options;
  const store = createStore(reduceForm, { status: 'connecting', late: false });
  const getForm = store.getSnapshot;
  const addFacts = (target: LinkTarget, facts: Partial<OpenForm>): void =>
    store.dispatch({ type: 'facts', target, facts });
  const pasted = createPastedImages({ host, load: loadInserter });
  const known = createKnownItems();
  // The reads need the upload service; it calls back after they exist.
  const uploads = connect({
    canLink: (workItemId) => pasted.whenIdle().then(() => gate.canLink(workItemId)),
    onLinked(workItem, names) {
      drafts.addRevision(workItem.id);
      reads.add(workItem);
      // An empty form has no rows to show the result.
      if (names.length > 0 && getForm().status === 'empty')
        host.showToast(describeAttached(names, known.labelOf(workItem.id)));
    },
    onRefreshed(id, outcome) {
      if (outcome !== 'refreshed') addFacts(workItemTarget(id), { notShown: outcome });
    },
  });
  const { queue } = uploads;
  const statesFor = (target: LinkTarget): readonly UploadState[] =>
    queue.getSnapshot().flatMap((upload) => (sameTarget(upload.target, target) ? [upload.state] : []));
  gate.addUploads({
    hasWaiting: (id) => statesFor(workItemTarget(id)).some(isWaitingForSave),
    release: uploads.release,
  });
  const checks = connectChecks(options, uploads, known);
  const draftQueue = withChecks(queue, checks);
  const drafts = createDrafts({ queue: draftQueue, runtime, getPerson: host.getPerson, idPrefix });
  const { readWorkItem, readServerTime } = uploads;
  const reads = createItemReads({ readWorkItem, readServerTime, store, drafts, known, runtime });
  const resume = createResumeInterrupted({
    journal,
    restore(interrupted) {
      uploads.restore(interrupted);
      for (const { upload } of interrupted)
        if (upload.target.kind === 'work-item') void gate.check(upload.target.id);
    },
    known,
    whenRead: reads.whenRead,
    runtime,
  });
  // Without a work item to show, nothing resumes by itself.
  const interruptedUploads = isResuming ? resume : { ...resume, show: () => undefined };
  const follow = followForm({ store, host, drafts, known, reads, interruptedUploads });
  const commands = createAttachCommands({
    getForm,
    uploads,
    interruptedUploads,
    journal,
    known,
    ...{ gate, checks },
    onPasted: pasted.add,
    host,
    runtime,
  });

  /** Removes uploads from the journal after their result was visible. */
  function discardSeen(): void {
    if (!visibility.isVisible() || getForm().status !== 'open') return;
    const attached = queue.getSnapshot().filter(({ state }) => state.status === 'linked');
    journal.discard(attached.map(({ id }) => id));
  }

  store.subscribe(() => {
    const form = getForm();
    const isShown = (target: LinkTarget): boolean => form.status === 'open' && isShownIn(form, target);
    uploads.duplicates.keepUnseen(isShown);
    uploads.sameFiles.uploadUnseen(isShown);
  }, 'at-once');
  queue.subscribe(discardSeen);
  store.subscribe(discardSeen);
  visibility.onChange(() => {
    // A page about to be left must not begin to read the journal.
    if (!visibility.isVisible()) {
      interruptedUploads.finishDiscard();
      return;
    }
    discardSeen();
    interruptedUploads.show(interruptedUploads.getSnapshot().workItemId);
  });

  return {
    ...{ getSnapshot: getForm, subscribe: store.subscribe },
    ...commands,
    attachTo(picked, workItemId, isPasted) {
      // The number of attachments decides on the room for files. Without it, the server decides.
      const isCounted = known.countOf(workItemId) > 0;
      void Promise.race([isCounted || reads.whenRead(workItemId), sleep(runtime, MAX_COUNT_MS)]).then(() =>
        commands.attachTo(picked, workItemId, isPasted),
      );
    },

    async start() {
      onHostTimeout(() => store.dispatch({ type: 'late', status: 'connecting' }));
      await host.connect((event) => {
        pasted.onFormEvent(event);
        follow(event);
      });
      store.dispatch({ type: 'connected' });
      onHostTimeout(() => store.dispatch({ type: 'late', status: 'empty' }));
      host.loadSucceeded();
      void gate.recall();
      void partitionOf(host).then(journal.open);
    },

    gate,
    ...{ pasted, settings: host, checks, isHidden },

    chooseForEdits(choice) {
      const form = getForm();
      const target = form.status === 'open' ? form.target : undefined;
      gate.choose(choice, target?.kind === 'work-item' ? target.id : undefined);
    },

    openWorkItem: host.openWorkItem,
    getAttachmentLimit: host.getAttachmentLimit,
    reloadPage: host.reloadPage,
    labelOf: known.labelOf,

    reload() {
      const form = getForm();
      if (form.status === 'open' && form.target.kind === 'work-item') reads.read(form.target.id);
    },

    onRead: reads.onRead,
    queue,
    ...{ duplicates: uploads.duplicates, sameFiles: uploads.sameFiles, replaced: uploads.replaced },
    interruptedUploads,
    journal,

    getDraft() {
      const facts = drafts.current()?.facts;
      return facts && { ...facts, isAwaitingFiles: statesFor(draftTarget(facts.draftId)).some(isSending) };
    },

    mustWait: (target) => target.kind === 'work-item' && gate.isClosed(target.id),
  };
}
