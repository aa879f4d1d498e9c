import { build, watch } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { runAttended } from './process.mjs';

/**
 * `npm start`: builds and serves the stand-in. `npm run dev` (`--watch`) builds again after each change and lets the
 * open page reload. Another extension (`--extension`) is built by whoever made it.
 */
const args = process.argv.slice(2);
const has = (name) => args.some((arg) => arg === name || arg.startsWith(`${name}=`));

if (has('--help')) await ensureInstalled();
else if (has('--watch')) {
  await ensureInstalled();
  watch();
} else {
  await build(has('--extension') ? ['stand-in'] : []);
}
runAttended(['--import', 'tsx', 'test/stand-in/main.ts', ...args]);
