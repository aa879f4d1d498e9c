import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import prettier from 'prettier';
import { ensureBrowser } from './browser.mjs';
import { build } from './build.mjs';
import { ensureEngines } from './engines.mjs';
import { ensureInstalled } from './install.mjs';
import { root, runNode, tools } from './process.mjs';

/**
 * `npm run browsers`: plays the stories of test/browsers in all engines of this machine, after a build if needed.
 *
 *   --report   writes the table of docs/browsers.md; exits with 1 if a cell got worse
 *
 * Other arguments are Playwright's: `npm run browsers -- --project "firefox-*" -g PDF`.
 */
const args = process.argv.slice(2);
const isReport = args.includes('--report');
const doc = join(root, 'docs/browsers.md');
const START = '<!-- table: npm run browsers -- --report -->';
const END = '<!-- end of table -->';
const COLUMNS = ['chromium', 'firefox', 'webkit'].flatMap((engine) => [
  `${engine}-services`,
  `${engine}-server`,
]);

await ensureInstalled();
if (!isBuilt()) await build();
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
    ...args.filter((arg) => arg !== '--report'),
  ],
  { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: output, ...(browser && { CHROME_PATH: browser }) } },
);
process.exitCode = isReport ? await report() : code;

/** Whether the built pages are newer than their sources. */
function isBuilt() {
  const built = ['dist/form-group.html', 'packages/emulator/dist/index.html'].map((file) => join(root, file));
  if (!built.every(existsSync)) return false;
  const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
  const sources = ['src', 'static', 'packages/emulator/src'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, name)),
  );
  const others = ['vss-extension.json', 'webpack.config.js'].map((file) => join(root, file));
  return [...sources, ...others].every((file) => statSync(file).mtimeMs < oldest);
}

/** Writes the table and returns the exit code. */
async function report() {
  const rows = rowsOf(JSON.parse(readFileSync(output, 'utf8')));
  const text = readFileSync(doc, 'utf8');
  const [before, rest] = text.split(START);
  const [table, after] = rest.split(END);
  const old = cellsOf(table);
  const worse = rows.cells.filter(
    ({ title, column, cell }) =>
      cell !== (old.get(`${title} ${column}`) ?? 'works') &&
      !cell.startsWith('not by design') &&
      cell !== 'works',
  );
  const config = await prettier.resolveConfig(doc);
  const written = `${before}${START}\n\n${markdownOf(rows)}\n\n${END}${after}`;
  writeFileSync(doc, await prettier.format(written, { ...config, parser: 'markdown' }));
  for (const { title, column, cell } of worse) console.log(`Worse: “${title}” in ${column}: ${cell}`);
  return worse.length === 0 ? 0 : 1;
}

/** Results of all stories by title, and the reasons and versions to print below them. */
function rowsOf({ suites }) {
  const titles = [];
  const cells = [];
  const reasons = [];
  const versions = new Set();
  for (const spec of suites.flatMap((suite) => suite.specs)) {
    if (!titles.includes(spec.title)) titles.push(spec.title);
    for (const { projectName, status, annotations } of spec.tests) {
      const reason = annotations.find(({ type }) => type === 'skip')?.description;
      if (reason && !reasons.includes(reason)) reasons.push(reason);
      const version = annotations.find(({ type }) => type === 'browser')?.description;
      if (version) versions.add(version);
      const cell =
        status === 'expected'
          ? 'works'
          : reason
            ? `not by design (${reasons.indexOf(reason) + 1})`
            : status === 'skipped'
              ? 'not run'
              : 'fails';
      cells.push({ title: spec.title, column: projectName, cell });
    }
    for (const column of COLUMNS)
      if (
        !spec.tests.some(({ projectName }) => projectName === column) &&
        !cells.some((each) => each.title === spec.title && each.column === column)
      )
        cells.push({ title: spec.title, column, cell: 'not run' });
  }
  return { titles, cells, reasons, versions: [...versions].sort() };
}

function markdownOf({ titles, cells, reasons, versions }) {
  const line = (values) => `| ${values.join(' | ')} |`;
  const cellOf = (title, column) =>
    cells.findLast((each) => each.title === title && each.column === column)?.cell ?? 'not run';
  return [
    `Browsers: ${versions.join(', ')}.`,
    '',
    line(['Story', ...COLUMNS.map(labelOf)]),
    line(['---', ...COLUMNS.map(() => '---')]),
    ...titles.map((title) => line([title, ...COLUMNS.map((column) => cellOf(title, column))])),
    '',
    ...reasons.map((reason, index) => `${index + 1}. Not by design: ${reason}.`),
  ].join('\n');
}

/** Cells of a written table by title and column. */
function cellsOf(table) {
  const found = new Map();
  for (const row of table.split('\n').filter((each) => each.startsWith('|'))) {
    const [title, ...values] = row
      .slice(1, -1)
      .split('|')
      .map((value) => value.trim());
    for (const [index, column] of COLUMNS.entries()) found.set(`${title} ${column}`, values[index]);
  }
  return found;
}

function labelOf(column) {
  const [engine, mode] = column.split('-');
  const names = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' };
  return `${names[engine]}, ${mode === 'server' ? 'Server' : 'Services'}`;
}
