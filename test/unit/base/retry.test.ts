import fc from 'fast-check';
import type { Problem, ProblemKind } from '../../../src/base/errors';
import { nextRetry } from '../../../src/base/retry';
import { canRetryByHand, isOverload } from '../../../src/base/problem-traits';

/**
 * What a problem is worth. It passes: we try again by ourselves. It does not, but a person can do something about it
 * and try again. Or the same file cannot come through again, whoever tries.
 */
const WORTH = {
  network: 'passes',
  timeout: 'passes',
  throttled: 'passes',
  'server-busy': 'passes',
  'unexpected-answer': 'passes',
  'host-silent': 'passes',
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
  'link-lost': 'by hand',
  internal: 'by hand',
  'file-too-large': 'hopeless',
  'file-unreadable': 'hopeless',
  'folder-unreadable': 'hopeless',
  'folder-empty': 'hopeless',
  'work-item-closed': 'hopeless',
} satisfies Record<ProblemKind, 'passes' | 'by hand' | 'hopeless'>;

const KINDS = Object.entries(WORTH) as [ProblemKind, 'passes' | 'by hand' | 'hopeless'][];
const STATUSES = [undefined, 0, 200, 203, 400, 401, 403, 404, 408, 409, 412, 413, 429, 500, 502, 503, 504];

function problem(kind: ProblemKind, status?: number): Problem {
  return status === undefined ? { kind } : { kind, status };
}

test.each(KINDS)('%s: %s', (kind, worth) => {
  expect(canRetryByHand({ kind })).toBe(worth !== 'hopeless');
  expect(nextRetry({ kind }, 1, () => 0).action).toBe(worth === 'passes' ? 'wait' : 'stop');
});

test.each(KINDS)('whatever its status, %s is decided by its kind: %s', (kind, worth) => {
  // A page with a status of its own was meant: somebody refused. One with a good status, or none, came by mistake.
  const isMeant = (status = 0): boolean => kind === 'unexpected-answer' && status >= 400 && status < 500;
  const expected = STATUSES.filter((status) => worth === 'passes' && !isMeant(status));
  expect(STATUSES.filter((status) => nextRetry(problem(kind, status), 1, () => 0).action === 'wait')).toEqual(
    expected,
  );
});

test.each(KINDS)('%s slows the queue down only where there is too much to do', (kind) => {
  const expected = kind === 'throttled' || kind === 'timeout' ? STATUSES : [503];
  expect(STATUSES.filter((status) => isOverload(problem(kind, status)))).toEqual(expected);
});

describe('the wait', () => {
  const NETWORK: Problem = { kind: 'network', status: 0 };
  /** Between 0 (inclusive) and 1 (exclusive). */
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test.each([
    [1, 500],
    [2, 1_000],
    [3, 2_000],
    [4, 4_000],
    [5, 8_000],
    [6, 16_000],
    [7, 30_000],
  ])('after attempt %d is anything up to %d ms', (attempt, ceilingMs) => {
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

  test.each([10, 11, 1000])('is over at attempt %d', (attempt) => {
    expect(nextRetry(NETWORK, attempt, () => 0.5)).toEqual({ action: 'stop' });
    expect(nextRetry({ ...NETWORK, retryAfterMs: 5 }, attempt, () => 0.5)).toEqual({ action: 'stop' });
  });

  test('is exactly what the server asked for, whatever the attempt and the dice', () => {
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

  test('that a server asks for makes nothing pass that does not', () => {
    expect(nextRetry({ kind: 'refused', status: 400, retryAfterMs: 5 }, 1, () => 0)).toEqual({
      action: 'stop',
    });
  });
});
