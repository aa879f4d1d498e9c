import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Builds the package as one file: the program and the functions for other programs. Code that is loaded on demand is in
 * it as well, and runs only then.
 */
const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const { version } = JSON.parse(readFileSync(pathOf('package.json'), 'utf8'));

await build({
  stdin: {
    contents: "export * from './index'; export { main } from './main';",
    resolveDir: pathOf('../../src/entries/cli'),
  },
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
