import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { orExit, runNode } from './process.mjs';

/**
 * `npm run bench`: measures Stapler against others in a real browser; tools/bench/README.md tells more. `npm run bench
 * queue` measures the CPU time of the queue alone, `npm run bench first-paint` the time until the form group is shown.
 */
const args = process.argv.slice(2);
await ensureInstalled();
const [only] = args;
const isHelp = args.includes('--help');
if (!isHelp && only !== 'first-paint') await bench(['tools/bench/queue.ts']);
if (only !== 'queue') {
  const browser = await ensureBrowser();
  const env = browser ? { CHROME_PATH: browser } : {};
  if (!isHelp) {
    await ensureBuilt();
    await bench(['tools/bench/first-paint.ts'], env);
  }
  if (only !== 'first-paint') await bench(['tools/bench/main.ts', ...args], env);
}

async function bench(script, env) {
  orExit(await runNode(['--import', 'tsx', ...script], { env }));
}
