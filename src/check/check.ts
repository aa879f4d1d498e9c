import { attachmentIdOf } from '../azure/work-item';
import type { Host } from '../azure/host/host';
import type { HttpStack } from '../azure/rest/http-stack';
import { sleep } from '../base/async';
import { messageOf, StaplerError, toProblem } from '../base/errors';
import type { StateStore, ReadonlyStore } from '../base/store';
import { createStateStore } from '../base/store';
import type { FrameServices } from '../upload/frame-services';
import type { CheckChoices, CheckRow, CheckState, CheckTarget } from './check-state';
import { cleanUpItem, leftoversOf } from './clean-up';
import { createFrameApi } from './frame-api';
import type { KeptAttachment, KeptAttachmentStore } from './kept-attachment';
import { PURGE_MS } from './kept-attachment';
import { keepPicture, showsPicture } from './kept-picture';
import { learnFrom } from './learn';
import type { Frame, Question, Stage } from './questions/question';
import { SECOND_LINK_NAME } from './questions/second-link';
import { RELINKED_NAME } from './questions/service';
import { createWorkItem } from './questions/work-item';
import type { RunApi, TestUpload } from './run-api';
import { createRunApi } from './run-api';

/** Dependencies of `createCheck`. */
export interface CheckOptions {
  readonly services: FrameServices;
  readonly host: Pick<Host, 'getToken' | 'getBaseUrl' | 'getUnsavedEdits' | 'refreshForm'>;
  readonly stack: HttpStack;
  readonly createFrame: (choices: CheckChoices) => Frame;
  readonly kept: KeptAttachmentStore;
  readonly questions: readonly Question[];
}

/** A check of this organization: its state and its commands. */
export interface Check extends ReadonlyStore<CheckState> {
  /** Reads the attachment kept by an earlier check. */
  readonly start: () => Promise<void>;
  /** Reads the work item and asks for confirmation. */
  readonly choose: (target: CheckTarget) => Promise<void>;
  /** Returns to the choice. */
  readonly back: () => Promise<void>;
  /** Asks the questions. Never rejects. */
  readonly run: (choices: CheckChoices) => Promise<void>;
  /** Ends the questions; the clean-up continues. */
  readonly cancel: () => void;
  /** Reads the kept attachment, then removes it. Never rejects. */
  readonly verifyKept: () => Promise<void>;
}

/** Uploads of a run, and how many of them are attached. A test counts them. */
export const EFFORT = { uploads: 27, attached: 21 };

/** Time for a change without an answer to take effect before the clean-up, in milliseconds. */
const LOST_CHANGE_MS = 3_000;

/** Title of a created work item. */
const TITLE = 'Stapler check: created by a test, to be deleted again';

/** Creates a check. Nothing is sent before `choose`. */
export function createCheck(options: CheckOptions): Check {
  const { services, host, kept } = options;
  const { runtime } = services;
  const store: StateStore<CheckState> = createStateStore<CheckState>({ step: 'choosing', isReading: false });
  let abort = new AbortController();

  async function showChoice(problem?: unknown): Promise<void> {
    const found = await kept.read();
    store.setState({
      step: 'choosing',
      isReading: false,
      ...(problem !== undefined && { problem: toProblem(problem) }),
      ...(found && { kept: { ...found, isDue: runtime.now() - found.keptAt >= PURGE_MS } }),
    });
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    start: () => showChoice(),
    back: () => showChoice(),

    async choose(target) {
      if (target.kind === 'new') {
        store.setState({ step: 'confirming', target, leftovers: [], canKeep: await kept.canWrite() });
        return;
      }
      store.setState({ step: 'choosing', isReading: true });
      try {
        if ((await host.getUnsavedEdits(target.workItemId)) === 'some') {
          // The changes of the test could conflict with the next save.
          store.setState({ step: 'choosing', isReading: false, hasEdits: true });
          return;
        }
        const workItem = await services.workItems.read(target.workItemId);
        const count = workItem.relations.filter(({ rel }) => rel === 'AttachedFile').length;
        if (count + EFFORT.attached > services.getAttachmentLimit())
          throw new StaplerError('attachment-limit', 'The test files do not fit.');
        const leftovers = leftoversOf(workItem);
        store.setState({ step: 'confirming', target, workItem, leftovers, canKeep: await kept.canWrite() });
      } catch (error) {
        await showChoice(error);
      }
    },

    async run(choices) {
      const state = store.getSnapshot();
      if (state.step !== 'confirming') return;
      // At once: a browser opens a window only at a click.
      const frame = options.createFrame(choices);
      abort = new AbortController();
      const { signal } = abort;
      const show = (done: number, questionId?: string): void =>
        store.setState({
          step: 'running',
          done,
          total: options.questions.length,
          ...(questionId !== undefined && { questionId }),
          isCanceled: signal.aborted,
        });
      show(0);
      store.setState(await runCheck(options, state, { ...choices, frame }, { signal, show }));
    },

    cancel() {
      abort.abort();
      store.setState((state) => (state.step === 'running' ? { ...state, isCanceled: true } : state));
    },

    async verifyKept() {
      const found = await kept.read();
      if (!found) return;
      store.setState({ step: 'running', done: 0, total: 1, questionId: 'kept', isCanceled: false });
      store.setState(await verifyKept(options, found));
      const { cleanUp } = store.getSnapshot() as Partial<Extract<CheckState, { step: 'done' }>>;
      if (cleanUp?.left.length === 0) await kept.write(undefined);
    },
  };
}

