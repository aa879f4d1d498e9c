import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { orExit, runNode, tools } from './process.mjs';

/**
 * Builds the extension's pages and the stand-in's.
 *
 * @param {string[]} [names] Builds of webpack.config.js; all of them if there is none.
 */
export async function build(names = []) {
  await ensureInstalled();
  console.log('Building…');
  const only = names.flatMap((name) => ['--config-name', name]);
  orExit(await runNode([tools.webpack, '--mode', 'production', ...only]));
}

const isTheScript = realpathSync(process.argv[1] ?? '') === realpathSync(fileURLToPath(import.meta.url));
if (isTheScript) await build();
