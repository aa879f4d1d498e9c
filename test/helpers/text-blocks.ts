import type { RowBlock } from '../../src/gallery/viewers/text/text-file';

/** A text in memory, read in blocks of a few rows. */
export function textBlocks(
  rows: readonly string[],
  blockRows = 3,
): { readBlocks: (signal: AbortSignal) => AsyncGenerator<RowBlock, void> } {
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- as the blocks of a file
    readBlocks: async function* (signal) {
      for (let firstRow = 0; firstRow < rows.length; firstRow += blockRows) {
        signal.throwIfAborted();
        yield { firstRow, texts: rows.slice(firstRow, firstRow + blockRows) };
      }
    },
  };
}
