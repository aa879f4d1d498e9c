import { createHash } from 'node:crypto';
import { HostError, StaplerError } from '../../src/base/errors';
import { setNotifyScheduler } from '../../src/base/store';
import type { FormSession, FormSessionOptions } from '../../src/upload/form/form-session';
import { shareFormEvents } from '../../src/upload/form/frame-events';
import { createSaveGate } from '../../src/upload/form/save-gate';
import { createFormSession } from '../../src/upload/form/form-session';
import type { UploadState } from '../../src/upload/upload';
import { isOver } from '../../src/upload/upload-state';
import { createAttachments } from '../../src/gallery/attachments';
import { createFrameServices } from '../../src/upload/frame-services';
import { createUploadService } from '../../src/upload/upload-service';
import { flush } from '../helpers/deferred';
import { createFakeRuntime } from '../helpers/fake-runtime';
import { assume, assumptionAnswers } from 'azure-devops-emulator';
import type { Given } from './check';
import { differences } from './check';
import { createDice } from 'azure-devops-emulator/dice';
import { createTestJournal } from '../helpers/journal';
import { createFormInMemory } from './form';
import { MemoryFile } from './memory-file';
import { createOthers } from './others';
import type { Delivery, Service } from './service';

/** Result of a schedule. */
export interface Outcome {
  /** Differences on the server, one sentence each. */
  readonly problems: readonly string[];
  /** All events in order. */
  readonly log: readonly string[];
  readonly counts: Readonly<Record<'files' | 'attached' | 'faults' | 'changed', number>>;
}

/** Work items opened in the form; others are link targets only. */
const ITEMS = [7, 8, 9] as const;

/** Possible events, by weight. */
const ACTIONS = {
  'a request is delivered': 50,
  'the host answers': 20,
  'time passes': 14,
  'a person gives files': 8,
  'a person opens another': 4,
  'a person opens a new one': 1.5,
  'a person closes the form': 1,
  'a person types': 2,
  'a person saves': 3,
  'a person undoes': 0.5,
  'a person saves and attaches': 1,
  'a person attaches now': 1,
  'a person removes an attachment': 3,
  'a person cancels': 1,
  'a person pauses': 1,
  'a person resumes': 1,
  'a person tries again': 2,
  'somebody edits': 3,
  'somebody links': 3,
  'somebody unlinks': 3,
  'somebody attaches': 1,
  'the network goes': 0.5,
  'the network is back': 1,
  'the host gives no token': 0.5,
  'the host gives tokens again': 1.5,
  'a person scrolls the frame out of view': 0.5,
  'a person scrolls the frame into view': 0.5,
  'a program overwrites a file': 1,
} as const;

type Action = keyof typeof ACTIONS;

/** Failed deliveries, by weight. */
const FAULTS: Readonly<Record<Exclude<Delivery, 'answered'>, number>> = {
  'lost before the server got it': 3,
  'lost when the server had acted': 4,
  'timed out before the server got it': 1,
  'timed out when the server had acted': 3,
  'busy, and not acted on': 2,
  'busy, although acted on': 3,
  throttled: 1,
  'answered by a page': 1,
};

const GUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** A frame of the browser, drawn while it is in view. */
interface Frame {
  readonly visibility: FormSessionOptions['visibility'];
  readonly setDrawn: (isDrawn: boolean) => void;
}

/** Creates a frame in view, and makes its stores wait for it. */
function createFrame(): Frame {
  let isDrawn = true;
  const waiting: (() => void)[] = [];
  const listeners: (() => void)[] = [];
  setNotifyScheduler((notify) => (isDrawn ? notify() : waiting.push(notify)));
  return {
    visibility: { isVisible: () => isDrawn, onChange: (listener) => listeners.push(listener) },
    setDrawn(value) {
      isDrawn = value;
      for (const listener of listeners) listener();
      if (isDrawn) for (const notify of waiting.splice(0)) notify();
    },
  };
}

/** Maximum number of rounds until a schedule must be idle. */
const MAX_ROUNDS = 500;

/**
 * Runs one schedule: uploads, faults, changes by other users and in the form, in an order determined by `seed`. Then ends
 * all faults and compares the server with the expected state.
 */
