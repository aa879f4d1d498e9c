import { HostError, NetworkError, ServerError, StaplerError } from '../../../../src/base/errors';
import { createUploadQueue } from '../../../../src/upload/queue/upload-queue';
import { flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createTestQueue } from '../../../helpers/upload-queue';
import { ITEM_7, pickedFile, referenceTo } from '../../../helpers/uploads';

const SIGNED_OUT = new ServerError('signed-out', 'Sign in.');
const NO_ANSWER = new NetworkError('No answer.');

/** A queue whose probe rejects with `problem.error` until the test removes it. */
function stage(error: Error | undefined) {
  const problem = { error };
  let probes = 0;
  const test = createTestQueue({
    probe() {
      probes++;
      return problem.error ? Promise.reject(problem.error) : Promise.resolve();
    },
  });
  return {
    ...test,
    problem,
    probes: () => probes,
    reason: () => test.queue.pauseReason.getSnapshot().reason,
  };
}

describe('createQueueHold', () => {
  test('pauses the whole queue after a sign-out and fails no file', async () => {
    const { add, fail, reason, upload, transport, runtime } = stage(SIGNED_OUT);
    await add('a b c d e f g');
    await fail('a b', SIGNED_OUT);
    expect([reason(), upload('a').state.status]).toEqual(['signed-out', 'waiting']);
    await runtime.pass(3_600_000);
    expect([reason(), upload('a').state.status, upload('g').state.status]).toEqual([
      'signed-out',
      'queued',
      'queued',
    ]);
    expect(transport.begun).toHaveLength(6);
  });

  test('checks with backoff and resumes by itself after the sign-in', async () => {
    const { add, fail, finish, reason, problem, probes, runtime, upload, transport } = stage(SIGNED_OUT);
    await add('a');
    await fail('a', SIGNED_OUT);
    await runtime.pass(10_000);
    const early = probes();
    expect(early).toBeGreaterThan(2);
    await runtime.pass(60_000);
    expect(probes() - early).toBeLessThanOrEqual(6);
    problem.error = undefined;
    await runtime.pass(31_000);
    expect([reason(), upload('a').state.status, transport.begun.length]).toEqual(['nothing', 'uploading', 2]);
    await finish('a');
    expect(upload('a').state.status).toBe('linking');
  });

  test.each([
    ['the person comes back to the page', 'comeBack'],
    ['the network comes back', 'goOnline'],
  ] as const)('checks at once when %s', async (_, event) => {
    const { add, fail, reason, problem, runtime, upload } = stage(SIGNED_OUT);
    await add('a');
    await fail('a', SIGNED_OUT);
    problem.error = undefined;
    await runtime[event]();
    expect([reason(), upload('a').state.status]).toEqual(['nothing', 'uploading']);
  });

  test('checks at once on "Retry now" instead of failing one file after another', async () => {
    const { add, fail, queue, reason, problem, upload, transport } = stage(SIGNED_OUT);
    await add('a');
    await fail('a', SIGNED_OUT);
    queue.resumeNow();
    await flush();
    expect([reason(), transport.begun.length]).toEqual(['signed-out', 1]);
    problem.error = undefined;
    queue.resumeNow();
    await flush();
    expect([reason(), upload('a').state.status]).toEqual(['nothing', 'uploading']);
  });

  test('pauses links as well, and links without another upload after the sign-in', async () => {
    const { add, finish, links, problem, reason, runtime, upload, transport } = stage(SIGNED_OUT);
    await add('a');
    await finish('a');
    links[0]?.reject(SIGNED_OUT);
    await runtime.pass(60_000);
    expect([reason(), links.length]).toEqual(['signed-out', 1]);
    problem.error = undefined;
    await runtime.pass(31_000);
    links[1]?.answer(2);
    await flush();
    expect([upload('a').state.status, transport.begun.length]).toEqual(['linked', 1]);
  });

  test('fails a file that alone is refused as signed out', async () => {
    const { add, fail, runtime, upload } = stage(undefined);
    await add('a');
    for (let attempt = 1; attempt <= 10; attempt++) {
      expect(upload('a').state.status).toBe('uploading');
      await fail('a', SIGNED_OUT);
      await runtime.pass(60_000);
    }
    expect(upload('a').state).toMatchObject({ status: 'failed', problem: { kind: 'signed-out' } });
  });

  test('pauses the queue after three files in a row without an answer, and resumes with the first one', async () => {
    const { add, fail, problem, reason, runtime, statuses, transport } = stage(NO_ANSWER);
    await add('a b c d');
    await fail('a b', NO_ANSWER);
    expect(reason()).toBe('nothing');
    await fail('c', new HostError('No token.'));
    expect(reason()).toBe('unreachable');
    await fail('d', NO_ANSWER);
    // An outage of ten minutes.
    await runtime.pass(600_000);
    expect([statuses(), transport.begun.length]).toEqual(['a queued, b queued, c queued, d queued', 4]);
    problem.error = undefined;
    await runtime.pass(31_000);
    expect([reason(), statuses()]).toEqual(['nothing', 'a uploading, b uploading, c uploading, d uploading']);
  });

  test('says whether the browser may block the requests', async () => {
    const blocked = new NetworkError('No answer.').withFacts({ isBlocked: true });
    const { add, fail, queue } = stage(blocked);
    await add('a b c');
    await fail('a b c', blocked);
    expect(queue.pauseReason.getSnapshot()).toMatchObject({ reason: 'unreachable', isBlocked: true });
  });

  test('does not pause for one file that fails again and again, nor after a success in between', async () => {
    const { add, fail, finish, reason, runtime } = stage(NO_ANSWER);
    await add('a b c d');
    await fail('a b', NO_ANSWER);
    await finish('c');
    await fail('d', NO_ANSWER);
    expect(reason()).toBe('nothing');
    await runtime.pass(500);
    await fail('a', NO_ANSWER);
    expect(reason()).toBe('nothing');
  });

  test('resumes after any other refusal of the check, which is an answer', async () => {
    const { add, fail, problem, reason, runtime } = stage(SIGNED_OUT);
    await add('a');
    await fail('a', SIGNED_OUT);
    problem.error = new ServerError('work-item-missing', 'No such work item.', { status: 404 });
    await runtime.pass(31_000);
    expect(reason()).toBe('nothing');
  });

  test('tells an outage from a sign-out found by the check', async () => {
    const { add, fail, problem, reason, runtime } = stage(NO_ANSWER);
    await add('a b c');
    await fail('a b c', NO_ANSWER);
    problem.error = SIGNED_OUT;
    await runtime.pass(5_000);
    expect(reason()).toBe('signed-out');
  });

  test('ends when the browser goes offline, which resumes by itself', async () => {
    const { add, fail, reason, runtime, upload } = stage(SIGNED_OUT);
    await add('a');
    await fail('a', SIGNED_OUT);
    await runtime.goOffline();
    expect(reason()).toBe('offline');
    await runtime.goOnline();
    expect([reason(), upload('a').state.status]).toEqual(['nothing', 'uploading']);
  });

  test.each([
    ['the host has no token', new HostError('TF400893: Unable to contact the server.')],
    ['the user is signed out', new StaplerError('signed-out', 'No token.')],
  ])('fails none of 1,000 files when %s for 30 seconds', async (_, outage) => {
    const runtime = createFakeRuntime();
    const from = runtime.now();
    const getToken = (): Promise<void> =>
      runtime.now() < from + 30_000 ? Promise.reject(outage) : Promise.resolve();
    let sent = 0;
    const queue = createUploadQueue({
      runtime,
      guard: { track: () => undefined, prepare: () => Promise.resolve(), verify: () => Promise.resolve() },
      probe: getToken,
      transport: { begin: () => ({ run: () => getToken().then(() => referenceTo(++sent)) }) },
    });
    queue.add(
      Array.from({ length: 1_000 }, (__, index) => pickedFile(`${index}.txt`)),
      ITEM_7,
    );
    await runtime.pass(29_000);
    expect(sent).toBe(0);
    await runtime.pass(60_000);
    for (let settled = 0; settled < 50; settled++) await flush();
    const statuses = new Set(queue.getSnapshot().map(({ state }) => state.status));
    expect([sent, [...statuses]]).toEqual([1_000, ['uploaded']]);
  });
});
