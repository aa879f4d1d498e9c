import { basename } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { build } from 'esbuild';

/** Pages of the contestants; each is a file beside this one. */
export const PAGES = {
  raw: 'raw.ts',
  'raw-gallery': 'raw-gallery.ts',
  uppy: 'uppy.ts',
  tus: 'tus.ts',
  stapler: 'stapler.ts',
  'stapler-form': 'stapler-form.tsx',
  'stapler-bulk': 'stapler-bulk.ts',
  'stapler-panel': 'stapler-panel.tsx',
  'stapler-gallery': 'stapler-gallery.tsx',
};

/** A name in `PAGES`. */
export type PageName = keyof typeof PAGES;

/** Files of the pages, by name: `raw.js`, `stapler-form.css`, and lazy chunks. */
export type PageFiles = ReadonlyMap<string, string>;

/** Polyfills for Internet Explorer in Microsoft's packages; the product omits them as well. */
const POLYFILLS = [
  'whatwg-fetch',
  'es6-promise/auto',
  'es6-object-assign/auto',
  'es6-string-polyfills',
  'array.prototype.find',
  'intersection-observer',
];

/** Scripts of workers that the product starts by their names. */
const WORKERS = ['src/upload/volumes/hash-worker.ts'];

/**
 * Bundles the pages like the product, with lazy chunks. Runs in the project's folder, like all scripts.
 *
 * @param readable Keeps the names of functions, for a profile.
 */
export async function buildPages(names: readonly PageName[], readable: boolean): Promise<PageFiles> {
  const common = {
    bundle: true,
    write: false,
    outdir: 'pages',
    target: 'es2022',
    minify: !readable,
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: {
      ...Object.fromEntries(POLYFILLS.map((name) => [name, './tools/empty-module.ts'])),
      // As in webpack.config.js.
      react: 'preact/compat',
      'react-dom': 'preact/compat',
    },
    loader: { '.eot': 'empty', '.ttf': 'empty', '.woff': 'empty', '.woff2': 'empty', '.svg': 'empty' },
    logLevel: 'error',
  } as const satisfies BuildOptions;
  const pages = await build({
    ...common,
    entryPoints: names.map((name) => ({ in: `tools/bench/page/${PAGES[name]}`, out: name })),
    format: 'esm',
    splitting: true,
  });
  const workers = await build({ ...common, entryPoints: WORKERS, format: 'iife' });
  const files = [...pages.outputFiles, ...workers.outputFiles];
  return new Map(files.map(({ path, text }) => [basename(path), text]));
}
