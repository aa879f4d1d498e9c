import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Pages that have a script; the other modules are shared by them. */
const pages = ['group', 'menu', 'panel', 'dialog', 'hub'];

/**
 * Builds the sample extension, so that `startEmulator({ extensionFolder: folder })` plays it. Classic scripts, one per
 * page: in the sandboxed frame of a server, modules do not load.
 */
export async function buildSampleExtension(folder: string): Promise<void> {
  await cp(join(__dirname, 'vss-extension.json'), join(folder, 'vss-extension.json'));
  await cp(join(__dirname, 'static'), join(folder, 'dist'), { recursive: true });
  await build({
    entryPoints: pages.map((page) => join(__dirname, 'pages', `${page}.ts`)),
    outdir: join(folder, 'dist'),
    bundle: true,
    format: 'iife',
    target: 'es2022',
  });
}
