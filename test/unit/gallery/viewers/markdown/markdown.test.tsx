/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import { runAtOnce } from '../../../../../src/base/steps';
import { MarkdownNode } from '../../../../../src/gallery/viewers/markdown/markdown-node';
import { MarkdownViewer } from '../../../../../src/gallery/viewers/markdown/markdown-viewer';
import { parseMarkdown, readMarkdown } from '../../../../../src/gallery/viewers/markdown/parse-markdown';
import { safeLink } from '../../../../../src/gallery/viewers/safe-link';
import { runOnPage } from '../../../../../src/gallery/workers/file-work';
import { clearAll, render, until } from '../../../../helpers/render';

/** Renders a Markdown text. */
async function draw(markdown: string): Promise<HTMLElement> {
  const text = runAtOnce(parseMarkdown(markdown));
  return render(
    <>
      {text.parts.flat().map((node, index) => (
        <MarkdownNode key={index} node={node} text={text} depth={0} />
      ))}
    </>,
  );
}

afterEach(clearAll);

test('MarkdownNode renders blocks and inline elements, with headings below that of the page', async () => {
  const place = await draw(
    '# Title\n\n*a* **b** ~~c~~ `d`\n\n- [x] done\n- [ ] to do\n\n3. third\n\n> said\n\n***\n\n```js\nx < 1\n```\n',
  );
  expect(place.querySelector('h3')?.textContent).toBe('Title');
  expect(place.querySelectorAll('em, strong, del, p code')).toHaveLength(4);
  expect(Array.from(place.querySelectorAll('input'), ({ checked, disabled }) => [checked, disabled])).toEqual(
    [
      [true, true],
      [false, true],
    ],
  );
  expect(place.querySelector('ol')?.start).toBe(3);
  expect(place.querySelector('pre')?.textContent).toBe('x < 1');
});

test('MarkdownNode renders a table with its header and alignment', async () => {
  const place = await draw('| a | b |\n| --- | --: |\n| 1 | 2 |\n| 3 |\n');
  expect(Array.from(place.querySelectorAll('th'), ({ textContent }) => textContent)).toEqual(['a', 'b']);
  expect(place.querySelectorAll<HTMLElement>('td')[1]?.style.textAlign).toBe('right');
});

test('MarkdownNode renders a hostile text as plain words', async () => {
  const place = await draw(
    [
      '<script>window.hacked = true</script>',
      'inline <img src=x onerror=alert(1)> <a href="javascript:alert(1)">x</a>',
      '[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) [d](vbscript:x) [e](//evil.example)',
      '[f](  java\tscript:alert(1)) [g](&#106;avascript:alert(1)) <javascript:alert(1)> [h](#here) [i](./page.md)',
      '![alt text](https://evil.example/x.png) ![](y.png) ![ref][r]',
      '[r]: https://evil.example/z.png "t"',
      '<iframe src="https://evil.example"></iframe>',
      '<style>body { display: none }</style>',
    ].join('\n\n'),
  );
  expect(place.querySelectorAll('script, img, iframe, style, a, object, embed, link, form')).toHaveLength(0);
  expect(place.textContent).toContain('<script>window.hacked = true</script>');
  expect(place.textContent).toContain('<img src=x onerror=alert(1)>');
  expect(place.textContent).toContain('[image: alt text] [image] [image: ref]');
  expect(
    Array.from(place.querySelectorAll('*')).some((element) =>
      /^on/.test([...element.attributes].map(({ name }) => name).join()),
    ),
  ).toBe(false);
});

test('MarkdownNode opens links in a new tab without a referrer', async () => {
  const place = await draw(
    '[page](https://example.com/a?b#c) <mailto:a@example.com> [named][n]\n\n[n]: http://example.com\n',
  );
  expect(Array.from(place.querySelectorAll('a'), ({ href, rel, target }) => [href, rel, target])).toEqual(
    ['https://example.com/a?b#c', 'mailto:a@example.com', 'http://example.com/'].map((href) => [
      href,
      'noreferrer noopener',
      '_blank',
    ]),
  );
});

