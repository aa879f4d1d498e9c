import type { Problem, ProblemKind } from '../../../../src/base/errors';
import { describeProblem, quoteName } from '../../../../src/upload/messages/problems';

/** Expected content of each sentence after its subject, mostly the remedy. */
const EXPECTED = {
  network: /could not be reached.*try again/,
  timeout: /took too long.*Try again/,
  'signed-out': /signed out.*Reload the page/,
  'no-permission': /may not change.*administrator/,
  'work-item-missing': /does not exist any more, or you may not see it/,
  'work-item-closed': /attached to nothing.*Drop the file/,
  'file-too-large': /larger than Azure DevOps accepts.*Compress or split/,
  'request-too-large': /a proxy perhaps, refuses requests of this size.*try again/,
  'file-changed': /changed on disk.*Upload the new version/,
  'file-unreadable': /cannot be read.*Pick it again/,
  'folder-unreadable': /folder that cannot be read.*drop the files themselves/,
  'folder-empty': /empty folder/,
  'attachment-limit': /at most 100 attachments.*Remove some/,
  'link-limit': /as many links as it can hold.*Remove some/,
  'revision-limit': /too many revisions.*Attachments tab/,
  'already-linked': /attached already/,
  'comment-too-long': /at most 255 characters.*Shorten it/,
  'not-attached': /not attached any more.*someone removed it/,
  conflict: /someone changed the work item.*Try again/,
  'rule-broken': /breaks a rule.*Correct that and save/,
  throttled: /slow down.*Wait a moment/,
  'server-busy': /problem of its own.*Try again/,
  'version-too-new': /older than Stapler supports/,
  refused: /refused it/,
  'unexpected-answer': /did not come from Azure DevOps.*Reload/,
  'content-damaged': /differed from the file.*Try again/,
  'link-lost': /uploaded, but the work item does not show it.*Try again/,
  'host-silent': /page did not answer.*Reload/,
  updated: /Stapler was updated\. Reload the page/,
  internal: /made a mistake.*report it/,
} satisfies Record<ProblemKind, RegExp>;

describe.each(Object.entries(EXPECTED))('describeProblem for %s', (kind, expected) => {
  const sentence = describeProblem({ kind: kind as ProblemKind }, '“a.txt”');

  test('starts with the subject and names the remedy', () => {
    expect(sentence.startsWith('“a.txt”')).toBe(true);
    expect(sentence).toMatch(expected);
  });

  test('is complete without further details', () => {
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
    'the server message if no rule is named',
    { kind: 'rule-broken', serverMessage: 'TF401320: Rule Error.' },
    '“a” was not attached, because the work item breaks a rule. TF401320: Rule Error. Correct that and save, then try again.',
  ],
  [
    'the reason of a refusal',
    { kind: 'refused', serverMessage: 'TF1: No.' },
    '“a”: Azure DevOps refused it. It says: TF1: No.',
  ],
  [
    'the status',
    { kind: 'server-busy', status: 503 },
    '“a”: Azure DevOps has a problem of its own (status 503). Try again in a moment.',
  ],
  [
    'the message of an internal error',
    { kind: 'internal', serverMessage: 'x is undefined' },
    '“a”: Stapler made a mistake. Try again; if it happens again, report it. It says: x is undefined',
  ],
  [
    'the missing permission',
    { kind: 'no-permission', serverMessage: 'TF2: No.' },
    "“a”: you may not change this work item. Ask its project's administrator for permission. It says: TF2: No.",
  ],
])('describeProblem includes %s', (_, problem, sentence) => {
  expect(describeProblem(problem, '“a”')).toBe(sentence);
});

test.each([
  { kind: 'refused', serverMessage: 'No: Bearer abc.def' },
  { kind: 'rule-broken', serverMessage: 'No: Bearer abc.def' },
  { kind: 'rule-broken', brokenRules: ['No: Bearer abc.def'] },
] as const)('describeProblem redacts tokens in %j', (problem) => {
  const sentence = describeProblem(problem, '“a”');
  expect(sentence).toContain('No: Bearer [removed]');
  expect(sentence).not.toContain('abc');
});

test('quoteName isolates the direction of a name', () => {
  expect(quoteName('تقرير.pdf')).toBe('“\u2068تقرير.pdf\u2069”');
});
