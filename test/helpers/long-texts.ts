import fc from 'fast-check';
import type { TextFormat } from '../../src/azure/rest/long-texts';

/** A long text of a work item, with the files in it. */
export interface LongText {
  readonly text: string;
  readonly format: TextFormat;
  /** Addresses in the order of the text, with the use of each. */
  readonly files: readonly { readonly address: string; readonly isPicture: boolean }[];
}

/** A part of a text. It stands alone: no other part changes its meaning. */
interface Block {
  readonly text: string;
  readonly files: LongText['files'];
}

/** Names as people and programs give them. */
const NAMES = [
  'image.png',
  'Screenshot 2026-03-14 at 09.12.44.png',
  'clip_image002.jpg',
  'Ergebnis (2) – Kopie.png',
  'スクリーンショット.png',
  "customer's cart & totals.png",
  '100%.gif',
  'a[1]_b*c.png',
  'log.txt',
];

/** Address of an attachment, in each of the forms that Azure DevOps has written, or of a picture elsewhere. */
export const addresses: fc.Arbitrary<string> = fc
  .record({ id: fc.uuid(), name: fc.constantFrom(...NAMES), form: fc.nat(6) })
  .map(({ id, name, form }) => {
    const query = `fileName=${encodeURIComponent(name)}`;
    return new URL(
      [
        `https://dev.azure.com/fabrikam/_apis/wit/attachments/${id}?${query}`,
        `https://dev.azure.com/fabrikam/a1b2c3d4-0000-4000-8000-123456789abc/_apis/wit/attachments/${id}?${query}`,
        `https://fabrikam.visualstudio.com/Shop%20floor/_apis/wit/attachments/${id}?${query}&api-version=1.0`,
        `https://fabrikam.visualstudio.com/WorkItemTracking/v1.0/AttachFileHandler.ashx?FileNameGuid=${id}&FileName=${encodeURIComponent(name)}`,
        `http://tfs.contoso.local:8080/tfs/DefaultCollection/_apis/wit/attachments/${id}?${query}`,
        `https://images.example.com/shop/${id}/${encodeURIComponent(name)}?v=2&amp=1`,
        `data:image/png;base64,iVBORw0KGgo${id.replaceAll('-', '')}`,
      ][form] ?? '',
    ).href;
  });

/** Words as people type them, with characters that have a meaning in one of the formats. */
const words = fc.constantFrom(
  'The cart shows the wrong total.',
  'Steps: 1) open 2) click “Pay” 3) wait',
  'See order #4711, fixed in 2.3.1?',
  'Price is 5 < 6 and 7 > 3, isn’t it',
  'C:\\logs\\app\\today.log',
  'Größe prüfen, 日本語も',
  'if (a[0] !== b) throw new Error();',
  'Works on my machine ¯\\_(ツ)_/¯',
);

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function plain(text: string): Block {
  return { text, files: [] };
}

function withPicture(address: string, write: (address: string) => string): Block {
  return { text: write(address), files: [{ address, isPicture: true }] };
}

function withLink(address: string, write: (address: string) => string): Block {
  return { text: write(address), files: [{ address, isPicture: false }] };
}

/** As the editors of Azure DevOps, Word, Outlook and Teams write HTML, and as people paste it. */
const htmlBlock: fc.Arbitrary<Block> = fc.oneof(
  words.map((text) => plain(`<div>${escapeHtml(text)}<br></div>`)),
  words.map((text) => plain(`<p style="margin:0;font-family:'Segoe UI'">${escapeHtml(text)}&nbsp;</p>\r\n`)),
  words.map((text) => plain(`<ul><li><b>${escapeHtml(text)}</b></li><li><br></li></ul>`)),
  words.map((text) => plain(`<pre><code>&lt;img src="no.png"&gt; ${escapeHtml(text)}</code></pre>`)),
  words.map((text) => plain(`<table border=1><tr><td>${escapeHtml(text)}</td></tr></table>`)),
  fc.constantFrom(
    plain('<!--[if gte vml 1]><v:imagedata src="no.png"/><![endif]-->'),
    plain('<!-- <img src="https://images.example.com/no.png"> -->'),
    plain('<style>td { background: url("no.png"); } /* <img src=no.png> */</style>'),
    plain('<script>document.write(\'<img src="no.png">\')</script>'),
    plain('<img alt="no address"><img src=""><a name="anchor">anchor</a>'),
    plain('<o:p>&nbsp;</o:p><br/>'),
  ),
  addresses.map((address) =>
    withPicture(address, (url) => `<div><img src="${escapeHtml(url)}" alt="Image"><br></div>`),
  ),
  addresses.map((address) =>
    withPicture(
      address,
      (url) =>
        `<img alt='a > b' style="width:300px" SRC='${url.replaceAll('&', '&#38;').replaceAll("'", '&#x27;')}' />`,
    ),
  ),
  addresses.map((address) =>
    withPicture(address, (url) => `<IMG width=300 src =\n${escapeHtml(url).replaceAll("'", '&#39;')}>`),
  ),
  addresses.map((address) =>
    withPicture(
      address,
      (url) => `<p><img data-src="no.png" title="src='no.png'" src=" ${escapeHtml(url)} " src="no.png"></p>`,
    ),
  ),
  addresses.map((address) =>
    withLink(address, (url) => `<a href="${escapeHtml(url)}" target="_blank">the log &amp; more</a>`),
  ),
  fc.tuple(addresses, addresses).map(([outer, inner]) => ({
    text: `<a href="${escapeHtml(outer)}"><img src="${escapeHtml(inner)}"></a>`,
    files: [
      { address: outer, isPicture: false },
      { address: inner, isPicture: true },
    ],
  })),
);

