import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { orExit, runNode, tools } from './process.mjs';

/** Builds the extension's pages and the stand-in's. */
export async function build() {
  await ensureInstalled();
  console.log('Building…');
  orExit(await runNode([tools.webpack, '--mode', 'production']));
}

const isTheScript = realpathSync(process.argv[1] ?? '') === realpathSync(fileURLToPath(import.meta.url));
if (isTheScript) await build();
