import fc from 'fast-check';
import { CancelledError, NetworkError, ServerError, TimeoutError } from '../../../../src/base/errors';
import type { Upload, UploadId, UploadState } from '../../../../src/upload/upload';
import { isOver, isSending } from '../../../../src/upload/upload-state';
import type { LinkTarget } from '../../../../src/azure/work-item';
import { sameTarget, workItemTarget } from '../../../../src/azure/work-item';
import { flush } from '../../../helpers/deferred';
import type { TestQueue } from '../../../helpers/upload-queue';
import { createTestQueue, exactly } from '../../../helpers/upload-queue';
import { DRAFT, ITEM_7, pickedFile } from '../../../helpers/uploads';

/** What the queue was told, as far as one has to remember it to know what it must do. */
interface Model {
  /** Every upload that was added and not taken off the list. */
  readonly ids: Set<UploadId>;
  added: number;
  isOffline: boolean;
  /** Until when the server wants to be left alone. */
  leaveAloneUntil: number;
  /** Whether the lanes may be fewer than they were at first. */
  hasBeenOverloaded: boolean;
  /** Whether a link would disturb edits now. */
  hasEdits: boolean;
  /** Those that a person wanted to have linked beside the edits. */
  readonly urgent: Set<UploadId>;
  /** Whether everything had calmed down before the next thing happens. */
  isCalm: boolean;
}

/** The queue, and what was seen of it. */
interface Real {
  readonly test: TestQueue;
  readonly linkings: Map<UploadId, number>;
  /** What was answered last to whoever asked whether an item may be linked to; forgotten with each patch. */
  readonly allowed: Map<number, boolean>;
  /** What must never happen and did: the queue would catch what a listener throws. */
  readonly wrongs: string[];
}

type Status = UploadState['status'];

/** Something that happens. It may tell what has to be true once everything has calmed down after it. */
interface Step {
  readonly name: string;
  readonly act: (model: Model, real: Real) => Promise<(() => void) | undefined>;
}

const LANES = 3;
const MIB = 1024 * 1024;
/** Small files, and such as count as large. */
const SIZES = [0, 10, 100, 5 * MIB];

const ERRORS: Record<string, Error> = {
  network: new NetworkError('No answer.'),
  timeout: new TimeoutError('Late.', 5),
  throttled: new ServerError('throttled', 'Slow down.', { status: 429, retryAfterMs: 3000 }),
  busy: new ServerError('server-busy', 'Busy.', { status: 503 }),
  stumbled: new ServerError('server-busy', 'Oops.', { status: 500 }),
  refused: new ServerError('refused', 'No.', { status: 400 }),
  'too large': new ServerError('file-too-large', 'Too large.'),
  damaged: new ServerError('content-damaged', 'Damaged.'),
  bug: new TypeError('x is undefined'),
  'an abort of the browser': new CancelledError(),
};
const OVERLOADS = ['timeout', 'throttled', 'busy'];

function pick<T>(all: readonly T[], at: number): T | undefined {
  return all[at % all.length];
}

function isOn(target: LinkTarget, workItemId: number): boolean {
  return sameTarget(target, workItemTarget(workItemId));
}

function isHeld(model: Model, { test }: Real): boolean {
  return model.isOffline || test.runtime.now() < model.leaveAloneUntil;
}

function step(name: string, act: (model: Model, real: Real) => void | Promise<void>): Step {
  return {
    name,
    async act(model, real) {
      await act(model, real);
      return undefined;
    },
  };
}

/** A step on the upload that `at` points to. `becomes` tells its status afterwards from the state before. */
function onOne(
  name: string,
  at: number,
  act: (test: TestQueue, id: UploadId) => void,
  becomes: (state: UploadState, upload: Upload) => readonly Status[],
): Step {
  return {
    name: `${name} ${at}`,
    act(_, { test }) {
      const upload = pick(test.queue.getSnapshot(), at);
      if (!upload) return Promise.resolve(undefined);
      act(test, upload.id);
      return Promise.resolve(() => {
        const after = test.queue.getSnapshot().find(({ id }) => id === upload.id);
        expect(becomes(upload.state, upload)).toContain(after?.state.status);
      });
    },
  };
}

