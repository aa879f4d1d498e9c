import { extensionOf, FILE_KINDS, kindOf } from '../../../src/base/file-kind';

test.each([
  ['screen.PNG', 'image'],
  ['logo.svg', 'image'],
  ['repro.mp4', 'video'],
  ['call.opus', 'audio'],
  ['spec.pdf', 'pdf'],
  ['README.md', 'markdown'],
  ['rows.tsv', 'table'],
  ['trace.har', 'json'],
  ['build.log', 'text'],
  ['app.config', 'text'],
  ['index.html', 'text'],
  ['Dockerfile', 'text'],
  ['.gitignore', 'text'],
  ['logs.zip', 'archive'],
  ['stapler.vsix', 'archive'],
  ['mail.eml', 'email'],
  ['plan.docx', 'document'],
  ['core.dmp', 'other'],
  ['archive.tar.gz', 'archive'],
  ['plan.xlsx', 'table'],
  ['no extension', 'other'],
  ['', 'other'],
  ['constructor', 'other'],
])('%s is %s', (name, kind) => {
  expect(kindOf(name)).toBe(kind);
});

test.each([
  ['a.B.Txt', 'txt'],
  ['.env', 'env'],
  ['Makefile', 'makefile'],
])('the extension of %s is %s', (name, extension) => {
  expect(extensionOf(name)).toBe(extension);
});

test('every kind can be chosen, once', () => {
  expect(new Set(FILE_KINDS).size).toBe(12);
  expect(FILE_KINDS).toHaveLength(12);
});
