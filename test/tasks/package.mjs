import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { manifestWithSpecificMenus } from './menus.mjs';
import { orExit, root, runNode, tools } from './process.mjs';

/**
 * `npm run package [-- --version 1.2.3] [-- --publisher me]`: builds and packs `out/stapler.vsix`. The version and
 * the publisher travel as overrides, so that no source file is rewritten. With `--menus specific` it packs
 * `out/stapler-specific-menus.vsix`, for an organization whose menus lack the entry.
 */
const { values } = parseArgs({
  options: {
    version: { type: 'string' },
    publisher: { type: 'string' },
    menus: { type: 'string', default: 'context' },
    'no-build': { type: 'boolean', default: false },
  },
});
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

if (!['context', 'specific'].includes(values.menus)) throw new Error('--menus must be context or specific.');
if (values.publisher) process.env['STAPLER_PUBLISHER'] = values.publisher;
if (!values['no-build'] || values.publisher) await build();

const isSpecific = values.menus === 'specific';
const output = join(root, `out/stapler${isSpecific ? '-specific-menus' : ''}.vsix`);
rmSync(output, { force: true });
mkdirSync(join(root, 'out'), { recursive: true });
const overrides = {
  version: values.version ?? version,
  ...(values.publisher && { publisher: values.publisher }),
};
const manifest = isSpecific ? writeSpecificManifest() : 'vss-extension.json';
const create = ['extension', 'create', '--manifests', manifest, '--no-prompt', '--no-color'];
orExit(
  await runNode([tools.tfx, ...create, '--override', JSON.stringify(overrides), '--output-path', output]),
);

/** tfx takes files and icons as relative to the manifest that names them. */
function writeSpecificManifest() {
  const { files, icons, ...rest } = manifestWithSpecificMenus();
  const path = 'out/vss-extension.specific-menus.json';
  const text = JSON.stringify({
    ...rest,
    files: files.map((file) => ({ ...file, path: `../${file.path}` })),
    icons: { default: `../${icons.default}` },
  });
  writeFileSync(join(root, path), text);
  return path;
}
