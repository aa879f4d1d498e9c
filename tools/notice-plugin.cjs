const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { sources } = require('webpack');

/**
 * Writes `NOTICE.txt` beside the pages: the packages in the bundles with their licenses, as required by them.
 * Packages removed by the minimizer are listed as well.
 */
class NoticePlugin {
  /** @param {import('webpack').Compiler} compiler */
  apply(compiler) {
    compiler.hooks.thisCompilation.tap('NoticePlugin', (compilation) => {
      /** @type {Set<string>} */
      let folders = new Set();
      // Later, webpack concatenates modules and hides their origin.
      compilation.hooks.finishModules.tap('NoticePlugin', (modules) => {
        folders = new Set([...modules].flatMap(({ resource }) => packageFolder(resource) ?? []));
      });
      compilation.hooks.processAssets.tap('NoticePlugin', () => {
        compilation.emitAsset('NOTICE.txt', new sources.RawSource(render([...folders])));
      });
    });
  }
}

/** Returns the folder of a file's package; `undefined` for our own files. @param {string} [file] */
function packageFolder(file) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file ?? '')?.[0];
}

/** @param {string[]} folders @throws Error for a package without a license */
function render(folders) {
  const notices = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (typeof license !== 'string') throw new Error(`The package ${name} names no licence.`);
    const file = readdirSync(folder).find((each) => /^licen[cs]e(\.|$)/i.test(each));
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
    return `${name} ${version} (${license})\n\n${text}`;
  });
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  return ['Stapler contains parts of these packages.', ...notices.sort()].join(line).concat('\n');
}

module.exports = { NoticePlugin };
