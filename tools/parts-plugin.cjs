const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');

/** Writes the files of each named part that is loaded on demand, as JSON: `{ "view-word": ["12.js", …] }`. */
class PartsPlugin {
  /** @param {string} path Path of the file, outside of the package. */
  constructor(path) {
    this.path = path;
  }

  /** @param {import('webpack').Compiler} compiler */
  apply(compiler) {
    compiler.hooks.done.tap('PartsPlugin', ({ compilation }) => {
      const parts = [...compilation.namedChunkGroups].map(([name, group]) => [name, group.getFiles()]);
      mkdirSync(dirname(this.path), { recursive: true });
      writeFileSync(this.path, JSON.stringify(Object.fromEntries(parts), null, 2));
    });
  }
}

module.exports = { PartsPlugin };
