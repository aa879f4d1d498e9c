import { build } from 'esbuild';

/** Pages of the contestants; each is a file beside this one. */
export const PAGES = {
  raw: 'raw.ts',
  uppy: 'uppy.ts',
  tus: 'tus.ts',
  stapler: 'stapler.ts',
  'stapler-form': 'stapler-form.tsx',
  'stapler-bulk': 'stapler-bulk.ts',
  'stapler-panel': 'stapler-panel.tsx',
};

/** A name in `PAGES`. */
export type PageName = keyof typeof PAGES;

/** A page as it is served. */
export interface Page {
  readonly script: string;
  readonly style: string;
}

/** What Microsoft's packages bring for Internet Explorer; the product leaves it out as well. */
const POLYFILLS = [
  'whatwg-fetch',
  'es6-promise/auto',
  'es6-object-assign/auto',
  'es6-string-polyfills',
  'array.prototype.find',
  'intersection-observer',
];

/**
 * Bundles the pages as a product would be. Runs in the project's folder, as all tasks do.
 *
 * @param readable Keeps the names of functions, for a profile.
 */
export async function buildPages(
  names: readonly PageName[],
  readable: boolean,
): Promise<Map<PageName, Page>> {
  const { outputFiles } = await build({
    entryPoints: names.map((name) => ({ in: `test/bench/page/${PAGES[name]}`, out: name })),
    bundle: true,
    write: false,
    outdir: 'pages',
    format: 'iife',
    target: 'es2022',
    minify: !readable,
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: {
      ...Object.fromEntries(POLYFILLS.map((name) => [name, './src/ui/nothing.ts'])),
      // As in webpack.config.js.
      react: 'preact/compat',
      'react-dom': 'preact/compat',
    },
    loader: { '.eot': 'empty', '.ttf': 'empty', '.woff': 'empty', '.woff2': 'empty', '.svg': 'empty' },
    logLevel: 'error',
  });
  const textOf = (file: string): string =>
    outputFiles.find(({ path }) => path.endsWith(`/${file}`))?.text ?? '';
  return new Map(names.map((name) => [name, { script: textOf(`${name}.js`), style: textOf(`${name}.css`) }]));
}
