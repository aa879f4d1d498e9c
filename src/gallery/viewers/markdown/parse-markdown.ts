import type { Definition, FootnoteDefinition, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { splitMarkdown } from './split-markdown';

/** A parsed Markdown text and the targets of its references. */
export interface MarkdownText {
  readonly root: Root;
  /** Targets of links and images, by identifier. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Footnotes in text order, by identifier. */
  readonly footnotes: ReadonlyMap<string, FootnoteDefinition>;
}

/** Maximum length of a parsed piece, in UTF-16 units. A longer one is a generated list or table and takes seconds. */
const MAX_PIECE_LENGTH = 64 * 1024;

/** Nested lists and quotations beyond practical use. Parsing time grows faster than the depth. */
const TOO_DEEP = /^(?:[ \t]*(?:[-*+>]|\d+[.)])){100}/m;

/** Definitions of links and footnotes, possibly used in another piece. */
const DEFINITION = /^ {0,3}\[[^\]\n]{1,999}\]:.*$/gm;

/** Maximum length of all definitions, in UTF-16 units. They are parsed again with each piece. */
const MAX_DEFINITIONS_LENGTH = 4_000;

/** Separates the definitions from a piece, to keep its first block out of a footnote. */
const SEPARATOR = '\n\n<!-- -->\n\n';

/** Maximum time without yielding to the page, in milliseconds. */
const MAX_BLOCKING_MS = 50;

/**
 * Parses GitHub Flavored Markdown. Every text is valid; parts too slow to parse become code blocks.
 *
 * @param signal Aborts the parsing.
 */
export async function parseMarkdown(text: string, signal: AbortSignal): Promise<MarkdownText> {
  const children: Root['children'] = [];
  const definitions = (text.match(DEFINITION) ?? []).join('\n\n');
  // A reference without its definition is not a link.
  const prefix =
    definitions === '' || definitions.length > MAX_DEFINITIONS_LENGTH ? '' : definitions + SEPARATOR;
  let start = performance.now();
  for (const piece of splitMarkdown(text)) {
    for (const node of parsePiece(piece, prefix)) children.push(node);
    if (performance.now() - start < MAX_BLOCKING_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    start = performance.now();
  }
  const root: Root = { type: 'root', children };
  return { root, ...collectDefinitions(root) };
}

/** Returns the nodes of a piece, without those of the prefix. */
function parsePiece(piece: string, prefix: string): Root['children'] {
  const asCode: Root['children'] = [{ type: 'code', value: piece }];
  if (piece.length > MAX_PIECE_LENGTH || TOO_DEEP.test(piece)) return asCode;
  try {
    return fromMarkdown(prefix + piece, {
      extensions: [gfm()],
      mdastExtensions: [gfmFromMarkdown()],
    }).children.filter(({ position }) => (position?.start.offset ?? 0) >= prefix.length);
  } catch (error) {
    // Stack overflow despite the limits.
    if (error instanceof RangeError) return asCode;
    throw error;
  }
}

function collectDefinitions(root: Root): Omit<MarkdownText, 'root'> {
  const definitions = new Map<string, Definition>();
  const footnotes = new Map<string, FootnoteDefinition>();
  const collect = (nodes: readonly Root['children'][number][]): void => {
    for (const node of nodes) {
      if (node.type === 'definition') addFirst(definitions, node);
      else if (node.type === 'footnoteDefinition') addFirst(footnotes, node);
      if ('children' in node) collect(node.children);
    }
  };
  collect(root.children);
  return { definitions, footnotes };
}

/** The first definition of an identifier wins. */
function addFirst<T extends { readonly identifier: string }>(nodes: Map<string, T>, node: T): void {
  if (!nodes.has(node.identifier)) nodes.set(node.identifier, node);
}
