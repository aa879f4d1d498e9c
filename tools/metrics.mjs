import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { build } from './build.mjs';
import { readCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { orExit, root, runAside, runNode } from './process.mjs';

/**
 * `npm run metrics`: prints the size and the structure of `src`, and the words of its comments as tools/language.mjs
 * counts them.
 */
const options = readCommand({
  usage: 'npm run metrics',
  purpose: 'Prints the size and the structure of the source.',
  options: {
    journeys: {
      help: 'also the modules that run while a file is attached, and while one is removed and restored',
    },
    list: { help: 'with their paths' },
  },
});

await ensureInstalled();
const { default: ts } = await import('typescript');
const files = readdirSync(join(root, 'src'), { recursive: true })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((path) => /\.tsx?$/.test(path))
  .sort()
  .map(measure);

const byLines = [...files].sort((a, b) => a.lines - b.lines);
const longest = byLines.at(-1);
const [longestFunction] = files.flatMap(({ functions }) => functions).sort((a, b) => b.lines - a.lines);
print('Files', `${files.length}, ${files.reduce((sum, { lines }) => sum + lines, 0)} lines`);
print('Median file', `${byLines[Math.floor(byLines.length / 2)].lines} lines`);
print('Longest file', `${longest.lines} lines, ${longest.path}`);
print(
  'Longest function',
  `${longestFunction.lines} lines, ${longestFunction.name} in ${longestFunction.path}`,
);
print('Comments', (await runAside(['tools/language.mjs'])).output.trim().split('\n').at(-1));
printImports();
if (options.journeys) await printJourneys();

function measure(path) {
  const text = readFileSync(join(root, path), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const functions = [];
  visit(source);
  const imports = ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(path), name));
  return { path, lines: text.trimEnd().split('\n').length, functions, imports };

  function visit(node) {
    if (ts.isFunctionLike(node) && node.body) {
      const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
      const last = source.getLineAndCharacterOfPosition(node.end).line;
      functions.push({ path, name: nameOf(node, source), lines: last - first + 1 });
    }
    ts.forEachChild(node, visit);
  }
}

function nameOf(node, source) {
  const name = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return name?.getText(source) ?? 'a function without a name';
}

function layerOf(path) {
  return path.split('/')[1];
}

/** Table of imports: rows import from columns. */
function printImports() {
  const counts = new Map();
  for (const { path, imports } of files) {
    for (const target of imports) {
      const key = `${layerOf(path)} ${layerOf(target)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const known = ['entries', 'gallery', 'ui', 'bulk', 'upload', 'azure', 'base'];
  const found = [...new Set([...counts.keys()].flatMap((key) => key.split(' ')))].sort();
  const layers = [
    ...known.filter((layer) => found.includes(layer)),
    ...found.filter((layer) => !known.includes(layer)),
  ];
  console.log('\nImports, from row to column');
  console.log(['', ...layers].map((layer) => layer.padStart(9)).join(''));
  for (const from of layers) {
    const cells = layers.map((to) => `${counts.get(`${from} ${to}`) ?? '·'}`.padStart(9));
    console.log(from.padStart(9) + cells.join(''));
  }
}

async function printJourneys() {
  await build(['emulator']);
  const browser = await ensureBrowser();
  const env = browser ? { CHROME_PATH: browser } : {};
  orExit(
    await runNode(['--import', 'tsx', 'tools/journeys.ts', ...(options.list ? ['--list'] : [])], { env }),
  );
}

function print(name, value) {
  console.log(`${name.padEnd(18)}${value}`);
}
