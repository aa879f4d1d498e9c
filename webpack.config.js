const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const CssMinimizerPlugin = require('css-minimizer-webpack-plugin');
const HtmlWebpackPlugin = require('html-webpack-plugin');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');
const webpack = require('webpack');
const { NoticePlugin } = require('./tools/notice-plugin.cjs');
const manifest = require('./vss-extension.json');

const entries = join(__dirname, 'src/entries');

/** Entries with a page: `<folder>/<folder>.tsx` and `<folder>/<folder>.html`. */
const pages = readdirSync(entries, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(entries, entry.name, `${entry.name}.html`)))
  .map((entry) => entry.name);

/**
 * What a page of ours may load and do, whatever a file, a comment or a server's answer brings into it. Styles are the
 * host's own as well, which the SDK writes into a style element. Which server is asked, the host alone knows.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  'img-src blob: data:',
  'media-src blob:',
  'connect-src https: http:',
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Whoever packages it under another name says so to the build as well (tools/build.mjs). */
const extensionId = process.env.STAPLER_EXTENSION_ID ?? `${manifest.publisher}.${manifest.id}`;

/**
 * Build of the extension: swc for TypeScript, style sheets beside the script, classic scripts and relative addresses
 * only. In Azure DevOps Server a frame has the origin "null", where module scripts and web fonts fail.
 *
 * @returns {webpack.Configuration}
 */
module.exports = (_env, argv = {}) => {
  const production = argv.mode !== 'development';
  const nothing = join(__dirname, 'tools/empty-module.ts');
  return {
    name: 'extension',
    mode: production ? 'production' : 'development',
    context: __dirname,
    target: ['web', 'es2022'],
    devtool: production ? false : 'inline-source-map',
    entry: Object.fromEntries(pages.map((page) => [page, `./src/entries/${page}/${page}.tsx`])),
    output: { path: join(__dirname, 'dist'), filename: '[name].js', publicPath: '', clean: true },
    resolve: {
      extensions: ['.tsx', '.ts', '.js'],
      // A quarter of the form's first load, and kept up (docs/decisions/0011-preact.md).
      alias: { react$: 'preact/compat', 'react-dom$': 'preact/compat' },
    },
    module: {
      rules: [
        {
          test: /\.tsx?$/,
          exclude: /node_modules/,
          loader: 'swc-loader',
          options: {
            jsc: {
              parser: { syntax: 'typescript', tsx: true },
              transform: { react: { runtime: 'classic' } },
              target: 'es2022',
            },
          },
        },
        { test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] },
        { test: /\.m?js$/, resolve: { fullySpecified: false } },
      ],
    },
    performance: { hints: false },
    stats: 'errors-warnings',
    optimization: {
      minimizer: ['...', new CssMinimizerPlugin()],
      splitChunks: {
        // By a name that tests and people can tell: it is the one that is large, and not written as we write.
        cacheGroups: {
          pdf: { test: /[\\/]pdfjs-dist[\\/]/, name: 'pdf', chunks: 'async' },
          // Loaded once for all of them. Styles are not: their order is that in which each page names them.
          shared: {
            name: 'shared',
            test: ({ type }) => type !== 'css/mini-extract',
            chunks: (chunk) => ['form-group', 'bulk-panel', 'gallery-page'].includes(chunk.name),
            minChunks: 3,
            enforce: true,
          },
        },
      },
    },
    plugins: [
      // azure-devops-ui pulls 1.4 MB of icon fonts in with its first button; our icons are inline SVG.
      new webpack.NormalModuleReplacementPlugin(/(Fabric|Fluent)Icons\.css$/, nothing),
      // Microsoft's packages bring polyfills for Internet Explorer.
      new webpack.NormalModuleReplacementPlugin(
        /^(whatwg-fetch|es6-promise\/auto|es6-object-assign\/auto|es6-string-polyfills|array\.prototype\.find|intersection-observer)$/,
        nothing,
      ),
      new webpack.DefinePlugin({
        EXTENSION_ID: JSON.stringify(extensionId),
        // Where a module of a library lay on the machine that built the extension is nobody's business.
        'import.meta.url': JSON.stringify(''),
        'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development'),
      }),
      new MiniCssExtractPlugin({ filename: '[name].css' }),
      new NoticePlugin(),
      ...pages.map(
        (page) =>
          new HtmlWebpackPlugin({
            template: `./src/entries/${page}/${page}.html`,
            filename: `${page}.html`,
            chunks: [page],
            scriptLoading: 'blocking',
            inject: 'body',
            meta: {
              policy: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
            },
          }),
      ),
    ],
  };
};
