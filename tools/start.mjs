import { build, ensureBuilt, watch } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root, runAttended } from './process.mjs';

/** Shown above the page and in the terminal. */
const HINT = 'Try it: drop files on Attachments, paste a screenshot, or open the Files tab.';

/**
 * `npm start`: builds Stapler unless its build is fresh, and starts it in the emulator. `npm run dev` (`--watch`)
 * builds again after each change and reloads the open page. Another extension (`--extension`) must be built already.
 */
const args = process.argv.slice(2);
const has = (name) => args.some((arg) => arg === name || arg.startsWith(`${name}=`));

if (has('--help')) {
  await ensureInstalled();
  console.log('npm start -- [options]: runs the emulator with Stapler in it. The options are those of:\n');
} else if (has('--watch')) {
  await ensureInstalled();
  watch();
} else {
  await (has('--extension') ? build(['emulator']) : ensureBuilt());
}
const ours = ['--extension', root, '--item', '7', '--hint', HINT];
const extension = has('--extension') ? [] : ours;
runAttended(['packages/emulator/bin/azure-devops-emulator.mjs', ...extension, ...args]);
