import { tryFile } from '../../../../src/entries/settings/try-file';
import { rulesFor } from '../../../../src/upload/rules/policy/policy';
import { readPolicy } from '../../../../src/upload/rules/policy/read-policy';
import { githubToken, RandomTexts } from '../../../helpers/planted-secrets';

/** Kinds and sentences of the rules for a file. */
async function judge(document: object, file: File, workItemType = ''): Promise<readonly string[]> {
  const result = readPolicy(JSON.stringify({ version: 1, ...document }));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  const { signal } = new AbortController();
  const rules = rulesFor(result.policy, workItemType);
  return (await tryFile(file, rules, { workItemType, signal })).map(({ kind, text }) => `${kind}: ${text}`);
}

const log = new File(['password'], 'bug 7.log');
const program = new File([new Uint8Array([0x4d, 0x5a, 0, 0])], 'report.pdf');

test('Try a file lists each rule that the file follows', async () => {
  const rules = { maxBytes: 1_000, allow: ['log'], name: 'bug {id}.*', metadata: 'all', secrets: 'block' };
  expect(await judge(rules, log)).toEqual([
    'passes: The size of 8 B is within the limit of 1.0 KB.',
    'passes: The type is allowed, by extension and by content.',
    'passes: The name bug 7.log fits the pattern.',
    'passes: The file has no metadata to remove.',
    'passes: No secrets were found.',
  ]);
});

test('Try a file lists each rule that the file breaks', async () => {
  const rules = { maxBytes: 5, allow: ['png'], name: 'shot *' };
  expect((await judge(rules, log)).map((line) => line.slice(0, 8))).toEqual(Array(3).fill('breaks: '));
});

test('A file is judged by its content as well', async () => {
  expect(await judge({ block: ['exe'] }, program)).toEqual([
    "breaks: By its content, this is a file of type “exe”, which this project doesn't allow.",
  ]);
});

test.each([
  ['block', 'breaks: 1 secret was found. The file is refused.'],
  ['mask', 'note: 1 secret was found. The upload gets asterisks in their places.'],
  ['warn', 'note: 1 secret was found. The person gets a warning.'],
])('Try a file shows the outcome of the rule %s for a file with a secret', async (secrets, line) => {
  const token = githubToken(new RandomTexts(1));
  expect(await judge({ secrets }, new File([`token = ${token}\n`], 'a.txt'))).toEqual([line]);
});

test('A file is judged by the rules for the type of the work item', async () => {
  const document = { maxBytes: 5, workItemTypes: { Bug: { maxBytes: 100 } } };
  expect((await judge(document, log, 'bug'))[0]).toMatch(/^passes/);
  expect((await judge(document, log, 'Task'))[0]).toMatch(/^breaks/);
});

test('Rules that depend on the work item are notes, and no rule gives no line', async () => {
  const rules = { maxFiles: 3, requireComment: true, duplicates: 'skip' };
  expect((await judge(rules, log)).map((line) => line.slice(0, 5))).toEqual(Array(3).fill('note:'));
  expect(await judge({}, log)).toEqual([]);
});