/** As the editor of Azure DevOps writes Markdown, and as people type it. */
const markdownBlock: fc.Arbitrary<Block> = fc.oneof(
  words.map((text) => plain(text.replace(/[\\`*_[\]<>()#]/g, '\\$&'))),
  words.map((text) => plain(`## ${text.replace(/[\\`*_[\]<>()#]/g, '\\$&')}`)),
  words.map((text) => plain(`\`\`\`js\n![no](no.png) ${text}\n\`\`\``)),
  words.map((text) => plain(`    ![no](no.png) ${text}`)),
  fc.constantFrom(
    plain('Use `![alt](address.png)` for pictures.'),
    plain('!\\[no](no.png) and \\<img src="no.png">'),
    plain('<!-- ![no](no.png) -->'),
    plain('- [ ] open\n- [x] done\n  1. nested'),
    plain('[unused]: https://images.example.com/unused.png'),
    plain('| a | b |\n| --- | --- |\n| 1 | 2 |'),
  ),
  addresses.map((address) => withPicture(address, (url) => `![image.png](${forMarkdown(url)})`)),
  addresses.map((address) => withPicture(address, (url) => `> ![a \\] b](${forMarkdown(url)} =300x200)`)),
  addresses.map((address) => withPicture(address, (url) => `- item\n  ![](<${url}> "A title")`)),
  addresses.map((address) => withPicture(address, (url) => `| a |\n| --- |\n| ![x](${forMarkdown(url)}) |`)),
  addresses.map((address) =>
    withPicture(address, (url) => `<p align="center"><img src="${escapeHtml(url)}" width="300"></p>`),
  ),
  fc
    .tuple(addresses, fc.uuid())
    .map(([address, id]) =>
      withPicture(
        address,
        (url) => `Before ![alt][${id}] after.\n\n[${id.toUpperCase()}]: ${forMarkdown(url)} 'title'`,
      ),
    ),
  addresses.map((address) => withLink(address, (url) => `Read [the log](${forMarkdown(url)}).`)),
  fc.uuid().map((id) => {
    const address = `https://dev.azure.com/fabrikam/_apis/wit/attachments/${id}?fileName=log.txt`;
    return withLink(address, (url) => `See <${url}>, please.`);
  }),
  fc.uuid().map((id) => {
    const address = `https://dev.azure.com/fabrikam/_apis/wit/attachments/${id}?fileName=log.txt`;
    return withLink(address, (url) => `See ${url}, please.`);
  }),
  fc.tuple(addresses, addresses).map(([inner, outer]) => ({
    text: `[![x](${forMarkdown(inner)})](${forMarkdown(outer)})`,
    files: [
      { address: inner, isPicture: true },
      { address: outer, isPicture: false },
    ],
  })),
);

/** Escapes the characters of an address that Markdown would take for the end of it, or for an entity. */
function forMarkdown(url: string): string {
  return url.replace(/[()\\]|&(?=\w+;)/g, '\\$&');
}

/** Long texts of work items, in both formats. */
export const longTexts: fc.Arbitrary<LongText> = fc.oneof(
  fc.array(htmlBlock, { maxLength: 12 }).map((blocks) => join('html', blocks, '')),
  fc.array(markdownBlock, { maxLength: 12 }).map((blocks) => join('markdown', blocks, '\n\n---\n\n')),
);

function join(format: TextFormat, blocks: readonly Block[], separator: string): LongText {
  return {
    format,
    text: blocks.map(({ text }) => text).join(separator),
    files: blocks.flatMap(({ files }) => files),
  };
}
