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

/** Past inputs of the queue with an effect on its future behavior. */
interface Model {
  /** Uploads added and not removed. */
  readonly ids: Set<UploadId>;
  added: number;
  isOffline: boolean;
  /** End of the wait requested by the server. */
  throttledUntil: number;
  /** Whether the limit may be lower than at first. */
  hasBeenOverloaded: boolean;
  /** Whether a link would disturb edits now. */
  hasEdits: boolean;
  /** Uploads to be linked despite edits, at the user's request. */
  readonly urgent: Set<UploadId>;
  /** Whether all promises had settled before the current step. */
  isCalm: boolean;
}

/** The queue, and observations of it. */
interface Real {
  readonly test: TestQueue;
  readonly linkings: Map<UploadId, number>;
  /** Latest result of `canLink` by work item; cleared by each patch. */
  readonly allowed: Map<number, boolean>;
  /** Violations seen by a listener. The queue would catch an exception. */
  readonly violations: string[];
}

type Status = UploadState['status'];

/** An event. It may return a check to run after all promises have settled. */
interface Step {
  readonly name: string;
  readonly act: (model: Model, real: Real) => Promise<(() => void) | undefined>;
}

const SLOTS = 3;
const MIB = 1024 * 1024;
/** Sizes of small and large files. */
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
  return model.isOffline || test.runtime.now() < model.throttledUntil;
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

/** A step on the upload at `at`. `becomes` returns the possible statuses afterwards. */
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

/** Runs the step and then settles all promises, or only a few microtasks if not `isCalm`. */
function command({ name, act }: Step, isCalm: boolean, microtasks: number): fc.AsyncCommand<Model, Real> {
  return {
    check: () => true,
    toString: () => `${name}${isCalm ? '' : ` and, ${microtasks} microtasks later,`}`,
    async run(model, real) {
      const { transport, links } = real.test;
      const [wasHeld, begun, linked] = [isHeld(model, real), transport.begun.length, links.length];
      const wasCalm = model.isCalm;
      model.isCalm = isCalm;
      const check = await act(model, real);
      for (let turn = 0; turn < microtasks; turn++) await Promise.resolve();
      if (!isCalm) return;
      await flush();
      // A file checked before the pause may still be sent.
      if (wasCalm && wasHeld && isHeld(model, real))
        expect([transport.begun.length, links.length]).toEqual([begun, linked]);
      if (wasCalm) check?.();
      checkAlways(model, real);
    },
  };
}

