import { readCopiedFiles, writeCopiedFiles } from '../../../src/gallery/copied-files';
import { attachedFilesOf } from '../../../src/gallery/model/attached-file';
import { guid, workItemWith } from '../../helpers/uploads';

const ORGANIZATION = 'https://dev.azure.com/fabrikam/';
const FILES = attachedFilesOf(workItemWith([1, 2]));
const COPIED = {
  organization: ORGANIZATION,
  files: [
    { workItemId: 7, id: guid(1) },
    { workItemId: 7, id: guid(2) },
  ],
};

function marked(value: unknown): string {
  return `<ul data-stapler-files="${encodeURIComponent(JSON.stringify(value))}"></ul>`;
}

describe('writeCopiedFiles', () => {
  it('writes names and links as text and HTML, and a marker without names', () => {
    const { text, html } = writeCopiedFiles(ORGANIZATION, FILES);
    expect(text.split('\n')).toEqual([
      '1.txt',
      expect.stringMatching(/download=true$/),
      '2.txt',
      expect.any(String),
    ]);
    expect(html).toContain('>1.txt</a></li>');
    expect(readCopiedFiles(html)).toEqual(COPIED);
  });

  it('escapes a name with markup', () => {
    const [file] = FILES;
    const { html } = writeCopiedFiles(ORGANIZATION, [{ ...file!, name: `<img onerror="x">.png` }]);
    expect(html).not.toContain('<img');
  });
});

describe('readCopiedFiles', () => {
  it('reads a marker in HTML that a browser has rewritten', () => {
    const { html } = writeCopiedFiles(ORGANIZATION, FILES);
    const wrapped = `<html>\n<body>\n<!--StartFragment-->${html.replace('<ul ', '<ul style="color: red;" ')}<!--EndFragment--></body></html>`;
    expect(readCopiedFiles(wrapped)).toEqual(COPIED);
  });

  it.each([
    ['HTML without a marker', '<p>Hello</p>'],
    ['broken JSON', '<ul data-stapler-files="%7B"></ul>'],
    ['a broken encoding', '<ul data-stapler-files="%E0%A4%A"></ul>'],
    ['another value', marked(['7'])],
    ['a marker without an organization', marked({ files: [] })],
    ['a file without a GUID', marked({ ...COPIED, files: [{ workItemId: 7, id: '../x' }] })],
    ['a number that is none', marked({ ...COPIED, files: [{ workItemId: '7', id: guid(1) }] })],
    ['too many files', marked({ ...COPIED, files: Array(1001).fill(COPIED.files[0]) })],
    ['HTML beyond the limit', `${marked(COPIED)}${'x'.repeat(1_000_000)}`],
  ])('ignores %s', (_, html) => {
    expect(readCopiedFiles(html)).toBeUndefined();
  });
});
