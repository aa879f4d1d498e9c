const { readdirSync, readFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const { sources } = require('webpack');

/** Changes of packages when Stapler is built, which their licenses require to be named. */
const CHANGES = {
  'pdfjs-dist': 'Changed: marks for omitted content are added to the parser (tools/pdf-omissions.cjs).',
};

/**
 * Writes `NOTICE.txt` beside the pages: the packages in the bundles with their licenses, as required by them.
 * Packages removed by the minimizer are listed as well.
 */
class NoticePlugin {
  /** @param {import('webpack').Compiler} compiler */
  apply(compiler) {
    compiler.hooks.thisCompilation.tap('NoticePlugin', (compilation) => {
      /** @type {string[]} */
      let files = [];
      // Later, webpack concatenates modules and hides their origin.
      compilation.hooks.finishModules.tap('NoticePlugin', (modules) => {
        files = [...modules].flatMap(({ resource }) => (packageFolder(resource) ? [resource] : []));
      });
      compilation.hooks.processAssets.tap('NoticePlugin', () => {
        compilation.emitAsset('NOTICE.txt', new sources.RawSource(renderNotices(files)));
      });
    });
  }
}

/** Returns the folder of a file's package; `undefined` for our own files. @param {string} [file] */
function packageFolder(file) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file ?? '')?.[0];
}

/** Returns the licenses of packages. @param {string[]} files Files of packages. @throws Error for a package without a license */
function renderNotices(files) {
  const folders = [...new Set(files.map(packageFolder))];
  const inner = [...new Set(files.map((file) => dirname(file)))].sort();
  const notices = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (typeof license !== 'string') throw new Error(`The package ${name} names no licence.`);
    const [own] = licensesIn(folder, /^licen[cs]e(\.|$)/i);
    // Data in a package can have licenses of its own beside it, such as fonts.
    const others = inner
      .filter((each) => each !== folder && packageFolder(each) === folder)
      .flatMap((each) =>
        licensesIn(each, /^LICENSE/).map((one) => `${basename(each)}/${one.file}\n\n${one.text}`),
      );
    const heading = [`${name} ${version} (${license})`, ...(CHANGES[name] ? [CHANGES[name]] : [])];
    return [...heading, own?.text ?? `Licence: ${license}`, ...others].join('\n\n');
  });
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  return ['Stapler contains parts of these packages.', ...notices.sort()].join(line).concat('\n');
}

/** @param {string} folder @param {RegExp} pattern */
function licensesIn(folder, pattern) {
  const names = readdirSync(folder).filter((name) => pattern.test(name));
  return names.map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8').trim() }));
}

module.exports = { NoticePlugin, renderNotices };
