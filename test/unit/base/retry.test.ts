import fc from 'fast-check';
import type { Problem, ProblemKind } from '../../../src/base/errors';
import { NetworkError, ServerError } from '../../../src/base/errors';
import { nextRetry, retry } from '../../../src/base/retry';
import { canRetryByHand, isOverload } from '../../../src/base/problem-traits';
import { rejectionOf } from '../../helpers/deferred';
import { createFakeRuntime } from '../../helpers/fake-runtime';

/**
 * Expected retries of each kind: automatic, by hand after a remedy, or none for the same file.
 */
const RETRIES = {
  network: 'automatic',
  timeout: 'automatic',
  throttled: 'automatic',
  'server-busy': 'automatic',
  'unexpected-answer': 'automatic',
  'host-silent': 'automatic',
  'signed-out': 'by hand',
  'no-permission': 'by hand',
  'work-item-missing': 'by hand',
  'request-too-large': 'by hand',
  'attachment-limit': 'by hand',
  'link-limit': 'by hand',
  'revision-limit': 'by hand',
  'already-linked': 'by hand',
  'comment-too-long': 'by hand',
  'not-attached': 'by hand',
  conflict: 'by hand',
  'rule-broken': 'by hand',
  'version-too-new': 'by hand',
  refused: 'by hand',
  'content-damaged': 'by hand',
  'split-incomplete': 'never',
  elsewhere: 'never',
  'link-lost': 'by hand',
  internal: 'by hand',
  'file-too-large': 'never',
  'file-unreadable': 'never',
  'file-changed': 'never',
  'has-secrets': 'never',
  'not-cleaned': 'never',
  'breaks-policy': 'never',
  'folder-unreadable': 'never',
  'folder-empty': 'never',
  'work-item-closed': 'never',
  updated: 'never',
} satisfies Record<ProblemKind, 'automatic' | 'by hand' | 'never'>;

const KINDS = Object.entries(RETRIES) as [ProblemKind, 'automatic' | 'by hand' | 'never'][];
const STATUSES = [undefined, 0, 200, 203, 400, 401, 403, 404, 408, 409, 412, 413, 429, 500, 502, 503, 504];

function problem(kind: ProblemKind, status?: number): Problem {
  return status === undefined ? { kind } : { kind, status };
}

test.each(KINDS)('nextRetry decides about %s: %s', (kind, retries) => {
  expect(canRetryByHand({ kind })).toBe(retries !== 'never');
  expect(nextRetry({ kind }, 1, () => 0).action).toBe(retries === 'automatic' ? 'wait' : 'stop');
});

test.each(KINDS)('nextRetry decides about %s by its kind with any status: %s', (kind, retries) => {
  // A page with a client error is a refusal by a proxy; with a success status or none, it is a mistake.
  const isMeant = (status = 0): boolean => kind === 'unexpected-answer' && status >= 400 && status < 500;
  const expected = STATUSES.filter((status) => retries === 'automatic' && !isMeant(status));
  expect(STATUSES.filter((status) => nextRetry(problem(kind, status), 1, () => 0).action === 'wait')).toEqual(
    expected,
  );
});

test.each(KINDS)('isOverload is true for %s only when there is too much load', (kind) => {
  const expected = kind === 'throttled' || kind === 'timeout' ? STATUSES : [503];
  expect(STATUSES.filter((status) => isOverload(problem(kind, status)))).toEqual(expected);
});

describe('nextRetry', () => {
  const NETWORK: Problem = { kind: 'network', status: 0 };
  /** From 0 (inclusive) to 1 (exclusive). */
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test.each([
    [1, 500],
    [2, 1_000],
    [3, 2_000],
    [4, 4_000],
    [5, 8_000],
    [6, 16_000],
    [7, 30_000],
  ])('delays by up to the limit after attempt %d: %d ms', (attempt, ceilingMs) => {
    expect(nextRetry(NETWORK, attempt, () => 0)).toEqual({ action: 'wait', delayMs: 0 });
    expect(nextRetry(NETWORK, attempt, () => 0.5)).toEqual({ action: 'wait', delayMs: ceilingMs / 2 });
    expect(nextRetry(NETWORK, attempt, () => 1 - Number.EPSILON)).toEqual({
      action: 'wait',
      delayMs: ceilingMs,
    });
    fc.assert(
      fc.property(random, (chance) => {
        const decision = nextRetry(NETWORK, attempt, () => chance);
        if (decision.action !== 'wait') throw new Error('It stopped.');
        expect(decision.delayMs).toBeGreaterThanOrEqual(0);
        expect(decision.delayMs).toBeLessThanOrEqual(ceilingMs);
        expect(Number.isInteger(decision.delayMs)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test.each([10, 11, 1000])('stops at attempt %d', (attempt) => {
    expect(nextRetry(NETWORK, attempt, () => 0.5)).toEqual({ action: 'stop' });
    expect(nextRetry({ ...NETWORK, retryAfterMs: 5 }, attempt, () => 0.5)).toEqual({ action: 'stop' });
  });

  test('delays by exactly the Retry-After of the server, with any attempt and random number', () => {
    const retryAfterMs = fc.integer({ min: 1, max: 3_600_000 });
    const attempt = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(retryAfterMs, attempt, random, (delayMs, at, chance) => {
        const decision = nextRetry(
          { kind: 'throttled', status: 429, retryAfterMs: delayMs },
          at,
          () => chance,
        );
        expect(decision).toEqual({ action: 'wait', delayMs });
      }),
    );
  });

  test('does not retry a permanent problem because of a Retry-After', () => {
    expect(nextRetry({ kind: 'refused', status: 400, retryAfterMs: 5 }, 1, () => 0)).toEqual({
      action: 'stop',
    });
  });
});

describe('retry', () => {
  function begin(task: () => Promise<string>) {
    const runtime = createFakeRuntime();
    const controller = new AbortController();
    const result = retry(task, { runtime, signal: controller.signal, maxAttempts: 3 });
    return { runtime, controller, result };
  }

  const lost = (): Promise<string> => Promise.reject(new NetworkError('No answer.'));

  test('retries a transient error after a delay', async () => {
    const task = jest.fn<Promise<string>, []>(() => Promise.resolve('done')).mockImplementationOnce(lost);
    const { runtime, result } = begin(task);
    await runtime.pass(249);
    expect(task).toHaveBeenCalledTimes(1);
    await runtime.pass(1);
    expect(await result).toBe('done');
  });

  test('rejects after the maximum number of attempts', async () => {
    const task = jest.fn(lost);
    const { runtime, result } = begin(task);
    const rejection = rejectionOf(result);
    await runtime.pass(60_000);
    expect(await rejection).toMatchObject({ kind: 'network' });
    expect(task).toHaveBeenCalledTimes(3);
  });

  test('rejects at once with a permanent error', async () => {
    const { result } = begin(() => Promise.reject(new ServerError('no-permission', 'No.')));
    expect(await rejectionOf(result)).toMatchObject({ kind: 'no-permission' });
  });

  test('rejects when it is aborted during the delay', async () => {
    const { runtime, controller, result } = begin(lost);
    const rejection = rejectionOf(result);
    await runtime.pass(0);
    controller.abort();
    expect(await rejection).toMatchObject({ name: 'CancelledError' });
  });
});
