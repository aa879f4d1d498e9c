/** @jest-environment jsdom */
import * as React from 'react';
import { MarkdownNode, safeLink } from '../../../../../src/gallery/viewers/markdown/markdown-node';
import { parseMarkdown } from '../../../../../src/gallery/viewers/markdown/parse-markdown';
import { clearAll, render } from '../../../../helpers/render';

/** Renders a Markdown text. */
async function draw(markdown: string): Promise<HTMLElement> {
  const text = await parseMarkdown(markdown, new AbortController().signal);
  return render(<MarkdownNode node={text.root} text={text} depth={0} />);
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
  const { canParse } = URL;
  Reflect.deleteProperty(URL, 'canParse');
  try {
    expect(safeLink('https://example.com/a')).toBe('https://example.com/a');
    expect(safeLink('a/b')).toBeUndefined();
  } finally {
    Object.assign(URL, { canParse });
  }
});
