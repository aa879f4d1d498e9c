import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { orExit, root, runNode, tools } from './process.mjs';

/**
 * `npm run package [-- --version 1.2.3] [-- --publisher me]`: builds and packs `out/stapler.vsix`. The version and
 * the publisher travel as overrides, so that no source file is rewritten.
 */
const { values } = parseArgs({
  options: {
    version: { type: 'string' },
    publisher: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
  },
});
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

if (values.publisher) process.env['STAPLER_PUBLISHER'] = values.publisher;
if (!values['no-build'] || values.publisher) await build();

const output = join(root, 'out/stapler.vsix');
rmSync(output, { force: true });
mkdirSync(join(root, 'out'), { recursive: true });
const overrides = {
  version: values.version ?? version,
  ...(values.publisher && { publisher: values.publisher }),
};
const create = ['extension', 'create', '--manifests', 'vss-extension.json', '--no-prompt', '--no-color'];
orExit(
  await runNode([tools.tfx, ...create, '--override', JSON.stringify(overrides), '--output-path', output]),
);
