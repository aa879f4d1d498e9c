import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { markdownFiles, nodesIn, ROOT, wordsOf } from './markdown';

/** Relative addresses of links and pictures in a Markdown file. */
function addressesIn(path: string): string[] {
  const addresses = nodesIn(path).flatMap((node) => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') return [node.url];
    if (node.type !== 'html') return [];
    return Array.from(node.value.matchAll(/\b(?:href|src|srcset)="([^"]*)"/g), ([, url]) => url!);
  });
  return addresses.filter((address) => !/^[a-z][a-z+.-]*:/i.test(address));
}

/** Anchors of the headings of a file on GitHub. */
function anchorsIn(path: string): Set<string> {
  const anchors = new Set<string>();
  for (const node of nodesIn(path)) {
    if (node.type !== 'heading') continue;
    const plain = wordsOf(node)
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replace(/ /g, '-');
    let anchor = plain;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${plain}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Whether a relative link has an existing target. */
function isAlive(address: string, from: string): boolean {
  const [path = '', anchor] = decodeURIComponent(address).split('#');
  // The marketplace resolves paths of its page from the root of the package.
  const folder = from === join('static', 'overview.md') ? '' : dirname(from);
  const target = path === '' ? from : join(folder, path);
  if (target.startsWith('..') || !existsSync(join(ROOT, target))) return false;
  return anchor === undefined || (target.endsWith('.md') && anchorsIn(target).has(anchor));
}

test('markdownFiles finds pages with links', () => {
  const files = markdownFiles();
  expect(files).toEqual(expect.arrayContaining(['README.md', join('docs', 'guide', 'README.md')]));
  expect(files.flatMap(addressesIn).length).toBeGreaterThan(50);
});

test.each(markdownFiles())('%s has no broken relative links', (path) => {
  expect(addressesIn(path).filter((address) => !isAlive(address, path))).toEqual([]);
});
