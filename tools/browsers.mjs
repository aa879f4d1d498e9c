import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { readCommand } from './command.mjs';
import { ensureEngines } from './engines.mjs';
import { root, runNode, tools } from './process.mjs';

/** `npm run browsers`: plays the stories of test/browsers in all engines of this machine, after a build if needed. */
const options = readCommand({
  usage: 'npm run browsers',
  purpose: 'Plays the stories of test/browsers in Chromium, Firefox and WebKit, after a build if needed.',
  options: {
    grep: { value: 'PDF', short: 'g', help: 'only stories with this in their titles' },
    project: { value: 'firefox-*', help: 'only one engine or mode, such as firefox-server or *-services' },
    report: { help: 'writes the table of docs/browsers.md; exits with 1 if a cell got worse' },
  },
});
const doc = join(root, 'docs/browsers.md');
const START = '<!-- table: npm run browsers -- --report -->';
const END = '<!-- end of table -->';
const COLUMNS = ['chromium', 'firefox', 'webkit'].flatMap((engine) => [
  `${engine}-services`,
  `${engine}-server`,
]);

await ensureBuilt();
const browser = await ensureBrowser();
const missing = await ensureEngines();
for (const engine of missing) console.log(`Not installed: ${engine}. docs/browsers.md names the packages.`);
const results = join(root, 'out/test-results');
mkdirSync(results, { recursive: true });
const output = join(results, 'browsers.json');
const code = await runNode(
  [
    tools.playwright,
    ...[
      'test',
      '--config',
      'test/browsers/playwright.config.mts',
      '--workers',
      `${Math.min(2, availableParallelism())}`,
    ],
    ...['grep', 'project'].flatMap((name) => (options[name] ? [`--${name}`, options[name]] : [])),
  ],
  { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: output, ...(browser && { CHROME_PATH: browser }) } },
);
process.exitCode = options.report ? await report() : code;

/** Writes the table and returns the exit code. Stories that were not asked for keep their cells. */
async function report() {
  const [before, rest] = readFileSync(doc, 'utf8').split(START);
  const [table, after] = rest.split(END);
  const old = cellsOf(table);
  const found = resultsOf(JSON.parse(readFileSync(output, 'utf8')));
  const cells = new Map([...old, ...found.cells]);
  const worse = [...found.cells].filter(([key, cell]) => cell === 'fails' && old.get(key) !== 'fails');
  const { default: prettier } = await import('prettier');
  const config = await prettier.resolveConfig(doc);
  const written = `${before}${START}\n\n${markdownOf(cells, found.versions)}\n\n${END}${after}`;
  writeFileSync(doc, await prettier.format(written, { ...config, parser: 'markdown' }));
  for (const [key, cell] of worse) console.log(`Worse: ${key}: ${cell}`);
  return worse.length + missing.length === 0 ? 0 : 1;
}

/** Results by story and column, and the browsers' versions. */
function resultsOf({ suites }) {
  const cells = new Map();
  const versions = new Set();
  for (const { title, tests } of suites.flatMap(({ specs }) => specs)) {
    for (const { projectName, status, annotations } of tests) {
      const described = (wanted) => annotations.find(({ type }) => type === wanted)?.description;
      const reason = described('skip');
      const result = status === 'expected' ? 'works' : 'fails';
      cells.set(`${title} in ${projectName}`, reason ? `not by design: ${reason}` : result);
      if (described('browser')) versions.add(described('browser'));
    }
  }
  return { cells, versions: [...versions].sort() };
}

function markdownOf(cells, versions) {
  const line = (values) => `| ${values.join(' | ')} |`;
  const titles = new Set([...cells.keys()].map((key) => key.replace(/ in \S+$/, '')));
  return [
    `Browsers of the last run: ${versions.join(', ')}.`,
    '',
    line(['Story', ...COLUMNS.map(labelOf)]),
    line(['---', ...COLUMNS.map(() => '---')]),
    ...[...titles].map((title) =>
      line([title, ...COLUMNS.map((column) => cells.get(`${title} in ${column}`) ?? 'not run')]),
    ),
  ].join('\n');
}

/** Cells of a written table by title and column. */
function cellsOf(table) {
  const found = new Map();
  for (const row of table.split('\n').filter((each) => /^\|(?! (Story|-))/.test(each))) {
    const [title, ...values] = row
      .slice(1, -1)
      .split('|')
      .map((value) => value.trim());
    for (const [index, column] of COLUMNS.entries()) found.set(`${title} in ${column}`, values[index]);
  }
  return found;
}

function labelOf(column) {
  const [engine, mode] = column.split('-');
  const names = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' };
  return `${names[engine]}, ${mode === 'server' ? 'Server' : 'Services'}`;
}
