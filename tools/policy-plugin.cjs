const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { minifySync } = require('@swc/core');
const HtmlWebpackPlugin = require('html-webpack-plugin');

const firstScript = join(__dirname, '../src/entries/shared/first-script.js');

/** In English: the translations are in scripts that did not run. */
const UNSUPPORTED =
  'Stapler could not start. It needs Edge or Chrome 111, Firefox 128, Safari 16.4, or newer. If your browser is newer, reload the page.';

/**
 * Content security policy of a page, against markup in files, comments and responses. The first script of the page, the
 * only inline one, narrows it to the folder of the page (docs/decisions/0015). Styles need `unsafe-inline` because the SDK
 * writes the theme of the host into a style element. Connections need a wildcard because only the host knows the address
 * of the server.
 *
 * @param {string} script
 */
function policyWith(script) {
  return [
    "default-src 'none'",
    `script-src https: http: 'wasm-unsafe-eval' 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    "style-src https: http: 'unsafe-inline'",
    'img-src blob: data:',
    'media-src blob:',
    'connect-src https: http:',
    'worker-src https: http: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Puts the policy, and the script that narrows it, before all files of each page. */
class PolicyPlugin {
  /** @param {import('webpack').Compiler} compiler */
  apply(compiler) {
    compiler.hooks.compilation.tap('PolicyPlugin', (compilation) => {
      compilation.fileDependencies.add(firstScript);
      const source = readFileSync(firstScript, 'utf8').replace('UNSUPPORTED', JSON.stringify(UNSUPPORTED));
      const { code } = minifySync(source, { compress: { ecma: 5 }, mangle: true });
      const policy = { 'http-equiv': 'Content-Security-Policy', content: policyWith(code) };
      HtmlWebpackPlugin.getHooks(compilation).alterAssetTagGroups.tap('PolicyPlugin', ({ headTags }) => {
        headTags.unshift(
          { tagName: 'meta', voidTag: true, attributes: policy, meta: {} },
          { tagName: 'script', voidTag: false, attributes: {}, innerHTML: code, meta: {} },
        );
      });
    });
  }
}

module.exports = { PolicyPlugin };
