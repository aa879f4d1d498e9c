import type { CorpusFile } from './corpus-file';
import { marked, refused } from './corpus-file';

const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' };

/** Tables by delimiter, quoting, line end and encoding. */
function tables(): readonly CorpusFile[] {
  const byDelimiter = Object.entries(DELIMITERS).flatMap(([name, delimiter]) => {
    const extension = name === 'tab' ? 'tsv' : 'csv';
    const rows = (mark: string, quote = ''): string[] => [
      ['name', 'size'].join(delimiter),
      [`${quote}${mark}${quote}`, '1'].join(delimiter),
    ];
    return [
      marked(`${name}.${extension}`, (mark) => rows(mark).join('\n')),
      marked(`${name} quoted.${extension}`, (mark) => rows(mark, '"').join('\r\n')),
      marked(`${name} utf-16.${extension}`, (mark) =>
        Buffer.from(`\ufeff${rows(mark).join('\n')}`, 'utf16le'),
      ),
      marked(`${name} windows-1252.${extension}`, (mark) =>
        Buffer.from([...rows(mark), ['é', 'ü'].join(delimiter)].join('\n'), 'latin1'),
      ),
    ];
  });
  return [
    ...byDelimiter,
    marked('lines in cells.csv', (mark) => `a,b\n"${mark}\nmore","x""y"\n`),
    marked('ragged.csv', (mark) => `a,b,c\n1\n${mark},2,3,4,5\n`),
    marked('one column.csv', (mark) => `name\n${mark}\n`),
    marked('hint of excel.csv', (mark) => `sep=;\na;b\n${mark};1\n`),
    marked('open quote.csv', (mark) => `${mark},b\n"1,2\n`),
    marked('wide.csv', (mark) => `${mark}${',x'.repeat(3_000)}\n`),
    marked('long.csv', (mark) => `${mark},b\n${'1,2\n'.repeat(200_000)}`),
    marked('formulas.csv', (mark) => `${mark},=1+1,@SUM(A1),+1,-1\n`),
  ];
}

const DOCUMENTS: Readonly<Record<string, (mark: string) => string>> = {
  object: (mark) => `{"a": {"b": "${mark}"}}`,
  array: (mark) => `[1, -2.5e3, true, false, null, "${mark}"]`,
  'large numbers': (mark) => `{"id": 12345678901234567890, "price": 1.10, "mark": "${mark}"}`,
  'same keys': (mark) => `{"a": 1, "a": "${mark}"}`,
  escapes: (mark) => `{"text": "\\u00e9\\n\\"\\\\ \\ud83d\\ude00", "mark": "${mark}"}`,
  deep: (mark) => `{"mark": "${mark}", "deep": ${'['.repeat(200)}${']'.repeat(200)}}`,
  wide: (mark) => `{"mark": "${mark}", "list": [${'1,'.repeat(50_000)}1]}`,
  'byte order mark': (mark) => `\ufeff{"mark": "${mark}"}`,
  string: (mark) => `"${mark}"`,
  prototype: (mark) => `{"__proto__": {"a": 1}, "constructor": "${mark}"}`,
  'not json': (mark) => `{\n  "mark": "${mark}",\n  oops\n}`,
  comments: (mark) => `{\n  // ${mark}\n  "a": 1,\n}`,
  cut: (mark) => `{"mark": "${mark}", "list": [1, 2`,
};

/** JSON, and lines of JSON. */
function documents(): readonly CorpusFile[] {
  return [
    ...Object.entries(DOCUMENTS).map(([name, contentOf]) => marked(`${name}.json`, contentOf)),
    marked('map.geojson', (mark) => `{"type": "FeatureCollection", "name": "${mark}", "features": []}`),
    marked('events.jsonl', (mark) => `{"event": "${mark}"}\n{"event": 2}\n`),
    marked('events.ndjson', (mark) => `{"event": "${mark}"}\r\n\r\n[1]\r\n`),
    marked('broken lines.jsonl', (mark) => `{"event": "${mark}"}\nnot json\n`),
  ];
}

const MARKDOWN: Readonly<Record<string, (mark: string) => string>> = {
  heading: (mark) => `# ${mark}\n`,
  'setext heading': (mark) => `${mark}\n===\n`,
  emphasis: (mark) => `*a* __b__ ~~c~~ **${mark}**\n`,
  lists: (mark) => `- a\n  1. b\n     - ${mark}\n- [x] done\n`,
  table: (mark) => `| a | b |\n|:--|--:|\n| ${mark} | 1 |\n`,
  code: (mark) => `\`\`\`ts\nconst a = '${mark}';\n\`\`\`\n`,
  'indented code': (mark) => `    ${mark}\n`,
  quote: (mark) => `> a\n> > ${mark}\n`,
  links: (mark) =>
    `[${mark}](https://example.com) <https://example.com> [a][b]\n\n[b]: javascript:alert(1)\n`,
  image: (mark) => `![${mark}](https://example.invalid/a.png)\n`,
  html: (mark) => `<div onclick="alert(1)">${mark}</div>\n`,
  'front matter': (mark) => `---\ntitle: ${mark}\n---\n\ntext\n`,
  footnotes: (mark) => `a[^1]\n\n[^1]: ${mark}\n`,
  'hard break': (mark) => `a  \n${mark} \\\nb\n`,
  entities: (mark) => `&amp; &copy; &#x1F600; ${mark}\n`,
  'unknown references': (mark) => `[a][nothing] ![b][nothing] ${mark}\n`,
  long: (mark) => `${mark}\n\n${'A paragraph with *words*.\n\n'.repeat(3_000)}`,
};

/** Tables, JSON and Markdown. */
export function data(): readonly CorpusFile[] {
  return [
    ...tables(),
    ...documents(),
    ...Object.entries(MARKDOWN).map(([name, contentOf]) => marked(`${name}.md`, contentOf)),
    marked('readme.markdown', (mark) => mark),
    refused('empty.md', '', /is empty/),
    refused('empty.json', '', /is empty/),
    refused('empty.csv', '', /is empty/),
  ];
}
