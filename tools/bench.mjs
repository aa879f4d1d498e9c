import { ensureBrowser } from './browser.mjs';
import { ensureInstalled } from './install.mjs';
import { orExit, runNode } from './process.mjs';

/**
 * `npm run bench`: measures Stapler against others in a real browser; tools/bench/README.md tells more. `npm run bench
 * queue` measures the CPU time of the queue alone.
 */
const args = process.argv.slice(2);
await ensureInstalled();
if (!args.includes('--help')) orExit(await runNode(['--import', 'tsx', 'tools/bench/queue.ts']));
if (args[0] !== 'queue') {
  const browser = await ensureBrowser();
  const script = ['--import', 'tsx', 'tools/bench/main.ts', ...args];
  orExit(await runNode(script, { env: browser ? { CHROME_PATH: browser } : {} }));
}
