import type { Problem, ProblemKind } from '../../../src/model/errors';
import type { UploadState } from '../../../src/model/upload';
import {
  describeAttached,
  describeHold,
  describeProblem,
  describeState,
  describeUnsaved,
  describeWait,
  describeWorkItem,
  quoteName,
} from '../../../src/ui/sentences';
import { referenceTo, uploadIn } from '../../helpers/uploads';

/** What each sentence has to tell beside its subject: mostly what to do. */
const TELLS = {
  network: /could not be reached.*try again/,
  timeout: /took too long.*Try again/,
  'signed-out': /signed out.*Reload the page/,
  'no-permission': /may not change.*administrator/,
  'work-item-missing': /does not exist any more, or you may not see it/,
  'work-item-closed': /attached to nothing.*Drop the file/,
  'file-too-large': /larger than Azure DevOps accepts.*Compress or split/,
  'request-too-large': /a proxy perhaps, refuses requests of this size.*try again/,
  'file-unreadable': /cannot be read.*Pick it again/,
  'folder-unreadable': /folder that cannot be read.*drop the files themselves/,
  'folder-empty': /empty folder/,
  'attachment-limit': /at most 100 attachments.*Remove some/,
  'link-limit': /as many links as it can hold.*Remove some/,
  'revision-limit': /too many revisions.*Attachments tab/,
  'already-linked': /attached already/,
  'comment-too-long': /at most 255 characters.*Shorten it/,
  'not-attached': /not attached any more.*somebody removed it/,
  conflict: /somebody changed the work item.*Try again/,
  'rule-broken': /breaks a rule.*Correct that and save/,
  throttled: /slow down.*Wait a moment/,
  'server-busy': /problem of its own.*Try again/,
  'version-too-new': /older than Stapler supports/,
  refused: /refused it/,
  'unexpected-answer': /did not come from Azure DevOps.*Reload/,
  'content-damaged': /differed from the file.*Try again/,
  'link-lost': /uploaded, but the work item does not show it.*Try again/,
  'host-silent': /page did not answer.*Reload/,
  internal: /made a mistake.*report it/,
} satisfies Record<ProblemKind, RegExp>;

describe.each(Object.entries(TELLS))('the sentence for %s', (kind, tells) => {
  const sentence = describeProblem({ kind: kind as ProblemKind }, '“a.txt”');

  test('begins with what it happened to and says what to do', () => {
    expect(sentence.startsWith('“a.txt”')).toBe(true);
    expect(sentence).toMatch(tells);
  });

  test('is whole when nothing else is known', () => {
    expect(sentence).not.toMatch(/undefined|NaN|null|\s\s| \.|It says/);
    expect(sentence).toMatch(/\.$/);
  });
});

test.each<[string, Problem, string]>([
  [
    'the limit',
    { kind: 'file-too-large', limitBytes: 60_000_000 },
    '“a” is larger than the 60 MB that Azure DevOps accepts. Compress or split it.',
  ],
  [
    'the broken rules',
    { kind: 'rule-broken', brokenRules: ['Team: empty.', 'Area: gone.'], serverMessage: 'Rule Error' },
    '“a” was not attached, because the work item breaks a rule. Team: empty. Area: gone. Correct that and save, then try again.',
  ],
  [
    "the server's words where no rule is named",
    { kind: 'rule-broken', serverMessage: 'TF401320: Rule Error.' },
    '“a” was not attached, because the work item breaks a rule. TF401320: Rule Error. Correct that and save, then try again.',
  ],
  [
    'why it was refused',
    { kind: 'refused', serverMessage: 'TF1: No.' },
    '“a”: Azure DevOps refused it. It says: TF1: No.',
  ],
  [
    'the status',
    { kind: 'server-busy', status: 503 },
    '“a”: Azure DevOps has a problem of its own (status 503). Try again in a moment.',
  ],
  [
    'what broke in Stapler',
    { kind: 'internal', serverMessage: 'x is undefined' },
    '“a”: Stapler made a mistake. Try again; if it happens again, report it. It says: x is undefined',
  ],
  [
    'what permission is missing',
    { kind: 'no-permission', serverMessage: 'TF2: No.' },
    "“a”: you may not change this work item. Ask its project's administrator for permission. It says: TF2: No.",
  ],
])('a sentence tells %s', (_, problem, sentence) => {
  expect(describeProblem(problem, '“a”')).toBe(sentence);
});

