import { rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { composeManifest, DEV_PORT, extensionId, writeManifest } from './manifest.mjs';
import { orExit, root, runNode, tools } from './process.mjs';

/**
 * `npm run package`: builds and packs `out/stapler.vsix`, the release. No source file is rewritten.
 *
 *   --version 1.2.3     another version than that of package.json
 *   --publisher me      under another publisher
 *   --private           for selected organizations only
 *   --menus specific    for organizations without the entry in their menus: out/stapler-specific-menus.vsix
 *   --dev --port 3000   a second, private extension with pages from this computer: out/stapler-dev.vsix
 *   --no-languages      with an English manifest only, if a marketplace refuses the others
 *   --output file       packs it elsewhere
 *   --no-build          packs what is built already
 */
const { values } = parseArgs({
  options: {
    version: { type: 'string' },
    publisher: { type: 'string' },
    private: { type: 'boolean', default: false },
    menus: { type: 'string', default: 'context' },
    dev: { type: 'boolean', default: false },
    port: { type: 'string', default: DEV_PORT },
    output: { type: 'string' },
    'no-languages': { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
  },
});
const { dev, menus, publisher } = values;
const manifest = composeManifest(values);
const name = `stapler${menus === 'specific' ? '-specific-menus' : ''}${dev ? '-dev' : ''}`;
// npm runs scripts in the project's folder; INIT_CWD is the caller's.
const output = values.output
  ? resolve(process.env['INIT_CWD'] ?? process.cwd(), values.output)
  : resolve(root, `out/${name}.vsix`);

if (dev) await ensureInstalled();
else if (!values['no-build'] || publisher) await build(['extension'], extensionId(values));

rmSync(output, { force: true });
const create = ['extension', 'create', '--no-prompt', '--no-color', '--output-path', output];
// Two may be packed at a time, each with a manifest of its own.
const path = writeManifest(manifest, `${basename(output, '.vsix')}.manifest.json`);
orExit(await runNode([tools.tfx, ...create, '--manifests', path]));
const { makeReproducible } = await import('./reproducible.mjs');
const { addLanguages, removePseudoLanguages } = await import('./languages.mjs');
const finish = (entries) => {
  const others = removePseudoLanguages(entries);
  return values['no-languages'] ? others : addLanguages(others);
};
makeReproducible(output, dev ? undefined : finish);
