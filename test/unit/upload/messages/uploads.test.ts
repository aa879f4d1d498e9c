import type { Problem } from '../../../../src/base/errors';
import type { UploadState } from '../../../../src/upload/upload';
import { describePauseReason, describeState, describeWait } from '../../../../src/upload/messages/uploads';
import { referenceTo, uploadIn } from '../../../helpers/uploads';

const WORDS = {
  queued: 'Waiting',
  preparing: 'Checking…',
  uploading: 'Uploading…',
  waiting: 'Waiting to retry',
  paused: 'Paused',
  'needs-file': 'Choose “\u2068a.txt\u2069” again to resume',
  uploaded: 'Attaching…',
  'waiting-for-save': 'Uploaded. Save to attach.',
  linking: 'Attaching…',
  linked: 'Attached',
  failed: 'Failed',
  cancelled: 'Canceled',
} satisfies Record<UploadState['status'], string>;

test.each(Object.entries(WORDS))(
  'describeState describes an upload with status %s as %s',
  (status, words) => {
    const state = {
      status,
      attempt: 1,
      step: 'sending',
      reference: referenceTo(1),
    } as unknown as UploadState;
    expect(describeState(uploadIn(state))).toBe(words);
  },
);

test.each([
  ['starting-over', 'Restarting the upload…'],
  ['verifying', 'Verifying…'],
] as const)('describeState describes the step %s', (step, words) => {
  expect(describeState(uploadIn({ status: 'uploading', attempt: 1, step }))).toBe(words);
});

describe('describeWait', () => {
  test.each<[Problem, number, string]>([
    [{ kind: 'network' }, 4, "Can't reach Azure DevOps. Retrying in 4 s."],
    [{ kind: 'network' }, 90, "Can't reach Azure DevOps. Retrying in 2 min."],
    [{ kind: 'timeout' }, 1, 'Azure DevOps took too long to respond. Retrying in 1 s.'],
    [{ kind: 'throttled' }, 4, 'Azure DevOps is busy. Retrying in 4 s.'],
    [{ kind: 'throttled', retryAfterMs: 15_000 }, 12, 'Azure DevOps is busy. Retrying in 12 s.'],
    [{ kind: 'server-busy', status: 503 }, 2, "Azure DevOps isn't responding. Retrying in 2 s."],
    [{ kind: 'unexpected-answer' }, 2, 'Unexpected response. Retrying in 2 s.'],
    [{ kind: 'conflict' }, 2, 'Something went wrong. Retrying in 2 s.'],
  ])('describes %j, %d s before the next attempt', (problem, seconds, sentence) => {
    expect(describeWait(problem, { seconds })).toBe(sentence);
  });

  test('says “now” at 0 seconds', () => {
    const sentence = 'Azure DevOps is busy. Retrying now.';
    expect(describeWait({ kind: 'throttled' }, { seconds: 0 })).toBe(sentence);
    expect(describeWait({ kind: 'throttled', retryAfterMs: 9000 }, { seconds: 0 })).toBe(sentence);
  });

  test('says when you reconnect while offline', () => {
    expect(describeWait({ kind: 'network' }, 'once-online')).toBe(
      "Can't reach Azure DevOps. Retrying when you reconnect.",
    );
  });
});

describe('describePauseReason', () => {
  test.each([
    [{ reason: 'nothing' }, 0, ''],
    [{ reason: 'offline' }, 0, "You're offline. Uploads resume when you reconnect."],
    [
      { reason: 'signed-out', until: 1 },
      12,
      "You're signed out of Azure DevOps. Sign in again in another tab to resume uploads.",
    ],
    [
      { reason: 'unreachable', until: 1, isBlocked: false },
      12,
      "Can't reach Azure DevOps. Retrying in 12 s.",
    ],
    [
      { reason: 'unreachable', until: 1, isBlocked: true },
      12,
      "Stapler can't reach Azure DevOps. Your browser might block requests to other sites or the local network, or the extension isn't approved yet.",
    ],
    [{ reason: 'throttled', until: 1 }, 12, 'Azure DevOps is busy. Retrying in 12 s.'],
    [{ reason: 'throttled', until: 1 }, 0, 'Azure DevOps is busy. Retrying now.'],
  ] as const)('describes %j', (hold, seconds, sentence) => {
    expect(describePauseReason(hold, seconds)).toBe(sentence);
  });
});