const WORDS = {
  queued: 'Waiting',
  preparing: 'Checking',
  uploading: 'Uploading',
  waiting: 'Waiting to be tried again',
  paused: 'Paused',
  'needs-file': 'Drop “\u2068a.txt\u2069” again to go on',
  uploaded: 'Uploaded, attached in a moment',
  'waiting-for-save': 'Uploaded, will be attached when you save',
  linking: 'Attaching',
  linked: 'Attached',
  failed: 'Failed',
  cancelled: 'Cancelled',
} satisfies Record<UploadState['status'], string>;

test.each(Object.entries(WORDS))('an upload that is %s is told as %s', (status, words) => {
  const state = { status, attempt: 1, step: 'sending', reference: referenceTo(1) } as unknown as UploadState;
  expect(describeState(uploadIn(state))).toBe(words);
});

test.each([
  ['starting-over', 'Sending it again from the start: Azure DevOps cannot use what it has of it'],
  ['verifying', 'Checking that every byte arrived'],
] as const)('the step %s is told', (step, words) => {
  expect(describeState(uploadIn({ status: 'uploading', attempt: 1, step }))).toBe(words);
});

describe('a wait', () => {
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
  ])('%j after attempt %d, %d s before the next', (problem, attempt, seconds, sentence) => {
    expect(describeWait(problem, attempt, { seconds })).toBe(sentence);
  });

  test('is over now, and not in no time', () => {
    const sentence = 'Azure DevOps asked us to slow down. Trying again now';
    expect(describeWait({ kind: 'throttled' }, 1, { seconds: 0 })).toBe(sentence);
    expect(describeWait({ kind: 'throttled', retryAfterMs: 9000 }, 1, { seconds: 0 })).toBe(sentence);
  });

  test('ends offline with the connection', () => {
    expect(describeWait({ kind: 'network' }, 2, 'once-online')).toBe(
      'Azure DevOps could not be reached. Trying again once you are back online (attempt 3)',
    );
  });
});

describe('what holds everything up', () => {
  test.each([
    [{ reason: 'nothing' }, 0, ''],
    [{ reason: 'offline' }, 0, 'You are offline. Uploads go on by themselves once you are back.'],
    [{ reason: 'asked-to-wait', until: 1 }, 12, 'Azure DevOps asked us to wait 12 s.'],
    [{ reason: 'asked-to-wait', until: 1 }, 0, 'Azure DevOps asked us to wait. Going on now.'],
  ] as const)('%j', (hold, seconds, sentence) => {
    expect(describeHold(hold, seconds)).toBe(sentence);
  });
});

test.each([
  { kind: 'refused', serverMessage: 'No: Bearer abc.def' },
  { kind: 'rule-broken', serverMessage: 'No: Bearer abc.def' },
  { kind: 'rule-broken', brokenRules: ['No: Bearer abc.def'] },
] as const)('a sentence quotes no token: %j', (problem) => {
  const sentence = describeProblem(problem, '“a”');
  expect(sentence).toContain('No: Bearer [removed]');
  expect(sentence).not.toContain('abc');
});

test('a name is quoted in isolation, so that its direction stays its own', () => {
  expect(quoteName('تقرير.pdf')).toBe('“\u2068تقرير.pdf\u2069”');
});

test.each([
  [{ outcome: 'invalid', fields: ['Team'] }, 'It cannot be saved yet. Correct Team first.'],
  [{ outcome: 'invalid', fields: ['Team', 'Area'] }, 'It cannot be saved yet. Correct Team, Area first.'],
  [{ outcome: 'invalid', fields: [] }, 'It cannot be saved yet: a field is missing or wrong.'],
  [
    { outcome: 'other-item' },
    'It was not saved, because another work item is open on top of it. Close that one first.',
  ],
  [{ outcome: 'failed', message: 'TF401320: Rule.' }, 'It was not saved. Azure DevOps says: TF401320: Rule.'],
  [{ outcome: 'failed', message: '' }, 'It was not saved. Use the form’s own Save button.'],
  [
    { outcome: 'failed', message: 'No: Bearer abc.def' },
    'It was not saved. Azure DevOps says: No: Bearer [removed]',
  ],
] as const)('a form that was not saved, %j, says why', (saving, sentence) => {
  expect(describeUnsaved(saving)).toBe(sentence);
});

test('a work item is called by its type, where that is known', () => {
  expect([describeWorkItem(7, 'User Story'), describeWorkItem(7, '')]).toEqual([
    'User Story 7',
    'Work item 7',
  ]);
});

test('files that were attached are named, or counted', () => {
  expect(describeAttached(['a.txt'], 'Bug 7')).toBe('“\u2068a.txt\u2069” was attached to Bug 7.');
  expect(describeAttached(['a.txt', 'b.txt'], 'Bug 7')).toBe('2 files were attached to Bug 7.');
});
