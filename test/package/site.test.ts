import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTask } from './run-task';

const ROOT = resolve(__dirname, '../..');
const site = mkdtempSync(join(tmpdir(), 'stapler-site-'));
afterAll(() => rmSync(site, { recursive: true }));

const read = (path: string): string => readFileSync(join(site, path), 'utf8');
const filesOf = (ending: string): readonly string[] =>
  readdirSync(site, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith(ending));

/** Values of an attribute in a page. */
const valuesOf = (html: string, pattern: RegExp): readonly string[] =>
  Array.from(html.matchAll(pattern), ([, value]) => value!.replaceAll('&amp;', '&'));

/** File of an address of the site; `undefined` if there is none. */
function fileAt(path: string): string | undefined {
  const plain = decodeURIComponent(path).replace(/^\//, '');
  return [plain, `${plain}index.html`, `${plain}.html`].find(
    (each) => /\.\w+$/.test(each) && existsSync(join(site, each)),
  );
}

describe('npm run docs', () => {
  test('builds the site', () => {
    expect(runTask(['tools/docs.mjs', '--output', site])).toMatchObject({ status: 0 });
    expect(filesOf('.html')).toEqual(
      expect.arrayContaining(['index.html', 'guide/form.html', 'guide/index.html']),
    );
  });

  test('has a page for each Markdown file of docs', () => {
    const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.md'))
      .map((path) => path.replace('README.md', 'index.md').replace(/md$/, 'html'));
    expect(
      filesOf('.html')
        .filter((path) => path !== '404.html')
        .sort(),
    ).toEqual(pages.sort());
  });

  test('has its pages by audience', () => {
    const headings = valuesOf(read('guide/form.html'), /<h2 class="text"[^>]*>([^<]+)</g);
    expect(headings).toEqual([
      ...['Use', 'Administer', 'Command line', 'Pipelines and agents', 'Contribute', 'Decisions'],
    ]);
    const links = valuesOf(read('guide/form.html'), /class="VPLink link link"[^>]* href="([^"]+)"/g);
    const files = links.flatMap((link) => fileAt(link) ?? []);
    const unlisted = filesOf('.html').filter((page) => !files.includes(page));
    expect(unlisted.sort()).toEqual(['404.html', 'index.html']);
    expect(links).toEqual(
      expect.arrayContaining(['/command-line/mcp.html', '/command-line/pipeline-task.html']),
    );
  });

  test('has no broken link and no broken anchor', () => {
    const broken = filesOf('.html').flatMap((page) =>
      valuesOf(read(page), /<a\b[^>]* href="([^"]+)"/g)
        .filter((href) => {
          if (/^[a-z]+:/.test(href)) return false;
          const [path = '', anchor] = href.split('#');
          const file = path === '' ? page : fileAt(path);
          if (file === undefined) return true;
          return Boolean(anchor) && !read(file).includes(`id="${decodeURIComponent(anchor!)}"`);
        })
        .map((href) => `${page}: ${href}`),
    );
    expect(broken).toEqual([]);
  });

  test('loads nothing from another server', () => {
    const elsewhere = /^(?:https?:)?\/\//;
    const loaded = filesOf('.html').flatMap((page) => [
      ...valuesOf(read(page), /<(?:script|img|source|iframe)\b[^>]* src(?:set)?="([^"]+)"/g),
      ...valuesOf(read(page), /<link\b[^>]* href="([^"]+)"/g),
    ]);
    expect(loaded.filter((address) => elsewhere.test(address))).toEqual([]);
    const styled = filesOf('.css').flatMap((style) => valuesOf(read(style), /url\(["']?([^"')]+)/g));
    expect(styled.filter((address) => elsewhere.test(address))).toEqual([]);
    expect(loaded.filter((address) => address.startsWith('/') && !fileAt(address))).toEqual([]);
  });

  test('has an index for its search', () => {
    const index = filesOf('.js').find((path) => path.includes('localSearchIndex'));
    expect(read(index!)).toContain('Resume interrupted uploads');
  });
});
