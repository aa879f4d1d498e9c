import { ensureBrowser } from './browser.mjs';
import { ensureInstalled } from './install.mjs';
import { orExit, runNode } from './process.mjs';

/** `npm run bench`: measures Stapler against others in a real browser; tools/bench/README.md tells more. */
await ensureInstalled();
const browser = await ensureBrowser();
const args = ['--import', 'tsx', 'tools/bench/main.ts', ...process.argv.slice(2)];
orExit(await runNode(args, { env: browser ? { CHROME_PATH: browser } : {} }));
