import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Builds the command line and the engine as one file. */
const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const { version } = JSON.parse(readFileSync(pathOf('package.json'), 'utf8'));

await build({
  entryPoints: [pathOf('../../src/entries/cli/index.ts')],
  outfile: pathOf('dist/stapler.mjs'),
  bundle: true,
  platform: 'node',
  target: 'node20.18',
  format: 'esm',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  define: { STAPLER_VERSION: JSON.stringify(version) },
  // CommonJS packages call `require` for modules of Node.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
