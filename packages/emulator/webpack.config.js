const { join } = require('node:path');
const HtmlWebpackPlugin = require('html-webpack-plugin');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');
const MinimizerPlugin = require('minimizer-webpack-plugin');

const page = join(__dirname, 'src/host/page');

/** Build of the host page, into `dist` of this package. */
module.exports = (_env, argv = {}) => {
  const production = argv.mode !== 'development';
  return {
    name: 'emulator',
    mode: production ? 'production' : 'development',
    context: __dirname,
    target: ['web', 'es2022'],
    devtool: production ? false : 'inline-source-map',
    entry: { host: join(page, 'index.tsx') },
    output: { path: join(__dirname, 'dist'), filename: '[name].js', publicPath: '', clean: true },
    resolve: {
      extensions: ['.tsx', '.ts', '.js'],
      alias: { react$: 'preact/compat', 'react-dom$': 'preact/compat' },
    },
    module: {
      rules: [
        {
          test: /\.tsx?$/,
          include: join(__dirname, 'src'),
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
      minimizer: [
        new MinimizerPlugin({
          minify: MinimizerPlugin.swcMinify,
          minimizerOptions: { format: { comments: false } },
          extractComments: false,
        }),
      ],
    },
    plugins: [
      new MiniCssExtractPlugin({ filename: '[name].css' }),
      new HtmlWebpackPlugin({
        template: join(page, 'index.html'),
        filename: 'host.html',
        scriptLoading: 'blocking',
        inject: 'body',
      }),
    ],
  };
};
