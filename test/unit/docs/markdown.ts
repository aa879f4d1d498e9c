import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** The project's folder. */
export const ROOT = resolve(__dirname, '../../..');

/** Generated folders. */
const MADE = ['node_modules', 'dist', 'out'];

/** Paths of all Markdown files of the project, relative to its folder. */
export function markdownFiles(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return MADE.includes(entry.name) || entry.name.startsWith('.') ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** All nodes of a Markdown file of the project, as GitHub reads it, in the order of the text. */
export function nodesIn(path: string): Nodes[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return nodesOf(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
}

/** A node and its descendants. */
export function nodesOf(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(nodesOf) : [])];
}

/** Text of a node without formatting. */
export function wordsOf(node: Nodes): string {
  return nodesOf(node)
    .map((each) => ('value' in each ? each.value : ''))
    .join('');
}
