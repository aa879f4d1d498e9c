import type { RuleBreak } from '../../../../../src/upload/rules/policy/check-file';
import { checkContent, checkFile } from '../../../../../src/upload/rules/policy/check-file';
import type { PolicyRules } from '../../../../../src/upload/rules/policy/policy';
import { readPolicy } from '../../../../../src/upload/rules/policy/read-policy';
import { describeBreak } from '../../../../../src/upload/rules/policy/rule-sentences';

function rulesOf(document: object): PolicyRules {
  const result = readPolicy(JSON.stringify({ version: 1, ...document }));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.policy.rules;
}

const FILE = { name: 'a.png', size: 1_000, comment: 'why' };
const BUG = { id: 7, type: 'Bug', fileCount: 1 };

/** Sentences for a file and a policy. */
function sentencesFor(document: object, file: Partial<typeof FILE> = {}, item: Partial<typeof BUG> = {}) {
  return checkFile(rulesOf(document), { ...FILE, ...file }, { ...BUG, ...item }).map(describeBreak);
}

test.each([
  ['a size', { maxBytes: 999 }, 'This project allows files up to 999 B. This file has 1.0 KB.'],
  ['a number', { maxFiles: 0 }, 'This project allows 0 attachments on a work item.'],
  ['a blocked type', { block: ['PNG'] }, "This project doesn't allow files of type “png”."],
  ['a type not allowed', { allow: ['log'] }, "This project doesn't allow files of type “png”."],
  ['a name', { name: '{id} *' }, 'This project asks for names such as “{id} *”. Rename the file.'],
])('checkFile finds a file that breaks a rule for %s', (_, document, sentence) => {
  expect(sentencesFor(document)).toEqual([sentence]);
});

test('checkFile accepts a file at the limits', () => {
  expect(sentencesFor({ maxBytes: 1_000, maxFiles: 1, allow: ['png'], requireComment: true })).toEqual([]);
});

test('checkFile asks for a comment with words', () => {
  expect(sentencesFor({ requireComment: true }, { comment: '  ' })).toEqual([
    'This project asks for a comment on each file.',
  ]);
});

test('checkFile names a file without an extension', () => {
  expect(sentencesFor({ allow: ['makefile'] }, { name: 'Makefile' })).toEqual([
    "This project doesn't allow files without an extension.",
  ]);
});

test('checkFile does not judge an unknown size', () => {
  expect(checkFile({ maxBytes: 1 }, { ...FILE, size: undefined }, BUG)).toEqual([]);
});

test.each([
  ['7 log.png', true],
  ['8 log.png', false],
  ['Bug log.png', true],
  ['Task log.png', false],
  ['screenshot of a form.png', true],
  ['Screenshot.png', false],
])('checkFile judges the name %s by the work item', (name, isRight) => {
  expect(sentencesFor({ name: '{id} *; {type} log.png; screenshot *' }, { name })).toHaveLength(
    isRight ? 0 : 1,
  );
});

test('checkFile accepts any number and type of an unknown work item', () => {
  const item = { id: undefined, type: '', fileCount: 1 };
  const rules = rulesOf({ name: '{type} {id}.png' });
  expect(checkFile(rules, { ...FILE, name: 'User Story 12.png' }, item)).toEqual([]);
  expect(checkFile(rules, FILE, item)).toHaveLength(1);
});

const PROGRAM = 'MZ\x90\0';
const ARCHIVE = 'PK\x03\x04';

async function contentBreak(document: object, name: string, start: string): Promise<RuleBreak | undefined> {
  const bytes = Uint8Array.from(start, (character) => character.charCodeAt(0));
  return checkContent(rulesOf(document), name, new Blob([bytes]));
}

test.each([
  ['a program as an image', { block: ['exe'] }, 'a.png', PROGRAM, 'exe'],
  ['a program as an allowed image', { allow: ['png'] }, 'a.png', PROGRAM, 'exe'],
  ['an archive as an image', { block: ['zip'] }, 'a.png', ARCHIVE, 'zip'],
  ['a document where archives are blocked', { block: ['zip'] }, 'a.docx', ARCHIVE, undefined],
  [
    'an archive as an image, where documents are allowed',
    { allow: ['png', 'docx'] },
    'a.png',
    ARCHIVE,
    undefined,
  ],
  ['a text', { allow: ['txt'] }, 'a.txt', 'MEMO', undefined],
  ['an empty file', { allow: ['txt'] }, 'a.txt', '', undefined],
  ['a program without rules for types', { maxBytes: 5 }, 'a.png', PROGRAM, undefined],
])('checkContent judges %s', async (_, document, name, start, type) => {
  const found = await contentBreak(document, name, start);
  expect(found).toEqual(type && { rule: 'type', extension: type, isContent: true });
});

test('describeBreak says that the content is of another type', async () => {
  const found = await contentBreak({ block: ['exe'] }, 'a.png', PROGRAM);
  expect(found && describeBreak(found)).toBe(
    "By its content, this is a file of type “exe”, which this project doesn't allow.",
  );
});