/** Statuses of an upload that may start at once. */
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
        // A manual retry ends the wait.
        const status = pick(real.test.queue.getSnapshot(), n)?.state.status;
        const isToBeTried = status === 'waiting' || status === 'failed';
        if (!model.isOffline && isToBeTried) model.throttledUntil = 0;
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
      if (how === 'go on') model.throttledUntil = 0;
      if (how === 'go on') test.queue.resumeNow();
      else await test.runtime.goOnline();
    }),
  ),
  fc.integer({ min: 1, max: 10_000 }).map((delayMs) =>
    step(`be asked to wait for ${delayMs} ms`, (model, { test }) => {
      const until = test.runtime.now() + delayMs;
      model.throttledUntil = Math.max(model.throttledUntil, until);
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
  fc
    .tuple(steps, fc.boolean(), fc.nat(4))
    .map(([each, isCalm, microtasks]) => command(each, isCalm, microtasks)),
);

/** Checks the invariants. */
function checkAlways(model: Model, real: Real): void {
  const { test, linkings, violations } = real;
  const { queue, transport, runtime } = test;
  const uploads = queue.getSnapshot();
  expect(violations).toEqual([]);

  // No upload is lost or invented.
  expect(new Set(uploads.map(({ id }) => id))).toEqual(model.ids);
  expect(uploads).toHaveLength(model.ids.size);

  // The pause reason is correct.
  const reason = model.isOffline ? 'offline' : isHeld(model, real) ? 'throttled' : 'nothing';
  expect(queue.pauseReason.getSnapshot().reason).toBe(reason);

  // The uploads shown as running are the ones the transport sends.
  const sending = uploads.filter(({ state }) => state.status === 'uploading');
  expect(
    transport
      .underWay()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(sending.map(({ file }) => file.name).sort());
  expect(sending.length).toBeLessThanOrEqual(SLOTS);
  expect(sending.filter(({ file }) => file.size > 2 * MIB).length).toBeLessThanOrEqual(3);

  // No slot is lost: with queued uploads and an open gate, all slots are taken; at least one after an overload.
  const queued = uploads.filter(({ state }) => state.status === 'queued');
  const waiting = uploads.filter(({ state }) => state.status === 'waiting' && isSending(state));
  if (reason === 'nothing' && queued.length > 0) {
    // One slot is reserved for small files.
    const slots = queued.some(({ file }) => file.size <= 2 * MIB) ? SLOTS : SLOTS - 1;
    const least = model.hasBeenOverloaded ? 1 : slots;
    expect(sending.length + waiting.length).toBeGreaterThanOrEqual(least);
  }

  // No upload waits longer than planned while the gate is open.
  if (reason === 'nothing')
    for (const { state } of uploads)
      if (state.status === 'waiting') expect(state.until).toBeGreaterThanOrEqual(runtime.now());

  // Ended uploads delay no link: a stored upload waits only for others in progress.
  if (reason === 'nothing')
    for (const { state, target } of uploads)
      if (state.status === 'uploaded') {
        const beside = uploads.filter((other) => sameTarget(other.target, target));
        expect(beside.some((other) => isSending(other.state) || other.state.status === 'linking')).toBe(true);
      }

  for (const { id, state } of uploads) expect(linkings.get(id) ?? 0).toBe(state.status === 'linked' ? 1 : 0);
}

/** Creates a queue and observes each change. */
function begin(model: Model): Real {
  const linkings = new Map<UploadId, number>();
  const violations: string[] = [];
  const allowed = new Map<number, boolean>();
  const test = createTestQueue({
    limits: exactly(SLOTS),
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
        violations.push(`${id} goes on after ${was.state.status}`);
      const item = target.kind === 'work-item' ? target.id : 0;
      if (isEntered && state.status === 'linking' && !allowed.get(item) && !model.urgent.has(id))
        violations.push(`${id} disturbs edits`);
      if (isEntered && was.state.status === 'linking') allowed.delete(item);
      for (const figure of ['bytesSent', 'bytesAccepted'] as const) {
        if (progress[figure] < was.progress[figure]) violations.push(`${figure} of ${id} run backwards`);
        if (progress[figure] > file.size) violations.push(`${figure} of ${id} run past the end`);
      }
    }
    before = new Map(now.map((upload) => [upload.id, upload]));
  });
  return { test, linkings, allowed, violations };
}

/** Lets all uploads end, and checks the result. */
async function endAll(model: Model, real: Real): Promise<void> {
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
  // Each upload has its own reference.
  const linked = queue
    .getSnapshot()
    .flatMap(({ state }) => (state.status === 'linked' ? [state.reference.id] : []));
  expect(new Set(linked).size).toBe(linked.length);
  expect(real.violations).toEqual([]);
}

test('UploadQueue loses no upload, links none twice and frees every slot, in any order of events', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 40, size: 'max' }), async (commands) => {
      const model: Model = {
        ids: new Set(),
        added: 0,
        isOffline: false,
        throttledUntil: 0,
        hasBeenOverloaded: false,
        hasEdits: false,
        urgent: new Set(),
        isCalm: true,
      };
      const real = begin(model);
      await fc.asyncModelRun(() => ({ model, real }), commands);
      await endAll(model, real);
    }),
    { numRuns: 300 },
  );
}, 60_000);
