import { BENCH, PARTS, PARTS_WITHOUT_BROWSER } from './bench/command.mjs';
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { outputPath, readCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { orExit, runNode } from './process.mjs';

/** `npm run bench`: measures Stapler against others in a real browser; tools/bench/README.md describes it. */
const options = readCommand(BENCH);
if (options.out) outputPath('out', options.out);
const names = options.only?.split(',');
const parts = PARTS.filter((part) => names?.includes(part) ?? true);
const hasWorkloads = names?.some((name) => !PARTS.includes(name)) ?? true;

await ensureInstalled();
const browser =
  hasWorkloads || parts.some((part) => !PARTS_WITHOUT_BROWSER.includes(part))
    ? await ensureBrowser()
    : undefined;
await ensureBuilt();
for (const part of parts) await measure(part);
if (hasWorkloads) await measure('main', process.argv.slice(2));

async function measure(script, args = []) {
  const env = browser ? { CHROME_PATH: browser } : {};
  orExit(await runNode(['--import', 'tsx', `tools/bench/${script}.ts`, ...args], { env }));
}