/** The step, and everything that comes of it; or only a little of that before the next step. */
function command({ name, act }: Step, isCalm: boolean, turns: number): fc.AsyncCommand<Model, Real> {
  return {
    check: () => true,
    toString: () => `${name}${isCalm ? '' : ` and, ${turns} turns later,`}`,
    async run(model, real) {
      const { transport, links } = real.test;
      const [wasHeld, begun, linked] = [isHeld(model, real), transport.begun.length, links.length];
      const wasCalm = model.isCalm;
      model.isCalm = isCalm;
      const check = await act(model, real);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      if (!isCalm) return;
      await flush();
      // What was being checked before it was held may still be sent.
      if (wasCalm && wasHeld && isHeld(model, real))
        expect([transport.begun.length, links.length]).toEqual([begun, linked]);
      if (wasCalm) check?.();
      checkAlways(model, real);
    },
  };
}

/** Where an upload whose turn may come at once can be next. */
const ON_ITS_WAY: readonly Status[] = ['queued', 'uploading'];

const at = fc.nat(40);

const STEPS = [
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(...SIZES), fc.boolean())
    .map(([count, size, isDraft]) =>
      step(`add ${count} of ${size}${isDraft ? ' to the draft' : ''}`, (model, { test: { queue } }) => {
        const files = Array.from({ length: count }, () => ({ ...pickedFile(`${++model.added}`, 1), size }));
        const known = new Set(queue.getSnapshot().map(({ id }) => id));
        queue.add(files, isDraft ? DRAFT : ITEM_7);
        for (const { id } of queue.getSnapshot()) if (!known.has(id)) model.ids.add(id);
      }),
    ),
  at.map((n) => step(`finish ${n}`, (_, { test }) => void pick(test.transport.underWay(), n)?.finish())),
  fc.tuple(at, fc.constantFrom(...Object.keys(ERRORS))).map(([n, why]) =>
    step(`fail ${n}: ${why}`, (model, { test }) => {
      const attempt = pick(test.transport.underWay(), n);
      if (attempt && OVERLOADS.includes(why)) model.hasBeenOverloaded = true;
      attempt?.fail(ERRORS[why]!);
    }),
  ),
  fc
    .tuple(at, fc.nat(150), fc.nat(150))
    .map(([n, sent, accepted]) =>
      step(`progress ${n} to ${sent}, ${accepted}`, (_, { test }) =>
        pick(test.transport.underWay(), n)?.progress(sent, accepted),
      ),
    ),
  at.map((n) => step(`link ${n}`, (_, { test }) => pick(test.links, n)?.answer(n))),
  fc.tuple(at, fc.constantFrom(...Object.keys(ERRORS))).map(([n, why]) =>
    step(`lose link ${n}: ${why}`, (model, { test }) => {
      if (OVERLOADS.includes(why)) model.hasBeenOverloaded = true;
      pick(test.links, n)?.reject(ERRORS[why]);
    }),
  ),
  fc.tuple(at, fc.constantFrom(...Object.keys(ERRORS))).map(([n, why]) =>
    step(`link ${n}, all but the first: ${why}`, (model, { test }) => {
      if (OVERLOADS.includes(why)) model.hasBeenOverloaded = true;
      const link = pick(test.links, n);
      link?.answer(n, { [link.names[0]!]: ERRORS[why] });
    }),
  ),
  at.map((n) =>
    onOne(
      'cancel',
      n,
      ({ queue }, id) => queue.cancel([id]),
      (was, { isLinkTried }) => (isOver(was) || isLinkTried ? [was.status] : ['cancelled']),
    ),
  ),
  at.map((n) =>
    onOne(
      'pause',
      n,
      ({ queue }, id) => queue.pause([id]),
      (was) => (isSending(was) ? ['paused'] : [was.status]),
    ),
  ),
  at.map((n) =>
    onOne(
      'resume',
      n,
      ({ queue }, id) => queue.resume([id]),
      (was) => (was.status === 'paused' ? ON_ITS_WAY : [was.status]),
    ),
  ),
  at.map((n) => {
    const retried = onOne(
      'retry',
      n,
      ({ queue }, id) => queue.retry([id]),
      (was) => {
        const isRetried = was.status === 'waiting' || (was.status === 'failed' && was.retryable);
        if (!isRetried) return [was.status];
        return was.reference ? ['uploaded', 'waiting-for-save', 'linking'] : ON_ITS_WAY;
      },
    );
    return {
      ...retried,
      act(model: Model, real: Real) {
        // Who wants it tried now does not want to wait.
        const status = pick(real.test.queue.getSnapshot(), n)?.state.status;
        const isToBeTried = status === 'waiting' || status === 'failed';
        if (!model.isOffline && isToBeTried) model.leaveAloneUntil = 0;
        return retried.act(model, real);
      },
    };
  }),
  at.map((n) =>
    onOne(
      'move to the front',
      n,
      ({ queue }, id) => queue.moveToFront(id),
      (was) => [was.status],
    ),
  ),
  at.map((n) =>
    step(`remove ${n}`, (model, { test: { queue } }) => {
      const upload = pick(queue.getSnapshot(), n);
      if (!upload) return;
      queue.remove([upload.id]);
      if (isOver(upload.state)) model.ids.delete(upload.id);
    }),
  ),
  fc.constant(
    step('go offline', async (model, { test }) => {
      model.isOffline = true;
      await test.runtime.goOffline();
      expect(test.transport.underWay()).toEqual([]);
    }),
  ),
  fc.constantFrom('come back', 'go on').map((how) =>
    step(how, async (model, { test }) => {
      model.isOffline = false;
      if (how === 'go on') model.leaveAloneUntil = 0;
      if (how === 'go on') test.queue.resumeNow();
      else await test.runtime.goOnline();
    }),
  ),
  fc.integer({ min: 1, max: 10_000 }).map((delayMs) =>
    step(`be asked to wait for ${delayMs} ms`, (model, { test }) => {
      const until = test.runtime.now() + delayMs;
      model.leaveAloneUntil = Math.max(model.leaveAloneUntil, until);
      test.queue.throttle(delayMs);
    }),
  ),
  fc.tuple(fc.nat(20_000), fc.integer({ min: 0, max: 9 })).map(([ms, tenths]) =>
    step(`let ${ms} ms go by`, async (_, { test }) => {
      test.runtime.chance = tenths / 10;
      await test.runtime.pass(ms);
    }),
  ),
  fc.constant(step('begin to edit', (model) => void (model.hasEdits = true))),
  fc.constant(
    step('save the edits', (model, { test }) => {
      model.hasEdits = false;
      test.release(7, 'if-allowed');
    }),
  ),
  fc.constant(
    step('attach beside the edits', (model, { test }) => {
      for (const { id, target, state } of test.queue.getSnapshot())
        if (isOn(target, 7) && state.status === 'waiting-for-save') model.urgent.add(id);
      test.release(7, 'at-once');
    }),
  ),
  fc.constant(step('save the draft', (_, { test }) => test.queue.draftSaved('draft 1', 8))),
  fc.constant(step('close the draft', (_, { test }) => test.queue.draftAbandoned('draft 1'))),
];

