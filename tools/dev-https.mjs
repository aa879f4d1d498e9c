import { watch } from './build.mjs';
import { readCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { DEV_PORT, extensionId } from './manifest.mjs';
import { runAttended } from './process.mjs';

/**
 * `npm run dev:https`: builds after each change and serves the pages to the extension of `npm run package -- --dev`,
 * with the same options (docs/development.md).
 */
const { port, publisher } = readCommand({
  usage: 'npm run dev:https',
  purpose:
    'Builds after each change and serves the pages to a real organization. docs/development.md tells how.',
  options: {
    port: {
      ...{ value: DEV_PORT, default: DEV_PORT, range: [1, 65_535] },
      help: 'port of the pages, as of npm run package -- --dev',
    },
    publisher: { value: 'me', help: 'publisher of that package' },
  },
});
await ensureInstalled();
watch(['extension'], extensionId({ publisher, dev: true }));
runAttended(['--import', 'tsx', 'tools/dev-server/main.ts', port]);
