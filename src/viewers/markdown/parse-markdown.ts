import type { Definition, FootnoteDefinition, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** A Markdown text, and what its parts refer to by a name. */
export interface MarkdownText {
  readonly root: Root;
  /** Addresses of links and images, by identifier. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** In the order in which they stand in the text, by identifier. */
  readonly footnotes: ReadonlyMap<string, FootnoteDefinition>;
}

/** Reads Markdown as GitHub writes it. Every text is Markdown. */
export function parseMarkdown(text: string): MarkdownText {
  const root = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const definitions = new Map<string, Definition>();
  const footnotes = new Map<string, FootnoteDefinition>();
  const collect = (nodes: readonly Root['children'][number][]): void => {
    for (const node of nodes) {
      // The first of several that are called the same is the one that counts.
      if (node.type === 'definition' && !definitions.has(node.identifier))
        definitions.set(node.identifier, node);
      else if (node.type === 'footnoteDefinition' && !footnotes.has(node.identifier))
        footnotes.set(node.identifier, node);
      if ('children' in node) collect(node.children);
    }
  };
  collect(root.children);
  return { root, definitions, footnotes };
}
