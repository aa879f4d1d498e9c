import fc from 'fast-check';
import { attachmentName } from '../../../src/model/attachment-name';
import { joinUrl } from '../../../src/rest/url';

const BASES = [
  ['Services', 'https://dev.azure.com/fabrikam/', 'https://dev.azure.com/fabrikam'],
  ['Services without a slash', 'https://dev.azure.com/fabrikam', 'https://dev.azure.com/fabrikam'],
  ['the older host', 'https://fabrikam.visualstudio.com/', 'https://fabrikam.visualstudio.com'],
  [
    'the older host without a slash',
    'https://fabrikam.visualstudio.com',
    'https://fabrikam.visualstudio.com',
  ],
  ['Server', 'https://tfs.example.com/tfs/Collection/', 'https://tfs.example.com/tfs/Collection'],
  ['Server with a port', 'http://tfs:8080/tfs/A%20B', 'http://tfs:8080/tfs/A%20B'],
  ['several slashes', 'https://dev.azure.com/fabrikam///', 'https://dev.azure.com/fabrikam'],
  ['a query of its own', 'https://dev.azure.com/fabrikam/?a=b#c', 'https://dev.azure.com/fabrikam'],
] as const;

test.each(BASES)('%s keeps its organisation', (_, base, root) => {
  expect(joinUrl(base, '_apis/wit/attachments')).toBe(`${root}/_apis/wit/attachments`);
});

test.each(BASES)('%s keeps its organisation when the path begins with a slash', (_, base, root) => {
  expect(joinUrl(base, '/_apis/wit/attachments')).toBe(`${root}/_apis/wit/attachments`);
});

test('a query of the path comes first', () => {
  expect(joinUrl('https://h/c', '_apis/x?$expand=relations', { 'api-version': '7.1' })).toBe(
    'https://h/c/_apis/x?$expand=relations&api-version=7.1',
  );
});

test('members that are undefined are left out, empty ones stay', () => {
  expect(joinUrl('https://h/c', 'x', { a: undefined, b: '', c: 'd' })).toBe('https://h/c/x?b=&c=d');
  expect(joinUrl('https://h/c', 'x', { a: undefined })).toBe('https://h/c/x');
});

test.each([
  ['Build #3.log', 'Build%20%233.log'],
  ['a+b.txt', 'a%2Bb.txt'],
  ['a&fileName=b.txt', 'a%26fileName%3Db.txt'],
  ['100%.txt', '100%25.txt'],
  ['a;b?c=d.txt', 'a%3Bb%3Fc%3Dd.txt'],
  ['Bild ü.png', 'Bild%20%C3%BC.png'],
  ['🧨.bin', '%F0%9F%A7%A8.bin'],
])('the name %s arrives', (fileName, encoded) => {
  expect(joinUrl('https://h/c', 'x', { fileName })).toBe(`https://h/c/x?fileName=${encoded}`);
});

test('any name that intake lets through is read back as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...BASES), (text, [, base, root]) => {
      const fileName = attachmentName(text);
      const url = new URL(joinUrl(base, '_apis/wit/attachments', { fileName, 'api-version': '7.1' }));
      expect(url.href.startsWith(`${root}/_apis/wit/attachments?`)).toBe(true);
      expect([...url.searchParams]).toEqual([
        ['fileName', fileName],
        ['api-version', '7.1'],
      ]);
    }),
  );
});