const COMMANDS = STEPS.map((steps) =>
  fc.tuple(steps, fc.boolean(), fc.nat(4)).map(([each, isCalm, turns]) => command(each, isCalm, turns)),
);

/** What must be true whatever happened. */
function checkAlways(model: Model, real: Real): void {
  const { test, linkings, wrongs } = real;
  const { queue, transport, runtime } = test;
  const uploads = queue.getSnapshot();
  expect(wrongs).toEqual([]);

  // No upload is lost, and none comes from nowhere.
  expect(new Set(uploads.map(({ id }) => id))).toEqual(model.ids);
  expect(uploads).toHaveLength(model.ids.size);

  // It says why it does not go on, and does not make it up.
  const reason = model.isOffline ? 'offline' : isHeld(model, real) ? 'throttled' : 'nothing';
  expect(queue.pauseReason.getSnapshot().reason).toBe(reason);

  // What is said to be on its way is, and the other way round.
  const sending = uploads.filter(({ state }) => state.status === 'uploading');
  expect(
    transport
      .underWay()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(sending.map(({ file }) => file.name).sort());
  expect(sending.length).toBeLessThanOrEqual(LANES);
  expect(sending.filter(({ file }) => file.size > 2 * MIB).length).toBeLessThanOrEqual(3);

  // No lane is lost: as long as something is queued and nothing holds it, all are taken, or at least one.
  const queued = uploads.filter(({ state }) => state.status === 'queued');
  const waiting = uploads.filter(({ state }) => state.status === 'waiting' && isSending(state));
  if (reason === 'nothing' && queued.length > 0) {
    // One lane is kept free of large files.
    const lanes = queued.some(({ file }) => file.size <= 2 * MIB) ? LANES : LANES - 1;
    const least = model.hasBeenOverloaded ? 1 : lanes;
    expect(sending.length + waiting.length).toBeGreaterThanOrEqual(least);
  }

  // Nothing waits longer than it was told to, but for a hold.
  if (reason === 'nothing')
    for (const { state } of uploads)
      if (state.status === 'waiting') expect(state.until).toBeGreaterThanOrEqual(runtime.now());

  // Nobody is kept from being linked by files that are over: either others are on their way, or it is their turn.
  if (reason === 'nothing')
    for (const { state, target } of uploads)
      if (state.status === 'uploaded') {
        const beside = uploads.filter((other) => sameTarget(other.target, target));
        expect(beside.some((other) => isSending(other.state) || other.state.status === 'linking')).toBe(true);
      }

  for (const { id, state } of uploads) expect(linkings.get(id) ?? 0).toBe(state.status === 'linked' ? 1 : 0);
}

/** A queue of which every single change is followed. */
function begin(model: Model): Real {
  const linkings = new Map<UploadId, number>();
  const wrongs: string[] = [];
  const allowed = new Map<number, boolean>();
  const test = createTestQueue({
    limits: exactly(LANES),
    canLink(workItemId) {
      allowed.set(workItemId, !(model.hasEdits && workItemId === 7));
      return Promise.resolve(allowed.get(workItemId)!);
    },
  });
  let before = new Map<UploadId, Upload>();
  test.queue.subscribe(() => {
    const now = test.queue.getSnapshot();
    for (const upload of now) {
      const { id, state, progress, file, target } = upload;
      const was = before.get(id);
      if (!was || was === upload) continue;
      const isEntered = state.status !== was.state.status;
      if (isEntered && state.status === 'linked') linkings.set(id, (linkings.get(id) ?? 0) + 1);
      if (isEntered && (was.state.status === 'cancelled' || was.state.status === 'linked'))
        wrongs.push(`${id} goes on after ${was.state.status}`);
      const item = target.kind === 'work-item' ? target.id : 0;
      if (isEntered && state.status === 'linking' && !allowed.get(item) && !model.urgent.has(id))
        wrongs.push(`${id} disturbs edits`);
      if (isEntered && was.state.status === 'linking') allowed.delete(item);
      for (const figure of ['bytesSent', 'bytesAccepted'] as const) {
        if (progress[figure] < was.progress[figure]) wrongs.push(`${figure} of ${id} run backwards`);
        if (progress[figure] > file.size) wrongs.push(`${figure} of ${id} run past the end`);
      }
    }
    before = new Map(now.map((upload) => [upload.id, upload]));
  });
  return { test, linkings, allowed, wrongs };
}

/** Lets everything that is still on its way arrive, and looks whether it did. */
async function comeToRest(model: Model, real: Real): Promise<void> {
  const { queue, transport, links, runtime } = real.test;
  await runtime.goOnline();
  queue.draftSaved('draft 1', 8);
  queue.resume([...model.ids]);
  model.hasEdits = false;
  const isAtRest = (): boolean => queue.getSnapshot().every(({ state }) => isOver(state));
  for (let round = 0; round < 2 * model.added + 2 && !isAtRest(); round++) {
    await runtime.pass(60_000);
    real.test.release(7, 'if-allowed');
    for (const attempt of transport.underWay()) attempt.finish();
    await flush();
    for (const link of links) link.answer(1);
    await flush();
  }
  const ends = queue.getSnapshot().map(({ state }) => state.status);
  expect(
    ends.filter((status) => status !== 'linked' && status !== 'failed' && status !== 'cancelled'),
  ).toEqual([]);
  // One upload is one reference, and no reference is linked for two.
  const linked = queue
    .getSnapshot()
    .flatMap(({ state }) => (state.status === 'linked' ? [state.reference.id] : []));
  expect(new Set(linked).size).toBe(linked.length);
  expect(real.wrongs).toEqual([]);
}

test('whatever happens in whatever order, no upload is lost, linked twice or forgotten, and no lane either', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 40, size: 'max' }), async (commands) => {
      const model: Model = {
        ids: new Set(),
        added: 0,
        isOffline: false,
        leaveAloneUntil: 0,
        hasBeenOverloaded: false,
        hasEdits: false,
        urgent: new Set(),
        isCalm: true,
      };
      const real = begin(model);
      await fc.asyncModelRun(() => ({ model, real }), commands);
      await comeToRest(model, real);
    }),
    { numRuns: 300 },
  );
}, 60_000);
