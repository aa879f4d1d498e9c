import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderNotices } from './notice-plugin.cjs';
import { root } from './process.mjs';

/**
 * Builds the pipeline task: one script for the agent, its description, its icon and the licenses of its packages.
 *
 * @param {object} options
 * @param {string} options.version The minor and patch version of the task are those of the extension.
 * @param {string} options.folder Absolute. Its contents are replaced.
 */
export async function buildTask({ version, folder }) {
  const source = join(root, 'src/entries/task');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(source, 'index.ts')],
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20.18',
    format: 'cjs',
    minify: true,
    // NOTICE.txt has the licenses instead of the comments.
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    alias: { 'hash-wasm': join(root, 'tools/hash-wasm-part.mjs') },
    define: { STAPLER_VERSION: JSON.stringify(version), 'import.meta.url': 'importMetaUrl' },
    // ES modules of packages ask for their URL, which a CommonJS script does not have.
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  const task = JSON.parse(readFileSync(join(source, 'task.json'), 'utf8'));
  const text = JSON.stringify({ ...task, version: versionOf(task, version) }, undefined, 2);
  writeFileSync(join(folder, 'task.json'), `${text}\n`);
  copyFileSync(join(source, 'icon.png'), join(folder, 'icon.png'));
  const packaged = Object.keys(metafile.inputs).filter((path) => path.startsWith('node_modules/'));
  writeFileSync(join(folder, 'NOTICE.txt'), renderNotices(packaged.map((path) => join(root, path))));
}

/** The major version changes with the inputs only, because pipelines name it: `StaplerAttach@1`. */
function versionOf(task, version) {
  const [major, minor, patch] = version.split('.').map(Number);
  // Agents keep a version that they have, so each release needs a new one.
  return { Major: task.version.Major, Minor: 1000 * major + minor, Patch: patch };
}
