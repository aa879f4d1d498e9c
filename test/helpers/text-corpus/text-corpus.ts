import { createHash } from 'node:crypto';
import type { TextFormat } from '../../../src/azure/rest/long-texts';
import { slotsOf, type CorpusFile } from './addresses';
import { HTML_BLOCKS, HTML_ENDS, HTML_FRAMES, type Block } from './html-blocks';
import { MARKDOWN_BLOCKS, MARKDOWN_ENDS, MARKDOWN_FRAMES } from './markdown-blocks';

/** A long text with the pictures and linked attachments in it. */
export interface CorpusText {
  /** Names the parts; each text has another one. */
  readonly structure: string;
  readonly format: TextFormat;
  readonly text: string;
  /** In the order of the text. */
  readonly files: readonly CorpusFile[];
}

interface Grammar {
  readonly format: TextFormat;
  readonly blocks: readonly Block[];
  readonly ends: readonly Block[];
  readonly frames: readonly ((content: string) => string)[];
  readonly separator: string;
}

const GRAMMARS: readonly Grammar[] = [
  { format: 'html', blocks: HTML_BLOCKS, ends: HTML_ENDS, frames: HTML_FRAMES, separator: '' },
  {
    format: 'markdown',
    blocks: MARKDOWN_BLOCKS,
    ends: MARKDOWN_ENDS,
    frames: MARKDOWN_FRAMES,
    separator: '\n\n<!-- -->\n\n',
  },
];

/** Texts per format. */
const TEXTS = 250;

/** 500 long texts, half of them HTML, half Markdown; always the same, and no two of the same structure. */
export const TEXT_CORPUS: readonly CorpusText[] = GRAMMARS.flatMap((grammar) =>
  Array.from({ length: TEXTS }, (_, index) => textOf(grammar, index)),
);

/** The first texts are one part each; the others have two to nine, some of them framed, and sometimes an open end. */
function textOf({ format, blocks, ends, frames, separator }: Grammar, index: number): CorpusText {
  const choose = diceOf(`${format} ${index}`);
  const files: CorpusFile[] = [];
  const slots = slotsOf(`${format} ${index}`, files);
  const names: string[] = [];
  const parts: string[] = [];
  const add = (block: Block | undefined, name: string): void => {
    names.push(name);
    if (block) parts.push(block(slots));
  };
  if (index < blocks.length) add(blocks[index], `${index}`);
  else {
    const count = 2 + choose(8);
    for (let part = 0; part < count; part++) {
      const number = choose(blocks.length);
      add(blocks[number], `${number}`);
      const frame = choose(4) === 0 ? choose(frames.length) : undefined;
      const framed = frame === undefined ? undefined : frames[frame]?.(parts.at(-1) ?? '');
      if (framed !== undefined) parts.splice(-1, 1, framed);
      if (frame !== undefined) names.push(`in ${frame}`);
    }
    const end = choose(2 * ends.length);
    if (end < ends.length) add(ends[end], `end ${end}`);
  }
  return { structure: `${format}: ${names.join(', ')}`, format, text: parts.join(separator), files };
}

/** Returns numbers below a limit, always the same ones for a seed. */
function diceOf(seed: string): (limit: number) => number {
  let count = 0;
  return (limit) =>
    createHash('md5').update(`${seed} ${++count}`).digest().readUInt32BE() % Math.max(limit, 1);
}
