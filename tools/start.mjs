import { OPTIONS } from '../packages/emulator/src/option-table.mjs';
import { build, ensureBuilt, isFresh, watch } from './build.mjs';
import { readCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { root, runAttended } from './process.mjs';

/** Shown above the page and in the terminal. */
const HINT = 'Try it: drop files on Attachments, paste a screenshot, or open the Files tab.';

/**
 * `npm start`: builds Stapler unless its build is fresh, and starts it in the emulator. `npm run dev` (`--watch`)
 * builds again after each change and reloads the open page. Another extension (`--extension`) must be built already.
 */
const args = process.argv.slice(2);
const options = readCommand({
  usage: args.includes('--watch') ? 'npm run dev' : 'npm start',
  purpose: 'Builds Stapler and runs a local Azure DevOps with it.',
  options: {
    ...OPTIONS,
    extension: { value: 'folder', help: 'runs another extension, which must be built already' },
    watch: { help: 'builds again after each change and reloads open pages, as npm run dev does' },
  },
});

if (options.watch) {
  await ensureInstalled();
  watch();
} else if (options.extension) {
  await ensureInstalled();
  if (!isFresh()) await build(['emulator']);
} else await ensureBuilt();
const ours = ['--extension', root, '--item', '7', '--hint', HINT];
runAttended(['packages/emulator/bin/azure-devops-emulator.mjs', ...(options.extension ? [] : ours), ...args]);