type Confirmed = Extract<CheckState, { step: 'confirming' }>;
type Done = Extract<CheckState, { step: 'done' }>;

/** Watches and ends a run. */
interface Watch {
  readonly signal: AbortSignal;
  readonly show: (done: number, questionId?: string) => void;
}

async function runCheck(
  options: CheckOptions,
  { target, workItem, leftovers, canKeep }: Confirmed,
  { keepsOne, frame }: CheckChoices & { readonly frame: Frame },
  { signal, show }: Watch,
): Promise<Done> {
  const { services, questions } = options;
  const { runtime, mutex } = services;
  const api = createFrameApi({ ...options, runtime, signal });
  const rows: CheckRow[] = [];
  // Only then are answers stored.
  await services.learned.whenLoaded();
  let apiVersion: string;
  let item: { readonly id: number; readonly project: string; readonly area: string };
  try {
    apiVersion = await api.findVersion();
    item = workItem ?? (await createItem(options, target));
  } catch (error) {
    return { step: 'done', rows, isCanceled: signal.aborted, problem: toProblem(error) };
  }
  const run = createRunApi(api, item);
  const stage: Stage = {
    api: run,
    apiVersion,
    project: item.project,
    otherProject: undefined,
    workItemId: item.id,
    isOwn: target.kind === 'new',
    keepsOne: canKeep && keepsOne,
    frame,
  };
  const isCanceled = (): boolean => signal.aborted;
  for (const question of questions) {
    if (isCanceled()) break;
    show(rows.length, question.id);
    // No other change of this frame between a read and a patch.
    const row = await mutex.lock(item.id, () => rowOf(question, stage, run));
    if (!isCanceled()) rows.push(row);
  }
  show(rows.length);
  learnFrom(rows, services);
  const uploadToKeep = (uploadName: string, questionId: string): TestUpload | undefined =>
    canKeep && keepsOne && !isCanceled() && hasAnswer(rows, questionId, 'accept')
      ? run.uploads.find(({ name }) => name === uploadName)
      : undefined;
  const keptUpload = uploadToKeep(RELINKED_NAME, 'removed-linkable');
  const isCreated = target.kind === 'new';
  // Only a created work item: its description is no one's.
  const pictureId = isCreated && keptUpload ? await keepPicture(run, item.id) : undefined;
  const secondLink = isCreated && keptUpload ? uploadToKeep(SECOND_LINK_NAME, 'second-link') : undefined;
  const keptAttachment: KeptAttachment | undefined =
    keptUpload && (!isCreated || pictureId !== undefined)
      ? {
          workItemId: item.id,
          attachmentId: keptUpload.id,
          keptAt: runtime.now(),
          ...(pictureId !== undefined && { pictureId, project: item.project }),
          ...(secondLink && { secondLinkId: secondLink.id }),
        }
      : undefined;
  const isKept = keptAttachment !== undefined && (await options.kept.write(keptAttachment));
  if (run.hasLostChange()) await sleep(runtime, LOST_CHANGE_MS);
  const added = run.uploads.filter((upload) => !(isKept && (upload === keptUpload || upload === secondLink)));
  const removable = [...leftovers, ...added];
  const cleanUp = await cleanUpItem(options.services, item, removable, isCreated && !isKept);
  if (target.kind === 'existing') await options.host.refreshForm(item.id);
  const done: Done = { step: 'done', rows, isCanceled: signal.aborted, cleanUp };
  return isKept ? { ...done, kept: keptAttachment } : done;
}

