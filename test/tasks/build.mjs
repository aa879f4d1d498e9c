import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { orExit, runNode, tools } from './process.mjs';

/** Builds the extension's pages and the stand-in's. */
export async function build() {
  await ensureInstalled();
  console.log('Building…');
  orExit(await runNode([tools.webpack, '--mode', 'production']));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
