import { Blob as NodeBlob } from 'node:buffer';
import { findAuthors, mayHaveAuthors } from '../../../../../src/upload/rules/authors/find-authors';

function pdf(info: string, rest = ''): Blob {
  const text = `%PDF-1.7\n15 0 obj\n<</Author (Wrong)>>\nendobj\n5 0 obj\n${info}\nendobj\n${rest}\ntrailer <</Root 1 0 R /Info 5 0 R>>\n%%EOF`;
  return new NodeBlob([Buffer.from(text, 'latin1')]) as unknown as Blob;
}

test.each([
  ['a literal string', '<</Author (Anna Meyer)/Creator (Word)>>', 'Anna Meyer'],
  ['escapes and brackets', '<</Author (Anna \\(QA\\) (Berlin) M\\374ller)>>', 'Anna (QA) (Berlin) Müller'],
  ['UTF-16', '<</Author <FEFF0041006E006E00E4>>>', 'Annä'],
  ['UTF-8', '<</Author (\xef\xbb\xbfAnn\xc3\xa4)>>', 'Annä'],
])('The author of a PDF is read from %s', async (_, info, name) => {
  expect(await findAuthors('a.pdf', pdf(info))).toEqual({ kind: 'authors', names: [name], removal: 'none' });
});

test('The author of a PDF is also read from its metadata, once', async () => {
  const xmp = '<dc:creator><rdf:Seq><rdf:li>Anna</rdf:li><rdf:li>Bo &amp; Co</rdf:li></rdf:Seq></dc:creator>';
  expect(await findAuthors('a.pdf', pdf('<</Author (Anna)>>', xmp))).toMatchObject({
    names: ['Anna', 'Bo & Co'],
  });
});

test.each([
  ['no author', '<</Producer (X)>>', undefined],
  ['an empty author', '<</Author ()>>', undefined],
  ['an author that does not end', `<</Author (${'a'.repeat(9)}`, undefined],
])('A PDF with %s has none', async (_, info, result) => {
  expect(await findAuthors('a.pdf', pdf(info))).toBe(result);
});

test('A PDF with packed or encrypted facts is not checked', async () => {
  const unread = { kind: 'authors-unread', reason: 'packed' };
  const encrypted = pdf('<</Author (\x01\x02)>>', 'trailer <</Encrypt 9 0 R>>');
  expect(await findAuthors('a.pdf', encrypted)).toEqual(unread);
  const packed = new NodeBlob(['%PDF-1.7\n8 0 obj <</Type /XRef /Info 5 0 R>> stream']) as unknown as Blob;
  expect(await findAuthors('a.pdf', packed)).toEqual(unread);
});

test('A document with a password is not checked, nor is a large one or one of another type', async () => {
  const locked = new NodeBlob([Buffer.from('d0cf11e0a1b11ae1', 'hex')]) as unknown as Blob;
  expect(await findAuthors('a.docx', locked)).toEqual({ kind: 'authors-unread', reason: 'locked' });
  expect(mayHaveAuthors({ name: 'a.DOCX', size: 24 * 1024 * 1024 })).toBe(true);
  expect(mayHaveAuthors({ name: 'a.docx', size: 24 * 1024 * 1024 + 1 })).toBe(false);
  expect(mayHaveAuthors({ name: 'a.doc', size: 1 })).toBe(false);
  expect(await findAuthors('a.pdf', locked)).toBeUndefined();
});