/** A failed question is unanswered and does not affect the others. */
async function rowOf(question: Question, stage: Stage, run: RunApi): Promise<CheckRow> {
  const { id } = question;
  try {
    const { answer, seen } = await question.ask(stage);
    return { id, answer, seen, steps: run.takeSteps() };
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error);
    return { id, answer: null, seen, steps: run.takeSteps() };
  }
}

function hasAnswer(rows: readonly CheckRow[], id: string, answer: string): boolean {
  return rows.some((row) => row.id === id && row.answer === answer);
}

/** Creates a work item; not ended by a cancellation, which would hide whether it exists. */
async function createItem(
  options: CheckOptions,
  target: CheckTarget,
): Promise<{ id: number; project: string; area: string }> {
  if (target.kind !== 'new') throw new StaplerError('internal', 'There is no work item.');
  const { services } = options;
  const { signal } = new AbortController();
  const api = createFrameApi({ ...options, runtime: services.runtime, signal });
  await api.findVersion();
  const { id } = await createWorkItem(api, target.project, TITLE).catch((error: unknown) => {
    throw new StaplerError('refused', 'No work item was created.', { serverMessage: messageOf(error) });
  });
  return { id, project: target.project, area: (await services.workItems.read(id)).area };
}

/** Reads the kept attachment and picture 30 days later and removes them, with a created work item. */
async function verifyKept(
  options: CheckOptions,
  { workItemId, attachmentId, pictureId, secondLinkId, project }: KeptAttachment,
): Promise<Done> {
  const { services } = options;
  const { signal } = new AbortController();
  const api = createRunApi(createFrameApi({ ...options, runtime: services.runtime, signal }), {
    project: '',
    area: '',
  });
  const linked = await services.workItems.read(workItemId).then(
    ({ relations }) => new Set(relations.map(({ url }) => attachmentIdOf(url))),
    () => new Set<string | undefined>(),
  );
  // Without its relation, the purge says nothing.
  const rows = [await keptRow(api, 'kept', attachmentId, linked.has(attachmentId))];
  if (secondLinkId !== undefined)
    rows.push(await keptRow(api, 'kept-second-link', secondLinkId, linked.has(secondLinkId)));
  if (pictureId !== undefined) {
    const item = await api.send('GET', `_apis/wit/workitems/${workItemId}`);
    rows.push(await keptRow(api, 'kept-picture', pictureId, showsPicture(item, pictureId)));
  }
  await services.learned.whenLoaded();
  learnFrom(rows, services);
  const cleanUp = await cleanUpItem(
    options.services,
    { id: workItemId, project: project ?? '' },
    [
      { id: attachmentId, name: RELINKED_NAME },
      ...(secondLinkId === undefined ? [] : [{ id: secondLinkId, name: SECOND_LINK_NAME }]),
    ],
    project !== undefined,
  );
  return { step: 'done', rows, isCanceled: false, cleanUp };
}

/** @param isUsed Whether the work item still has it. */
async function keptRow(api: RunApi, id: string, attachmentId: string, isUsed: boolean): Promise<CheckRow> {
  const { ok, status, words } = await api.send('GET', `_apis/wit/attachments/${attachmentId}`);
  const answer = ok ? 'readable' : status === 404 ? 'purged' : null;
  return { id, answer: isUsed ? answer : null, seen: words, steps: api.takeSteps() };
}
