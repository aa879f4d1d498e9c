import { parseArgs } from 'node:util';
import { watch } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { DEV_PORT, extensionId, portNumber } from './manifest.mjs';
import { runAttended } from './process.mjs';

/**
 * `npm run dev:https [-- --port 3000 --publisher me]`: builds after each change and serves the pages to the
 * extension of `npm run package -- --dev`, with the same options (docs/development.md).
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: DEV_PORT },
    publisher: { type: 'string' },
  },
});
const port = portNumber(values.port);
await ensureInstalled();
watch(['extension'], extensionId({ ...values, dev: true }));
runAttended(['--import', 'tsx', 'tools/dev-server/main.ts', String(port)]);
