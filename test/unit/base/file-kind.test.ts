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
  ['results.trx', 'text'],
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
])('kindOf recognizes %j as %s', (name, kind) => {
  expect(kindOf(name)).toBe(kind);
});

test.each([
  ['a.B.Txt', 'txt'],
  ['.env', 'env'],
  ['Makefile', 'makefile'],
])('extensionOf returns the extension of %j: %s', (name, extension) => {
  expect(extensionOf(name)).toBe(extension);
});

test('FILE_KINDS contains every kind once', () => {
  expect(new Set(FILE_KINDS).size).toBe(12);
  expect(FILE_KINDS).toHaveLength(12);
});
