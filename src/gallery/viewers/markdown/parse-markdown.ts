import type { Definition, FootnoteDefinition, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { runInSteps } from '../../../base/steps';
import type { TaskContext } from '../../workers/task-context';
import { readWholeText } from '../text/encoding';
import { ViewerProblem } from '../viewer-problem';
import { splitMarkdown } from './split-markdown';

/** A parsed Markdown text and the targets of its references. */
export interface MarkdownText {
  /** Blocks in text order, in parts that are small enough to be drawn at once. */
  readonly parts: readonly (readonly RootContent[])[];
  /** Blocks that are shown as source, because they are too slow to parse or to draw. */
  readonly unformatted: ReadonlySet<RootContent>;
  /** Targets of links and images, by identifier. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Footnotes in text order, by identifier. */
  readonly footnotes: ReadonlyMap<string, FootnoteDefinition>;
  /** Number of nodes. */
  readonly nodeCount: number;
}

/**
 * Maximum length of a parsed piece, in UTF-16 units. A longer one is a generated list or table and takes seconds. On a
 * page, where nothing ends it, a hostile piece must not take long either.
 */
const MAX_PIECE_LENGTH = 64 * 1024;
const MAX_PIECE_LENGTH_ON_PAGE = 8 * 1024;

/** Nested lists and quotations beyond practical use. Parsing time grows faster than the depth. */
const TOO_DEEP = /^(?:[ \t]*(?:[-*+>]|\d+[.)])){100}/m;

/** Definitions of links and footnotes, possibly used in another piece. */
const DEFINITION = /^ {0,3}\[[^\]\n]{1,999}\]:.*$/gm;

/** Maximum length of all definitions, in UTF-16 units. They are parsed again with each piece. */
const MAX_DEFINITIONS_LENGTH = 4_000;

/** Separates the definitions from a piece, to keep its first block out of a footnote. */
const SEPARATOR = '\n\n<!-- -->\n\n';

/** Maximum number of nodes in a block. A block is drawn at once, and more take the page too long. */
const MAX_BLOCK_NODES = 10_000;

/** Number of nodes in a part, apart from a part of one large block. Drawing them takes some milliseconds. */
const NODES_OF_PART = 500;

/** Maximum number of nodes in a text. More elements make the page slow. */
export const MAX_NODES = 60_000;

/**
 * Reads GitHub Flavored Markdown.
 *
 * @throws ViewerProblem `too-many-parts` If the formatted text would make the page slow.
 */
export async function readMarkdown(bytes: Blob, context: TaskContext): Promise<MarkdownText> {
  return formatMarkdown(await readWholeText(bytes), context);
}

/** As `readMarkdown`, for a text. */
export function formatMarkdown(text: string, { signal, isInWorker }: TaskContext): Promise<MarkdownText> {
  return runInSteps(parseMarkdown(text, isInWorker ? MAX_PIECE_LENGTH : MAX_PIECE_LENGTH_ON_PAGE), signal);
}

/**
 * Parses GitHub Flavored Markdown. Every text is valid; parts too slow to parse or to draw become code blocks. Yields
 * after each piece.
 *
 * @param maxPieceLength Maximum length of a parsed piece, in UTF-16 units.
 * @throws ViewerProblem `too-many-parts`
 */
export function* parseMarkdown(
  text: string,
  maxPieceLength = MAX_PIECE_LENGTH,
): Generator<void, MarkdownText> {
  const blocks: RootContent[] = [];
  const parts: RootContent[][] = [];
  const unformatted = new Set<RootContent>();
  const definitions = (text.match(DEFINITION) ?? []).join('\n\n');
  // A reference without its definition is not a link.
  const prefix =
    definitions === '' || definitions.length > MAX_DEFINITIONS_LENGTH ? '' : definitions + SEPARATOR;
  let count = 0;
  let countOfPart = Infinity;
  const add = (block: Block): void => {
    if (countOfPart + block.count > NODES_OF_PART) {
      parts.push([]);
      countOfPart = 0;
    }
    parts.at(-1)?.push(block.node);
    blocks.push(block.node);
    if (block.isUnformatted) unformatted.add(block.node);
    countOfPart += block.count;
    count += block.count;
  };
  for (const piece of splitMarkdown(text)) {
    const isSlow = piece.length > maxPieceLength || TOO_DEEP.test(piece);
    for (const block of (!isSlow && parsePiece(piece, prefix)) || [asSource(piece)]) add(block);
    if (count > MAX_NODES) throw new ViewerProblem('too-many-parts');
    yield;
  }
  return { parts, unformatted, nodeCount: count, ...collectDefinitions(blocks) };
}

/** A block of a text. */
interface Block {
  readonly node: RootContent;
  /** Number of its nodes. */
  readonly count: number;
  readonly isUnformatted: boolean;
}

/** Returns the blocks of a piece, without those of the prefix, or `undefined` if it cannot be parsed. */
function parsePiece(piece: string, prefix: string): Block[] | undefined {
  try {
    return fromMarkdown(prefix + piece, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
      .children.filter(({ position }) => (position?.start.offset ?? 0) >= prefix.length)
      .map((node) => toBlock(node, prefix + piece));
  } catch (error) {
    // Stack overflow despite the limits.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function toBlock(node: RootContent, source: string): Block {
  const { position } = node;
  const count = prune(node);
  const value = source.slice(position?.start.offset, position?.end.offset);
  return count > MAX_BLOCK_NODES ? asSource(value) : { node, count, isUnformatted: false };
}

function asSource(value: string): Block {
  return { node: { type: 'code', value }, count: 1, isUnformatted: true };
}

/** Removes positions, which would be half of the message from the worker. Returns the number of nodes. */
function prune(node: RootContent): number {
  delete node.position;
  let count = 1;
  if ('children' in node) for (const child of node.children) count += prune(child);
  return count;
}

function collectDefinitions(blocks: readonly RootContent[]): Pick<MarkdownText, 'definitions' | 'footnotes'> {
  const definitions = new Map<string, Definition>();
  const footnotes = new Map<string, FootnoteDefinition>();
  const collect = (nodes: readonly RootContent[]): void => {
    for (const node of nodes) {
      if (node.type === 'definition') addFirst(definitions, node);
      else if (node.type === 'footnoteDefinition') addFirst(footnotes, node);
      if ('children' in node) collect(node.children);
    }
  };
  collect(blocks);
  return { definitions, footnotes };
}

/** The first definition of an identifier wins. */
function addFirst<T extends { readonly identifier: string }>(nodes: Map<string, T>, node: T): void {
  if (!nodes.has(node.identifier)) nodes.set(node.identifier, node);
}
