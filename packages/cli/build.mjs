import { build } from 'esbuild';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds the package into `dist`: the program (`stapler.mjs`), the functions for other programs (`index.mjs`), and the
 * parts that both load when they need them.
 */
const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const { version } = JSON.parse(readFileSync(pathOf('package.json'), 'utf8'));
const folder = pathOf('dist');

const { metafile } = await build({
  entryPoints: {
    stapler: pathOf('../../src/entries/cli/main.ts'),
    index: pathOf('../../src/entries/cli/index.ts'),
  },
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'part-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20.18',
  format: 'esm',
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  define: { STAPLER_VERSION: JSON.stringify(version) },
  // CommonJS packages call `require` for modules of Node.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});

// Parts of earlier builds. Equal parts keep their names, so that a running program finds them.
const built = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
for (const name of readdirSync(folder))
  if (name.endsWith('.mjs') && !built.has(name)) rmSync(join(folder, name), { force: true });
