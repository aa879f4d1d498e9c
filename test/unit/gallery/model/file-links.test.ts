import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { downloadUrl, markdownLink } from '../../../../src/gallery/model/file-links';
import { attachedFile } from './files';

const address = (name: string): string => {
  const { reference } = attachedFile(name);
  return reference.url.replace(/\?.*/, '');
};

test('markdownLink embeds an image and links any other file', () => {
  expect(markdownLink(attachedFile('a.png'))).toBe(`![a.png](${address('a.png')}?fileName=a.png)`);
  expect(markdownLink(attachedFile('a.log'))).toBe(
    `[a.log](${address('a.log')}?fileName=a.log&download=true)`,
  );
});

test('markdownLink escapes Markdown syntax in the name and parentheses in the URL', () => {
  const name = 'x](javascript:1) *<b>*\n`.png';
  expect(markdownLink(attachedFile(name))).toBe(
    `![x\\]\\(javascript:1\\) \\*\\<b\\>\\* \\\`.png](${address(name)}?fileName=x%5D%28javascript%3A1%29+*%3Cb%3E*%0A%60.png)`,
  );
  const { reference } = attachedFile('a.png');
  const inBrackets = { ...reference, url: reference.url.replace('fabrikam', 'fab(rikam)') };
  expect(markdownLink(attachedFile('a.png', { reference: inBrackets }))).toContain('/fab%28rikam%29/');
});

test('downloadUrl has the file name and no parameters of the original URL', () => {
  const file = attachedFile('ü #1 & 2.txt');
  expect(new URL(downloadUrl(file)).searchParams.get('fileName')).toBe('ü #1 & 2.txt');
  expect([...new URL(downloadUrl(file)).searchParams.keys()]).toEqual(['fileName', 'download']);
});

test('markdownLink produces exactly one link, with the name as its text, for arbitrary names', () => {
  const hostile = fc
    .array(
      fc.constantFrom(
        ...Array.from('[]()<>!`*_~|&#\\{}"\'$ :/.@-=+\n'),
        'javascript:',
        'https://x.example',
        '<b>',
        '&lt;',
        'a',
        'é',
      ),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(fc.string(), hostile), fc.constantFrom('.txt', '.png'), (stem, extension) => {
      const name = `x${stem}${extension}`;
      const link = markdownLink(attachedFile(name));
      const { children } = fromMarkdown(link, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
      const [paragraph, ...others] = children;
      expect(others).toEqual([]);
      const inside = paragraph?.type === 'paragraph' ? paragraph.children : [];
      expect(inside.map(({ type }) => type)).toEqual([extension === '.png' ? 'image' : 'link']);
      const [shown] = inside;
      const text = name.replace(/\s+/g, ' ');
      if (shown?.type === 'image') expect(shown.alt).toBe(text);
      if (shown?.type === 'link') {
        expect(shown.children).toEqual([expect.objectContaining({ type: 'text', value: text })]);
        expect(shown.url).toMatch(/^https:\/\/[^()\s<>]*$/);
      }
    }),
    { numRuns: 300 },
  );
});
