import type { Definition, FootnoteDefinition, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { splitMarkdown } from './split-markdown';

/** A Markdown text, and what its parts refer to by a name. */
export interface MarkdownText {
  readonly root: Root;
  /** Addresses of links and images, by identifier. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** In the order in which they stand in the text, by identifier. */
  readonly footnotes: ReadonlyMap<string, FootnoteDefinition>;
}

/** A longer piece, in UTF-16 units, takes seconds. It is one list or table that a program wrote. */
const LONGEST_PIECE = 64 * 1024;

/** Lists and quotations within each other, deeper than anybody writes, of which each takes longer than the one before. */
const TOO_DEEP = /^(?:[ \t]*(?:[-*+>]|\d+[.)])){100}/m;

/** Names of links and footnotes, which may be given in one piece and used in another. */
const NAME = /^ {0,3}\[[^\]\n]{1,999}\]:.*$/gm;

/** With more of them, in UTF-16 units, each piece would take longer for the names than for itself. */
const MOST_NAMES = 4_000;

/** What stands between the names and a piece, so that its beginning does not belong to a footnote. */
const BETWEEN = '\n\n<!-- -->\n\n';

/** For how long the page may stand still, in milliseconds. */
const BREATH_MS = 50;

/**
 * Reads Markdown as GitHub writes it. Every text is Markdown; what would take too long is left as it is written.
 *
 * @param signal Ends the work early, with its reason.
 */
export async function parseMarkdown(text: string, signal: AbortSignal): Promise<MarkdownText> {
  const children: Root['children'] = [];
  const names = (text.match(NAME) ?? []).join('\n\n');
  // A link is one only where the name that it refers to is known.
  const before = names === '' || names.length > MOST_NAMES ? '' : names + BETWEEN;
  let start = performance.now();
  for (const piece of splitMarkdown(text)) {
    for (const node of parsePiece(piece, before)) children.push(node);
    if (performance.now() - start < BREATH_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    start = performance.now();
  }
  const root: Root = { type: 'root', children };
  return { root, ...collectNames(root) };
}

/** The nodes of a piece, without those of the names before it. */
function parsePiece(piece: string, before: string): Root['children'] {
  const asWritten: Root['children'] = [{ type: 'code', value: piece }];
  if (piece.length > LONGEST_PIECE || TOO_DEEP.test(piece)) return asWritten;
  try {
    return fromMarkdown(before + piece, {
      extensions: [gfm()],
      mdastExtensions: [gfmFromMarkdown()],
    }).children.filter(({ position }) => (position?.start.offset ?? 0) >= before.length);
  } catch (error) {
    // Deeper than the browser's stack, in a way that was not foreseen.
    if (error instanceof RangeError) return asWritten;
    throw error;
  }
}

function collectNames(root: Root): Omit<MarkdownText, 'root'> {
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

/** The first of several that are called the same is the one that counts. */
function addFirst<T extends { readonly identifier: string }>(nodes: Map<string, T>, node: T): void {
  if (!nodes.has(node.identifier)) nodes.set(node.identifier, node);
}
