import { downloadAddress } from '../../../src/attached/download-address';
import { markdownLink } from '../../../src/attached/markdown-link';
import { attachedFile } from './files';

const address = (name: string): string => {
  const { reference } = attachedFile(name);
  return reference.url.replace(/\?.*/, '');
};

test('a picture is shown, any other file is linked', () => {
  expect(markdownLink(attachedFile('a.png'))).toBe(`![a.png](${address('a.png')}?fileName=a.png)`);
  expect(markdownLink(attachedFile('a.log'))).toBe(
    `[a.log](${address('a.log')}?fileName=a.log&download=true)`,
  );
});

test('nothing in a name is taken for a mark of Markdown, and none ends the address', () => {
  const name = 'x](javascript:1) *<b>*\n`.png';
  expect(markdownLink(attachedFile(name))).toBe(
    `![x\\]\\(javascript:1\\) \\*\\<b\\>\\* \\\`.png](${address(name)}?fileName=x%5D%28javascript%3A1%29+*%3Cb%3E*%0A%60.png)`,
  );
  const { reference } = attachedFile('a.png');
  const inBrackets = { ...reference, url: reference.url.replace('fabrikam', 'fab(rikam)') };
  expect(markdownLink(attachedFile('a.png', { reference: inBrackets }))).toContain('/fab%28rikam%29/');
});

test('an address has the name and nothing that came with the old one', () => {
  const file = attachedFile('ü #1 & 2.txt');
  expect(new URL(downloadAddress(file)).searchParams.get('fileName')).toBe('ü #1 & 2.txt');
  expect([...new URL(downloadAddress(file)).searchParams.keys()]).toEqual(['fileName', 'download']);
});
