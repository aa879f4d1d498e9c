/** Uses the name of a chunk as its id, so that no page needs a table of ids and names. */
class ChunkIdsPlugin {
  /** @param {import('webpack').Compiler} compiler */
  apply(compiler) {
    compiler.hooks.compilation.tap('ChunkIdsPlugin', (compilation) => {
      // Before webpack's own plugin, which numbers the chunks that are still without an id.
      compilation.hooks.chunkIds.tap({ name: 'ChunkIdsPlugin', stage: -1 }, (chunks) => {
        for (const chunk of chunks) {
          if (!chunk.name || chunk.id !== null) continue;
          chunk.id = chunk.name;
          chunk.ids = [chunk.name];
        }
      });
    });
  }
}

module.exports = { ChunkIdsPlugin };
