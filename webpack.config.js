const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const CssMinimizerPlugin = require('css-minimizer-webpack-plugin');
const HtmlWebpackPlugin = require('html-webpack-plugin');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');
const MinimizerPlugin = require('minimizer-webpack-plugin');
const webpack = require('webpack');
const { ChunkIdsPlugin } = require('./tools/chunk-ids-plugin.cjs');
const { NoticePlugin } = require('./tools/notice-plugin.cjs');
const { PartsPlugin } = require('./tools/parts-plugin.cjs');
const { PolicyPlugin } = require('./tools/policy-plugin.cjs');
const { browserslist } = require('./package.json');
const manifest = require('./vss-extension.json');

const entries = join(__dirname, 'src/entries');

/** Entries with a page: `<folder>/<folder>.tsx` and `<folder>/<folder>.html`. */
const pages = readdirSync(entries, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(entries, entry.name, `${entry.name}.html`)))
  .map((entry) => entry.name);

/** Set by `tools/build.mjs` for a package with another publisher or id. */
const extensionId = process.env.STAPLER_EXTENSION_ID ?? `${manifest.publisher}.${manifest.id}`;

/**
 * Build of the extension: classic scripts, separate style sheets, relative URLs. Module scripts and web fonts fail in
 * the sandboxed frames of Azure DevOps Server, whose origin is `null`.
 *
 * @returns {webpack.Configuration}
 */
module.exports = (_env, argv = {}) => {
  const production = argv.mode !== 'development';
  const nothing = join(__dirname, 'tools/empty-module.ts');
  const noEncryption = join(__dirname, 'tools/no-encryption.mjs');
  return {
    name: 'extension',
    mode: production ? 'production' : 'development',
    context: __dirname,
    // As `browserslist` in package.json says.
    target: 'browserslist',
    devtool: production ? false : 'inline-source-map',
    entry: {
      ...Object.fromEntries(pages.map((page) => [page, `./src/entries/${page}/${page}.tsx`])),
      // Started by `startWorker`; a worker has no elements to load chunks with.
      'file-worker': {
        import: './src/gallery/workers/worker.ts',
        chunkLoading: 'import-scripts',
      },
      // The index of a project: rows, search and storage.
      'project-worker': {
        import: './src/gallery/project/data/project-worker.ts',
        chunkLoading: 'import-scripts',
      },
      // The hashes of a file in parts.
      'hash-worker': {
        import: './src/upload/volumes/hash-worker.ts',
        chunkLoading: 'import-scripts',
      },
      'pdf-worker': {
        import: './src/gallery/viewers/pdf/pdf-worker.ts',
        chunkLoading: 'import-scripts',
      },
    },
    output: { path: join(__dirname, 'dist'), filename: '[name].js', publicPath: '', clean: true },
    resolve: {
      extensions: ['.tsx', '.ts', '.js'],
      // docs/decisions/0011-preact.md
      alias: {
        ...{ react$: 'preact/compat', 'react-dom$': 'preact/compat' },
        // Its code for browsers needs a document, and Markdown is parsed in workers.
        'decode-named-character-reference$': require.resolve('decode-named-character-reference'),
      },
    },
    module: {
      rules: [
        // Its streams are for Node only.
        { test: /[\\/]sax[\\/]lib[\\/]/, resolve: { fallback: { stream: false, string_decoder: false } } },
        // One table of HTML entities is enough.
        {
          test: /[\\/]@zip\.js[\\/]/,
          resolve: {
            alias: { './aes-crypto-stream.js': noEncryption, './zip-crypto-stream.js': noEncryption },
          },
        },
        {
          test: /[\\/]postal-mime[\\/]/,
          resolve: {
            alias: { './html-entities.js': join(__dirname, 'src/gallery/viewers/email/html-entities.ts') },
          },
        },
        {
          test: /\.tsx?$/,
          exclude: /node_modules/,
          loader: 'swc-loader',
          options: {
            env: { targets: browserslist },
            jsc: {
              parser: { syntax: 'typescript', tsx: true },
              transform: { react: { runtime: 'classic' } },
            },
          },
        },
        { test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] },
        { test: /\.m?js$/, resolve: { fullySpecified: false } },
        {
          test: /[\\/]pdfjs-dist[\\/]legacy[\\/]build[\\/]pdf\.worker\.mjs$/,
          loader: join(__dirname, 'tools/pdf-omissions.cjs'),
        },
        // Data of pdf.js, as chunks: a sandboxed frame cannot fetch files.
        {
          test: /[\\/]pdfjs-dist[\\/].+\.(?:bcmap|pfb|ttf|wasm)$/,
          type: 'asset/inline',
          generator: { dataUrl: (content) => content.toString('base64') },
        },
      ],
    },
    performance: { hints: false },
    stats: 'errors-warnings',
    optimization: {
      // swc takes a quarter of the time of terser. NOTICE.txt has the licenses instead of the comments.
      minimizer: [
        new MinimizerPlugin({
          minify: MinimizerPlugin.swcMinify,
          minimizerOptions: { format: { comments: false } },
          extractComments: false,
        }),
        new CssMinimizerPlugin(),
      ],
      splitChunks: {
        cacheGroups: {
          // Names for tests and people: these are by far the largest chunks.
          pdf: { test: /[\\/]pdfjs-dist[\\/].+[\\/]pdf\.mjs$/, name: 'pdf', chunks: 'async' },
          pdfParser: {
            test: /[\\/]pdfjs-dist[\\/].+[\\/]pdf\.worker\.mjs$/,
            name: 'pdf-parser',
            chunks: 'async',
          },
          video: { test: /[\\/]node_modules[\\/]mediabunny[\\/]/, name: 'video', chunks: 'async' },
          // Packages only: our own modules are smaller when each page joins them into one. Without styles, because their
          // order differs by page.
          shared: {
            name: 'shared',
            test: ({ type, resource = '' }) =>
              type !== 'css/mini-extract' && /[\\/]node_modules[\\/]/.test(resource),
            chunks: (chunk) =>
              ['form-group', 'bulk-panel', 'gallery-page', 'hub', 'settings'].includes(chunk.name),
            minChunks: 4,
            enforce: true,
          },
        },
      },
    },
    plugins: [
      // The first button of azure-devops-ui imports 1.4 MB of icon fonts; our icons are inline SVG.
      new webpack.NormalModuleReplacementPlugin(/(Fabric|Fluent)Icons\.css$/, nothing),
      // Polyfills for Internet Explorer in Microsoft's packages.
      new webpack.NormalModuleReplacementPlugin(
        /^(whatwg-fetch|es6-promise\/auto|es6-object-assign\/auto|es6-string-polyfills|array\.prototype\.find|intersection-observer)$/,
        nothing,
      ),
      new webpack.DefinePlugin({
        EXTENSION_ID: JSON.stringify(extensionId),
        // Keeps paths of the build machine out of the package.
        'import.meta.url': JSON.stringify(''),
        'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development'),
      }),
      new MiniCssExtractPlugin({ filename: '[name].css' }),
      new ChunkIdsPlugin(),
      new NoticePlugin(),
      new PartsPlugin(join(__dirname, 'out/parts.json')),
      new PolicyPlugin(),
      ...pages.map(
        (page) =>
          new HtmlWebpackPlugin({
            template: `./src/entries/${page}/${page}.html`,
            filename: `${page}.html`,
            chunks: [page],
            scriptLoading: 'blocking',
            inject: 'body',
          }),
      ),
    ],
  };
};
