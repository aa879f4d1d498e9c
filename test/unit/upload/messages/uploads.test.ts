import type { Problem } from '../../../../src/base/errors';
import type { UploadState } from '../../../../src/upload/upload';
import { describePauseReason, describeState, describeWait } from '../../../../src/upload/messages/uploads';
import { referenceTo, uploadIn } from '../../../helpers/uploads';

const WORDS = {
  queued: 'Waiting',
  preparing: 'Checking',
  uploading: 'Uploading',
  waiting: 'Waiting to be tried again',
  paused: 'Paused',
  'needs-file': 'Choose “\u2068a.txt\u2069” again to resume',
  uploaded: 'Uploaded, attached in a moment',
  'waiting-for-save': 'Uploaded, will be attached when you save',
  linking: 'Attaching',
  linked: 'Attached',
  failed: 'Failed',
  cancelled: 'Cancelled',
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
  ['starting-over', 'Sending it again from the start: Azure DevOps cannot use what it has of it'],
  ['verifying', 'Checking that every byte arrived'],
] as const)('describeState describes the step %s', (step, words) => {
  expect(describeState(uploadIn({ status: 'uploading', attempt: 1, step }))).toBe(words);
});

describe('describeWait', () => {
  test.each<[Problem, number, number, string]>([
    [{ kind: 'network' }, 1, 4, 'Azure DevOps could not be reached. Trying again in 4 s'],
    [{ kind: 'network' }, 2, 90, 'Azure DevOps could not be reached. Trying again in 2 min (attempt 3)'],
    [{ kind: 'timeout' }, 1, 1, 'Azure DevOps took too long to answer. Trying again in 1 s'],
    [{ kind: 'throttled' }, 1, 4, 'Azure DevOps asked us to slow down. Trying again in 4 s'],
    [{ kind: 'throttled', retryAfterMs: 15_000 }, 1, 12, 'Azure DevOps asked us to wait 12 s'],
    [{ kind: 'throttled', retryAfterMs: 15_000 }, 3, 12, 'Azure DevOps asked us to wait 12 s (attempt 4)'],
    [
      { kind: 'server-busy', status: 503 },
      1,
      2,
      'Azure DevOps has a problem of its own (status 503). Trying again in 2 s',
    ],
    [{ kind: 'unexpected-answer' }, 1, 2, 'The answer did not come from Azure DevOps. Trying again in 2 s'],
    [{ kind: 'conflict' }, 1, 2, 'It did not work. Trying again in 2 s'],
  ])('describes %j after attempt %d, %d s before the next one', (problem, attempt, seconds, sentence) => {
    expect(describeWait(problem, attempt, { seconds })).toBe(sentence);
  });

  test('says “now” at 0 seconds', () => {
    const sentence = 'Azure DevOps asked us to slow down. Trying again now';
    expect(describeWait({ kind: 'throttled' }, 1, { seconds: 0 })).toBe(sentence);
    expect(describeWait({ kind: 'throttled', retryAfterMs: 9000 }, 1, { seconds: 0 })).toBe(sentence);
  });

  test('says once online while offline', () => {
    expect(describeWait({ kind: 'network' }, 2, 'once-online')).toBe(
      'Azure DevOps could not be reached. Trying again once you are back online (attempt 3)',
    );
  });
});

describe('describePauseReason', () => {
  test.each([
    [{ reason: 'nothing' }, 0, ''],
    [{ reason: 'offline' }, 0, 'You are offline. Uploads go on by themselves once you are back.'],
    [
      { reason: 'signed-out', until: 1 },
      12,
      'You are signed out of Azure DevOps. Sign in again in another tab, and the uploads resume automatically.',
    ],
    [
      { reason: 'unreachable', until: 1, isBlocked: false },
      12,
      'Azure DevOps could not be reached. Trying again in 12 s',
    ],
    [
      { reason: 'unreachable', until: 1, isBlocked: true },
      12,
      'The files: Azure DevOps could not be reached, although its page is open. The browser may block requests to other sites or to the local network, or the extension is not approved yet.',
    ],
    [{ reason: 'throttled', until: 1 }, 12, 'Azure DevOps asked us to wait 12 s.'],
    [{ reason: 'throttled', until: 1 }, 0, 'Azure DevOps asked us to wait. Going on now.'],
  ] as const)('describes %j', (hold, seconds, sentence) => {
    expect(describePauseReason(hold, seconds)).toBe(sentence);
  });
});