test('parseMarkdown resolves references to definitions far below', async () => {
  const filling = 'Some words\n\n'.repeat(2000);
  const place = await draw(
    `[named][n] and a note[^1]\n\n${filling}[n]: https://example.com\n\n[^1]: The note\n    goes on\n`,
  );
  expect(place.querySelector('a')?.href).toBe('https://example.com/');
  expect(place.querySelector('sup')?.textContent).toBe('[1]');
});

test.each(['>'.repeat(5000), '- '.repeat(3000), '- item\n  - nested\n'.repeat(4000)])(
  'parseMarkdown leaves parts too slow to parse as source text',
  async (markdown) => {
    expect((await draw(markdown)).querySelector('pre')?.textContent.trim()).toBe(markdown.trim());
  },
);

test('parseMarkdown leaves a block that is slow to draw as source text', () => {
  const { parts, unformatted } = runAtOnce(parseMarkdown(`# Title\n\n${'*a* '.repeat(6_000)}`));
  const blocks = parts.flat();
  expect(blocks.map(({ type }) => type)).toEqual(['heading', 'code']);
  expect(blocks.map((block) => unformatted.has(block))).toEqual([false, true]);
});

test('parseMarkdown rejects a text with too many parts', () => {
  const markdown = `${'*a* '.repeat(1_500)}\n\n`.repeat(30);
  expect(() => runAtOnce(parseMarkdown(markdown))).toThrow('too-many-parts');
});

test('readMarkdown parses smaller pieces on the page than in a worker', async () => {
  const list = new Blob(['- item\n'.repeat(2_000)]);
  const { signal } = new AbortController();
  const typesOf = async (isInWorker: boolean) =>
    (await readMarkdown(list, { signal, isInWorker })).parts.flat().map(({ type }) => type);
  expect(await typesOf(true)).toEqual(['list']);
  expect(await typesOf(false)).toEqual(['code']);
});

test('MarkdownViewer shows a long text in parts, with its footnotes at the end', async () => {
  const bytes = new Blob([`${'Words[^1]\n\n'.repeat(200)}[^1]: The note\n`]);
  const place = await render(
    <MarkdownViewer file={{ name: 'a.md', bytes }} saveAs={undefined} runTask={runOnPage} />,
  );
  await until(() => place.querySelector('.viewer-markdown p') !== null);
  expect(place.querySelectorAll('.viewer-markdown > p')).toHaveLength(166);
  expect(place.querySelector('.viewer-footnotes')).toBeNull();
  await until(() => place.querySelector('.viewer-footnotes') !== null);
  expect(place.querySelectorAll('.viewer-markdown > p')).toHaveLength(200);
});

test('MarkdownViewer shows the source of a text with too many parts, and says so', async () => {
  const bytes = new Blob([`${'*a* '.repeat(1_500)}\n\n`.repeat(30)]);
  const place = await render(
    <MarkdownViewer file={{ name: 'a.md', bytes }} saveAs={undefined} runTask={runOnPage} />,
  );
  await until(() => place.textContent.includes('too many parts to format, so its source is shown'));
  await until(() => place.querySelector('.viewer-line') !== null);
});

test('MarkdownNode makes bidirectional controls visible', async () => {
  expect((await draw('invoice\u202egnp.exe')).textContent).toBe('invoice⟨U+202E⟩gnp.exe');
});

test.each([
  ['https://example.com', 'https://example.com/'],
  ['mailto:a@example.com', 'mailto:a@example.com'],
  ['javascript:alert(1)', undefined],
  [' javascript:alert(1)', undefined],
  ['java\nscript:alert(1)', undefined],
  ['blob:https://example.com/1', undefined],
  ['file:///etc/passwd', undefined],
  ['page.html', undefined],
  ['', undefined],
])('safeLink turns %j into %j', (address, href) => {
  expect(safeLink(address)).toBe(href);
});

test('safeLink accepts links in a browser without URL.canParse', () => {
  const descriptor = Object.getOwnPropertyDescriptor(URL, 'canParse')!;
  Reflect.deleteProperty(URL, 'canParse');
  try {
    expect(safeLink('https://example.com/a')).toBe('https://example.com/a');
    expect(safeLink('a/b')).toBeUndefined();
  } finally {
    Object.defineProperty(URL, 'canParse', descriptor);
  }
});
