import { existsSync, rmSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { build } from './build.mjs';
import { CommandError, outputPath, readCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { composeManifest, DEV_PORT, extensionId, isTask, writeManifest } from './manifest.mjs';
import { root, runAside, tools } from './process.mjs';
import { runStep } from './progress.mjs';

/**
 * `npm run package`: builds and packs `out/stapler.vsix`, the release. No source file is rewritten.
 */
const values = readCommand({
  usage: 'npm run package',
  purpose: 'Builds Stapler and packs out/stapler.vsix.',
  options: {
    version: { value: '1.2.3', help: 'another version than that of package.json' },
    publisher: { value: 'me', help: 'another publisher' },
    private: { help: 'for selected organizations only' },
    menus: {
      ...{ value: 'specific', default: 'context', choices: ['context', 'specific'] },
      help: 'specific: names each menu, for organizations without the entry: out/stapler-specific-menus.vsix',
    },
    dev: { help: 'a second, private extension with pages from this computer: out/stapler-dev.vsix' },
    port: { value: DEV_PORT, default: DEV_PORT, range: [1, 65_535], help: 'port of these pages' },
    output: { value: 'file', help: 'another path' },
    'no-task': { help: 'without the pipeline task, for the first upload' },
    'no-languages': { help: 'an English manifest only, if a marketplace refuses the others' },
    'no-build': { help: 'packs the last build' },
  },
});
const { dev, menus, publisher } = values;
const manifest = composeManifest(values);
const name = `stapler${menus === 'specific' ? '-specific-menus' : ''}${dev ? '-dev' : ''}`;
const output = values.output ? outputPath('output', values.output) : join(root, `out/${name}.vsix`);

if (dev) await ensureInstalled();
else if (!values['no-build'] || publisher) await build(['extension'], extensionId(values));
else if (!existsSync(join(root, 'dist/form-group.html')))
  throw new CommandError('There is no build in dist.', 'Run the command without --no-build.');

rmSync(output, { force: true });
const create = ['extension', 'create', '--no-prompt', '--no-color', '--output-path', output];
// Two may be packed at a time, each with a manifest and a task of its own.
const packed = basename(output, '.vsix');
if (manifest.files.some(isTask)) {
  const { buildTask } = await import('./task.mjs');
  await buildTask({ version: manifest.version, folder: join(root, `out/${packed}.task`) });
}
const files = manifest.files.map((file) => (isTask(file) ? { ...file, path: `out/${packed}.task` } : file));
const path = writeManifest({ ...manifest, files }, `${packed}.manifest.json`);
const pack = () => runAside([tools.tfx, ...create, '--manifests', path]);
await runStep('Packing', pack, 'The package was not created.');
const { makeReproducible } = await import('./reproducible.mjs');
const { addLanguages, removePseudoLanguages } = await import('./languages.mjs');
const { writeSbom } = await import('./sbom.mjs');
const { addWhatsNew } = await import('./whats-new.mjs');
const finish = (entries) => {
  const shipped = addWhatsNew(removePseudoLanguages(entries), manifest.repository.uri);
  writeSbom(output, shipped, manifest);
  return values['no-languages'] ? shipped : addLanguages(shipped);
};
makeReproducible(output, dev ? undefined : finish);
console.log(`Packed: ${relative(process.cwd(), output)}, ${Math.ceil(statSync(output).size / 1024)} KiB`);
