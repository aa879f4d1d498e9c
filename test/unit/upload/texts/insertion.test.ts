import type { TextFormat } from '../../../../src/azure/rest/long-texts';
import type { PictureWidth } from '../../../../src/upload/texts/insertion';
import { appendInsertion } from '../../../../src/upload/texts/insertion';

const ADDRESS = 'https://dev.azure.com/fabrikam/_apis/wit/attachments/1?fileName=a.png&x=(1)';

test.each<[string, TextFormat, PictureWidth | undefined, string, string]>([
  ['a picture', 'html', 'full', '<p>x', '<p>x<div><img src="URL" alt="A &#34;b&#34;"></div>'],
  ['a small picture', 'html', 'small', '', '<div><img src="URL" alt="A &#34;b&#34;" width="300"></div>'],
  ['a link', 'html', undefined, '', '<div><a href="URL">A &#34;b&#34;</a></div>'],
  ['a picture', 'markdown', 'full', 'x', 'x\n\n![A "b"](URL)'],
  ['a small picture', 'markdown', 'small', 'x\n', 'x\n\n![A "b"](URL =300x)'],
  ['a link', 'markdown', undefined, 'x\r\n\r\n', 'x\r\n\r\n[A "b"](URL)'],
])('appendInsertion adds %s to a text in %s (width: %s)', (_title, format, width, text, expected) => {
  const url = 'https://dev.azure.com/fabrikam/_apis/wit/attachments/1?fileName=a.png&x=%281%29';
  const escaped = format === 'html' ? url.replace('&', '&#38;') : url;
  const insertion = { address: ADDRESS, label: ' A\n"b"', width };
  expect(appendInsertion(text, format, insertion)).toBe(expected.replace('URL', escaped));
});

test.each<[string, TextFormat, string]>([
  ['a comment without an end', 'html', 'a <!-- b'],
  ['an unfinished tag', 'html', '<img src="x'],
  ['a code block without an end', 'markdown', 'a\n```\nb'],
  ['a comment without an end', 'markdown', '<!-- b'],
  ['more than 5 MB', 'markdown', 'x'.repeat(5 * 1024 * 1024 + 1)],
])('appendInsertion refuses a text with %s (%s)', (_title, format, text) => {
  expect(appendInsertion(text, format, { address: ADDRESS, label: '', width: 'full' })).toBeUndefined();
});
