import { build, watch } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root, runAttended } from './process.mjs';

/**
 * `npm start`: builds Stapler and starts it in the emulator. `npm run dev` (`--watch`) builds again after each change
 * and reloads the open page. Another extension (`--extension`) must be built already.
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
  await build(has('--extension') ? ['emulator'] : undefined);
}
const extension = has('--extension') ? [] : ['--extension', root];
runAttended(['packages/emulator/bin/azure-devops-emulator.mjs', ...extension, ...args]);