export async function runSchedule(service: Service, seed: number): Promise<Outcome> {
  service.reset();
  const { store } = service;
  const dice = createDice(seed);
  const log: string[] = [];
  const guids = new Map<string, string>();
  /** Logs an event. Replaces the random GUIDs of the server by numbers, so equal seeds have equal logs. */
  const note = (what: string): void => {
    log.push(
      what.replace(GUID, (guid) => guids.get(guid) ?? `#${guids.set(guid, `#${guids.size + 1}`).size}`),
    );
  };
  for (const [question, answers] of Object.entries(assumptionAnswers)) {
    assume(store.assumptions, { [question]: dice.pick<unknown>(answers) });
  }
  // Where neither a link nor a change sets a name, the file that asks about names keeps its id (docs/assumptions.md).
  if (store.assumptions.nameInRelation === 'ignored') assume(store.assumptions, { nameChange: 'made' });
  if (dice.percent(25)) store.limits.maxAttachmentsPerItem = dice.between(3, 8);
  const faultsPercent = dice.pick([0, 10, 25, 45]);

  const machine = createFakeRuntime();
  // After the creation of the seeded work items.
  machine.setClock(Date.now() - machine.now());
  const others = createOthers(service, ITEMS, dice, note);
  for (const id of ITEMS) for (let links = dice.between(0, 3); links > 0; links--) others.link(id);
  const problems: string[] = [];
  const given: Given[] = [];
  const unseen = new Map<number, number>();
  let typed = 0;
  let faults = 0;
  let tokenProblem: StaplerError | undefined;
  const files = new Map<string, MemoryFile>();
  const frame = createFrame();

  const form = createFormInMemory({
    store: () => store,
    dice,
    baseUrl: service.baseUrl,
    getToken: () => (tokenProblem ? Promise.reject(tokenProblem) : Promise.resolve(service.issueToken())),
    now: machine.now,
    onSaved(id, edits) {
      note(`${id} is saved`);
      others.saved(id, edits);
    },
  });
  const services = createFrameServices({
    host: form.host,
    stack: service.stack,
    runtime: { ...machine, random: dice.roll },
  });
  const attachments = createAttachments(services);
  const journal = createTestJournal({ runtime: machine, onLost: (ids) => session.queue.evict(ids) });
  const { connect, follow } = shareFormEvents(form.host);
  const host = { ...form.host, connect };
  const gate = createSaveGate({ host, runtime: machine });
  follow(gate.onFormEvent);
  const session: FormSession = createFormSession({
    host,
    gate,
    loadInserter: () => Promise.reject(new Error('The schedules insert nothing.')),
    connect: (reports) =>
      createUploadService({
        ...reports,
        host: form.host,
        services,
        journal,
        sizes: { chunkAboveBytes: 4_000, simpleUpToBytes: 4_000 },
      }),
    journal,
    idPrefix: '',
    visibility: frame.visibility,
    onHostTimeout: () => undefined,
    runtime: machine,
  });
  const { queue } = session;

  /** Settles all promises. */
  async function settle(): Promise<void> {
    await flush();
    await new Promise((resolve) => setImmediate(resolve));
    await flush();
  }

  function idsOf(...statuses: UploadState['status'][]): string[] {
    return queue.getSnapshot().flatMap(({ id, state }) => (statuses.includes(state.status) ? [id] : []));
  }

  async function deliver(how: Delivery): Promise<void> {
    const request = dice.pick(service.underWay());
    if (how !== 'answered') faults++;
    note(`${request.name} is ${how}`);
    await request.deliver(how);
  }

  function giveFiles(): void {
    const home = form.shown();
    if (!home) return;
    const picked = Array.from({ length: dice.between(1, 5) }, () => {
      // Enough bytes to be unique.
      const bytes = randomBytes(dice.pick([24, 900, 900, 9_000]));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const name = `${given.length + 1}.bin`;
      given.push({ name, sha256, home, removal: 'none', isChanged: false });
      const file = new MemoryFile(bytes, name);
      files.set(name, file);
      return file;
    });
    note(`${picked.map(({ name }) => name).join(', ')} for ${home.id ?? 'the new one'}`);
    session.attachPicked(picked);
  }

  function randomBytes(size: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(size).map(() => dice.between(0, 255));
  }

  /** Answers the questions about files that may be attached already: some have the same size. */
  function keepBoth(): void {
    const asked = queue.getSnapshot().filter(({ duplicate }) => duplicate?.status === 'asking');
    session.duplicates.answer(
      asked.map(({ id }) => id),
      'keep-both',
    );
  }

  function overwriteFile(): void {
    const [mine] = given.filter(({ isChanged }) => !isChanged).slice(-1);
    const file = mine && files.get(mine.name);
    if (!file) return;
    const isUnreadable = dice.percent(50);
    note(`${file.name} changes on disk, and is ${isUnreadable ? 'un' : ''}readable`);
    mine.isChanged = true;
    file.overwrite(randomBytes(file.size), isUnreadable);
  }

  function loseTokens(): void {
    tokenProblem = dice.percent(50)
      ? new HostError('The host did not answer.')
      : new StaplerError('signed-out', 'There is no token.');
  }

  /** Removes files by GUID, like the gallery, and may undo it. */
  async function removeAttachment(): Promise<void> {
    const linked = queue.getSnapshot().flatMap(({ state, target, file }) => {
      const mine = given.find(({ name }) => name === file.name);
      return state.status === 'linked' && target.kind === 'work-item' && mine?.removal === 'none'
        ? [{ mine, id: target.id, attachmentId: state.reference.id }]
        : [];
    });
    if (linked.length === 0) return;
    const { mine, id, attachmentId } = dice.pick(linked);
    const isUndone = dice.percent(50);
    note(`${mine.name} is to be removed from ${id}`);
    mine.removal = 'not known';
    try {
      const removal = await attachments.remove(id, [attachmentId]);
      note(`${mine.name} is removed from ${id}, and ${removal.unseen} unseen`);
      unseen.set(id, (unseen.get(id) ?? 0) + removal.unseen);
      mine.removal = 'done';
      if (!isUndone || removal.removed.length === 0) return;
      mine.removal = 'not known';
      const { failures } = await attachments.link(id, removal.removed);
      note(`${mine.name} is ${failures.size === 0 ? '' : 'not '}there again`);
      if (failures.size === 0) mine.removal = 'none';
    } catch (error) {
      note(`${mine.name} may not be removed: ${(error as Error).message}`);
    }
  }

  function withItem(act: (hostId: number, id: number | undefined) => void): void {
    const shown = session.getSnapshot();
    if (shown.status !== 'open') return;
    act(shown.hostId, shown.target.kind === 'work-item' ? shown.target.id : undefined);
  }

  const deeds: Readonly<Record<Action, (id: number) => unknown>> = {
    'a request is delivered': () =>
      service.underWay().length > 0 &&
      deliver(dice.percent(faultsPercent) ? dice.weighted(FAULTS) : 'answered'),
    'the host answers': () => form.underWay().length > 0 && dice.pick(form.underWay())(),
    'time passes': () => machine.pass(dice.pick([100, 1_000, 3_000, 10_000, 60_000])),
    'a person gives files': giveFiles,
    'a person opens another': form.open,
    'a person opens a new one': form.openNew,
    'a person closes the form': form.close,
    'a person types': () => form.edit('System.Description', `text ${++typed}`),
    'a person saves': form.save,
    'a person undoes': form.undo,
    'a person saves and attaches': () => withItem((hostId) => gate.save(hostId, dice.percent(30))),
    'a person attaches now': () => withItem((_, id) => id !== undefined && gate.runNow(id, dice.percent(30))),
    'a person removes an attachment': () => void removeAttachment(),
    'a person cancels': () => queue.cancel(idsOf('queued', 'uploading', 'waiting', 'uploaded').slice(0, 1)),
    'a person pauses': () => queue.pause(idsOf('queued', 'uploading').slice(0, 2)),
    'a person resumes': () => queue.resume(idsOf('paused')),
    'a person tries again': () => queue.retry(idsOf('failed', 'waiting')),
    'somebody edits': others.edit,
    'somebody links': others.link,
    'somebody unlinks': others.unlink,
    'somebody attaches': others.attach,
    'the network goes': () => machine.goOffline(),
    'the network is back': () => machine.goOnline(),
    'the host gives no token': loseTokens,
    'the host gives tokens again': () => void (tokenProblem = undefined),
    'a person scrolls the frame out of view': () => frame.setDrawn(false),
    'a person scrolls the frame into view': () => frame.setDrawn(true),
    'a program overwrites a file': overwriteFile,
  };

  async function act(action: Action): Promise<void> {
    const id = dice.pick(ITEMS);
    if (action !== 'a request is delivered' && action !== 'the host answers') note(`${action} (${id})`);
    await deeds[action](id);
  }

  /** Completes all uploads without faults. */
  async function comeToRest(): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      while (form.underWay().length > 0) form.underWay()[0]!();
      await settle();
      keepBoth();
      const isResting = queue
        .getSnapshot()
        .every(({ state }) => isOver(state) || state.status === 'waiting-for-save');
      if (service.underWay().length > 0) await deliver('answered');
      else if (form.underWay().length === 0 && isResting) return;
      else await machine.pass(60_000);
      await settle();
    }
    throw new Error('The schedule does not come to rest.');
  }

  async function heal(): Promise<void> {
    note('everything heals');
    form.knowEdits();
    // The frame may stay out of view.
    tokenProblem = undefined;
    await machine.goOnline();
    queue.resumeNow();
    queue.resume(idsOf('paused'));
    await comeToRest();
    form.save();
    for (const id of others.relations.keys()) {
      form.open(id);
      await comeToRest();
      form.save();
      // The gate asks the host about edits while files wait.
      await machine.pass(10_000);
      await comeToRest();
    }
    for (const { file, state } of queue.getSnapshot()) {
      // Stapler must find an existing link without an error for the user.
      const isBothered = state.status === 'failed' && state.problem.kind === 'already-linked';
      if (isBothered) problems.push(`${file.name} is told to have failed since it is attached.`);
    }
    queue.retry(idsOf('failed'));
    await comeToRest();
  }

  await session.start();
  form.open(dice.pick(ITEMS));
  for (let step = dice.between(40, 160); step > 0; step--) {
    await settle();
    await act(dice.weighted(ACTIONS));
  }
  try {
    await heal();
  } catch (error) {
    problems.push((error as Error).message);
  }
  problems.push(...differences({ store, given, uploads: queue.getSnapshot(), others, unseen }));
  const changed = queue
    .getSnapshot()
    .filter(({ state }) => state.status === 'failed' && state.problem.kind === 'file-changed').length;
  return {
    problems,
    log,
    counts: { files: given.length, attached: idsOf('linked').length, faults, changed },
  };
}
