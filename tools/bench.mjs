import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { orExit, runNode } from './process.mjs';

/** Parts with a script of their own. The first one needs no browser. */
const PARTS = ['queue', 'first-paint', 'viewers'];

/**
 * `npm run bench`: measures Stapler against others in a real browser; tools/bench/README.md tells more. With the name of
 * a part, alone or after `--only`, it measures that part only.
 */
const args = process.argv.slice(2);
await ensureInstalled();
const part = PARTS.find((name) => name === (args[0] === '--only' ? args[1] : args[0]));
if (args.includes('--help')) await bench(['tools/bench/main.ts', '--help']);
else {
  const browser = part === 'queue' ? undefined : await ensureBrowser();
  const env = browser ? { CHROME_PATH: browser } : {};
  await ensureBuilt();
  const parts = part ? [part] : args.includes('--only') ? [] : PARTS;
  for (const name of parts) await bench([`tools/bench/${name}.ts`], env);
  if (!part) await bench(['tools/bench/main.ts', ...args], env);
}

async function bench(script, env) {
  orExit(await runNode(['--import', 'tsx', ...script], { env }));
}
