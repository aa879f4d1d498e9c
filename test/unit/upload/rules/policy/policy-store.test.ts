import { HostError } from '../../../../../src/base/errors';
import {
  MAX_DOCUMENT_BYTES,
  MAX_VERSIONS,
  nextPolicyDocument,
  readPolicyDocument,
} from '../../../../../src/upload/rules/policy/policy-document';
import { createPolicyStore } from '../../../../../src/upload/rules/policy/policy-store';
import { createMemoryDocuments } from '../../../../helpers/memory-documents';

const PROJECT = 'AB5FE1C2-0000-4000-8000-000000000001';

/** Administrators of one project, each with a page. */
function openProject() {
  const memory = createMemoryDocuments();
  let clock = 0;
  const open = (author: string, documents = memory.open()) =>
    createPolicyStore({ documents, projectId: PROJECT, readAuthor: () => author, now: () => ++clock });
  const stored = (): unknown => JSON.parse(memory.texts.get(PROJECT.toLowerCase()) ?? 'null');
  return { memory, open, stored };
}

test('PolicyStore reads nothing before the first save, and the text and its author afterwards', async () => {
  const { open, stored } = openProject();
  const ada = open('Ada');
  expect(await ada.read()).toBeUndefined();
  expect(await ada.save('{"version":1}')).toMatchObject({ kind: 'saved' });
  expect(stored()).toEqual({ text: '{"version":1}', by: 'Ada', at: 1, versions: [] });
  expect(await open('Bo').read()).toEqual({ text: '{"version":1}', by: 'Ada', at: 1, versions: [] });
});

test('PolicyStore keeps the last ten texts, the newest first', async () => {
  const { open } = openProject();
  const ada = open('Ada');
  for (let count = 1; count <= 13; count++) await ada.save(`text ${count}`);
  const document = await open('Bo').read();
  expect(document).toMatchObject({ text: 'text 13', by: 'Ada', at: 13 });
  expect(document?.versions.map(({ text }) => text)).toEqual(
    Array.from({ length: MAX_VERSIONS }, (_, index) => `text ${12 - index}`),
  );
});

test('PolicyStore tells the later of two administrators of the clash, and loses neither text', async () => {
  const { open, stored } = openProject();
  const [ada, bo] = [open('Ada'), open('Bo')];
  await ada.read();
  await bo.read();
  await ada.save('of Ada');
  expect(await bo.save('of Bo')).toMatchObject({ kind: 'clash', theirs: { text: 'of Ada', by: 'Ada' } });
  expect(stored()).toMatchObject({ text: 'of Ada', versions: [] });
  expect(await bo.save('of Bo')).toMatchObject({ kind: 'saved' });
  expect(stored()).toMatchObject({
    text: 'of Bo',
    by: 'Bo',
    versions: [{ text: 'of Ada', by: 'Ada', at: 1 }],
  });
  // Ada wrote last, but is now the later one.
  expect(await ada.save('of Ada again')).toMatchObject({ kind: 'clash', theirs: { text: 'of Bo' } });
});

test('PolicyStore rejects if nothing was written, and saves at the next attempt', async () => {
  const { memory, open } = openProject();
  const ada = open('Ada');
  await ada.save('first');
  memory.onWrite = () => {
    throw new HostError('No answer.');
  };
  await expect(ada.save('second')).rejects.toThrow('No answer.');
  memory.onWrite = () => undefined;
  expect(await ada.save('second')).toMatchObject({
    kind: 'saved',
    document: { versions: [{ text: 'first' }] },
  });
});

test('PolicyStore recognizes its own text if the answer to the save was lost', async () => {
  const { memory, open } = openProject();
  const documents = memory.open();
  const write: typeof documents.write = async (id, value) => {
    await documents.write(id, value);
    throw new HostError('No answer.');
  };
  const ada = open('Ada', { ...documents, write });
  expect(await ada.save('first')).toMatchObject({ kind: 'saved', document: { text: 'first' } });
  expect(await ada.save('second')).toMatchObject({
    kind: 'saved',
    document: { versions: [{ text: 'first' }] },
  });
});

test('PolicyStore rejects with the error of the save if the document cannot be read either', async () => {
  const { memory, open } = openProject();
  const no = (message: string) => () => Promise.reject(new HostError(message));
  const ada = open('Ada', { ...memory.open(), read: no('read'), write: no('write') });
  await expect(ada.save('text')).rejects.toThrow('write');
});

test('A document drops its oldest versions rather than grow beyond its limit', () => {
  let document = nextPolicyDocument(undefined, { text: '0', by: '', at: 0 });
  for (let at = 1; at <= 12; at++)
    document = nextPolicyDocument(document, { text: String(at % 10).repeat(100_000), by: 'Ada', at });
  expect(document.versions.map(({ at }) => at)).toEqual([11, 10, 9, 8]);
  expect(JSON.stringify(document).length).toBeLessThanOrEqual(MAX_DOCUMENT_BYTES);
});

test.each<[string, unknown, object]>([
  ['a document of another program', { rules: 7 }, { text: '{\n  "rules": 7\n}', versions: [] }],
  ['a text', 'policy', { text: '"policy"', versions: [] }],
  [
    'damaged members',
    { text: 't', by: 7, at: 'x', versions: 'v' },
    { text: 't', by: '', at: 0, versions: [] },
  ],
  [
    'a damaged version',
    { text: 't', versions: [{ text: 1 }, { text: 'old', by: 'Ada', at: 3, more: 1 }] },
    { text: 't', versions: [{ text: 'old', by: 'Ada', at: 3 }] },
  ],
])('The editor shows all that is readable of %s', (_, value, expected) => {
  expect(readPolicyDocument(value)).toMatchObject(expected);
});
