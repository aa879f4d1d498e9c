import type { Problem, ProblemKind } from '../../../../src/base/errors';
import {
  asReadProblem,
  describeError,
  describeInRow,
  describeProblem,
  quoteName,
} from '../../../../src/upload/messages/problems';

/** Expected content of each sentence after its subject, mostly the remedy. */
const EXPECTED = {
  network: /Can't reach Azure DevOps.*retry/,
  timeout: /took too long.*Try again/,
  'signed-out': /signed out.*Reload the page/,
  'no-permission': /don't have permission to edit.*administrator/,
  'work-item-missing': /doesn't exist, or you don't have permission to view it/,
  'work-item-closed': /closed without saving.*Add the file/,
  'file-too-large': /too large for Azure DevOps.*Compress or split/,
  'request-too-large': /network blocks files of this size.*IT team/,
  'has-secrets': /seems to contain secrets/,
  'not-cleaned': /metadata.*can't be removed/,
  'breaks-policy': /policy doesn't allow this file/,
  'file-changed': /changed after you added it.*Upload the new version/,
  'file-unreadable': /Can't read this file.*Choose it again/,
  'folder-unreadable': /folder can't be read.*drop its files/,
  'folder-empty': /folder is empty/,
  'attachment-limit': /full \(100 attachments\).*Remove some/,
  'link-limit': /can't hold more links.*Remove some/,
  'revision-limit': /history is too long.*Attachments tab/,
  'already-linked': /already attached/,
  'comment-too-long': /longer than 255 characters.*Shorten it/,
  'not-attached': /Someone removed this attachment/,
  conflict: /Someone changed the work item.*Try again/,
  'rule-broken': /invalid fields.*Fix them, save/,
  throttled: /is busy.*Wait a moment/,
  'server-busy': /isn't responding.*retry/,
  'version-too-new': /Server 2019 Update 1 or later/,
  refused: /rejected the request/,
  'unexpected-answer': /Unexpected response.*reload/,
  'content-damaged': /damaged during upload.*Try again/,
  'split-incomplete': /parts of this split file don't match\. Save them one by one/,
  elsewhere: /outside of this organization\. Open it in a new tab/,
  'link-lost': /Uploaded, but not attached.*Try again/,
  'host-silent': /stopped responding.*Reload/,
  updated: /Stapler was updated\. Reload the page/,
  internal: /Something went wrong.*report it/,
} satisfies Record<ProblemKind, RegExp>;

describe.each(Object.entries(EXPECTED))('describeProblem for %s', (kind, expected) => {
  const sentence = describeProblem({ kind: kind as ProblemKind }, '“a.txt”');

  test('starts with the subject and names the remedy', () => {
    expect(sentence.startsWith('“a.txt”')).toBe(true);
    expect(sentence).toMatch(expected);
  });

  test('is complete without further details', () => {
    expect(sentence).not.toMatch(/undefined|NaN|null|\s\s| \.|Message/);
    expect(sentence).toMatch(/\.$/);
  });
});

test.each<[string, Problem, string]>([
  [
    'the limit',
    { kind: 'file-too-large', limitBytes: 60_000_000 },
    '“a”: This file is larger than 60 MB, the limit of Azure DevOps. Compress or split it.',
  ],
  [
    'the broken rules',
    { kind: 'rule-broken', brokenRules: ['Team: empty.', 'Area: gone.'], serverMessage: 'Rule Error' },
    '“a”: The work item has invalid fields. Team: empty. Area: gone. Fix them, save, then retry.',
  ],
  [
    'the server message if no rule is named',
    { kind: 'rule-broken', serverMessage: 'TF401320: Rule Error.' },
    '“a”: The work item has invalid fields. TF401320: Rule Error. Fix them, save, then retry.',
  ],
  [
    'the reason of a refusal',
    { kind: 'refused', serverMessage: 'TF1: No.' },
    '“a”: Azure DevOps rejected the request. Message: TF1: No.',
  ],
  [
    'the message of an internal error',
    { kind: 'internal', serverMessage: 'x is undefined' },
    '“a”: Something went wrong. Try again. If it keeps happening, report it. Message: x is undefined',
  ],
  [
    'the missing permission',
    { kind: 'no-permission', serverMessage: 'TF2: No.' },
    "“a”: You don't have permission to edit this work item. Ask a project administrator. Message: TF2: No.",
  ],
])('describeProblem includes %s', (_, problem, sentence) => {
  expect(describeProblem(problem, '“a”')).toBe(sentence);
});

test('describeError leaves out the subject', () => {
  expect(describeError({ kind: 'timeout' })).toBe('Azure DevOps took too long to respond. Try again.');
});

test('asReadProblem makes a missing permission one to view the work item', () => {
  expect(describeError(asReadProblem({ kind: 'no-permission', serverMessage: 'TF2: No.' }))).toBe(
    "This work item doesn't exist, or you don't have permission to view it.",
  );
  expect(asReadProblem({ kind: 'timeout' })).toEqual({ kind: 'timeout' });
});

test.each<[string, Problem, string]>([
  [
    'names invalid fields',
    {
      kind: 'rule-broken',
      brokenRules: ['Custom.Customer: TF401320: Rule Error for field Customer.', 'System.Title: empty.'],
    },
    'The work item has invalid fields: Customer, Title. Fix them, save, then retry.',
  ],
  [
    'quotes rules without a field, without their code',
    { kind: 'rule-broken', brokenRules: ['TF401320: The state is locked.', 'System.Title: empty.'] },
    'The work item has invalid fields. The state is locked. System.Title: empty. Fix them, save, then retry.',
  ],
  [
    'leaves out the code of a refusal',
    { kind: 'refused', serverMessage: 'VS403000: No.' },
    'Azure DevOps rejected the request. Message: No.',
  ],
  [
    'leaves out the message about a missing permission',
    { kind: 'no-permission', serverMessage: 'TF237111: No permission.' },
    "You don't have permission to edit this work item. Ask a project administrator.",
  ],
])('describeInRow %s', (_, problem, sentence) => {
  expect(describeInRow(problem)).toBe(sentence);
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
