import type { Area } from './area';
import { upright } from './area';

/** A block of a mosaic, in whole pixels. */
export interface Block extends Area {
  /** Gray level, from 0 to 255. */
  readonly gray: number;
}

/** Maximum number of blocks along one side. */
const MAX_BLOCKS = 64;

/** Range of gray levels, like that of a blurred text. */
const [DARKEST, BRIGHTEST] = [72, 200];

/**
 * Returns blocks that look like a pixelated part of an image. They come from a generator of numbers, never from the
 * image: blocks of averages can be turned back into text.
 *
 * @param area In whole pixels; the blocks cover it without gaps.
 * @param seed Whole number. Equal seeds give equal blocks.
 */
export function mosaicOf(area: Area, blockPx: number, seed: number): readonly Block[] {
  const { x, y, width, height } = upright(area);
  const step = Math.max(1, Math.round(blockPx), Math.ceil(Math.max(width, height) / MAX_BLOCKS));
  const next = numbersOf(seed);
  const blocks: Block[] = [];
  for (let top = 0; top < height; top += step)
    for (let left = 0; left < width; left += step)
      blocks.push({
        ...{ x: x + left, y: y + top },
        ...{ width: Math.min(step, width - left), height: Math.min(step, height - top) },
        gray: DARKEST + Math.floor(next() * (BRIGHTEST - DARKEST + 1)),
      });
  return blocks;
}

/** Returns a generator of numbers from 0 (inclusive) to 1 (exclusive): a linear congruential one. */
function numbersOf(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
