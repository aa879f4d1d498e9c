import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const docs = join(dirname(fileURLToPath(import.meta.url)), '..');
const { repository } = JSON.parse(readFileSync(join(docs, '../vss-extension.json'), 'utf8'));

/** Folder of the site on its server, such as `/stapler/`. */
const base = process.env.DOCS_BASE ?? '/';

/** Returns the heading of a page, without marks of code. @param {string} page Path in `docs`. */
function titleOf(page) {
  const heading = /^# (.+)$/m.exec(readFileSync(join(docs, page), 'utf8'))?.[1];
  if (!heading) throw new Error(`docs/${page} has no heading.`);
  return heading.replaceAll('`', '');
}

/** Returns the address of a page on the site. @param {string} page Path in `docs`. */
const addressOf = (page) => `/${page.replace(/README\.md$/, '').replace(/\.md$/, '')}`;

/** Group of the sidebar, with its pages by their headings. @param {string} text @param {string[]} pages */
const group = (text, pages, options = {}) => ({
  text,
  items: pages.map((page) => ({ text: titleOf(page), link: addressOf(page) })),
  ...options,
});

const decisions = readdirSync(join(docs, 'decisions'))
  .sort()
  .map((file) => `decisions/${file}`);

/** Anchors as on GitHub, where the same pages are read. @param {string} heading */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replace(/ /g, '-');

/**
 * Returns the target of a link on the site: pages of `docs` stay, other files of the project are on GitHub.
 *
 * @param {string} target @param {string} page Page with the link, relative to `docs`.
 */
function resolveLink(target, page) {
  if (/^(?:[a-z][a-z+.-]*:|#|\/)/i.test(target)) return target;
  const [path, anchor] = target.split('#');
  const file = posix.join('docs', posix.dirname(page), path);
  const end = anchor === undefined ? '' : `#${anchor}`;
  if (file.startsWith('docs/') && file.endsWith('.md')) return `${addressOf(file.slice(5))}${end}`;
  const kind = statSync(join(docs, '..', file)).isDirectory() ? 'tree' : 'blob';
  return `${repository.uri}/${kind}/main/${file}${end}`;
}

/** @param {import('vitepress').MarkdownRenderer} md */
function withOurLinks(md) {
  md.core.ruler.push('our-links', ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' && token.attrGet('href');
      if (href) token.attrSet('href', resolveLink(href, env.relativePath.replace(/index\.md$/, 'README.md')));
    }
  });
}

export default defineConfig({
  title: 'Stapler',
  description: 'Attach files to Azure DevOps work items, at any number and size, without losing one.',
  lang: 'en-US',
  outDir: '../out/docs',
  cacheDir: '../node_modules/.cache/vitepress',
  // Of `npm start`.
  ignoreDeadLinks: [/^https?:\/\/localhost/],
  rewrites: { ':folder/README.md': ':folder/index.md' },
  base,
  head: [
    ['link', { rel: 'icon', href: `${base}icon.svg` }],
    ['meta', { name: 'theme-color', content: '#0f548c' }],
  ],
  // The icon and the pictures of the marketplace.
  vite: { publicDir: join(docs, '../static') },
  markdown: {
    anchor: { slugify: anchorOf },
    config: withOurLinks,
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  themeConfig: {
    logo: '/icon.svg',
    search: { provider: 'local' },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: repository.uri }],
    externalLinkIcon: true,
    nav: [
      { text: 'Guide', link: '/guide/' },
      { text: 'Administration', link: '/administration' },
      { text: 'Command line', link: '/command-line/' },
      { text: 'Contribute', link: '/architecture' },
    ],
    sidebar: [
      group('Use', [
        'guide/README.md',
        'guide/form.md',
        'guide/attachments.md',
        'guide/many-work-items.md',
        'guide/hub.md',
        'troubleshooting.md',
        'support.md',
      ]),
      group('Administer', [
        'data-sheet.md',
        'administration.md',
        'guide/settings.md',
        'first-organization.md',
        'privacy.md',
        'security.md',
        'accessibility.md',
        'browsers.md',
      ]),
      group('Command line', [
        'command-line/README.md',
        'command-line/export.md',
        'command-line/history.md',
        'command-line/texts.md',
        'command-line/policy.md',
        'command-line/doctor.md',
      ]),
      group('Pipelines and agents', ['command-line/pipeline-task.md', 'command-line/mcp.md']),
      group('Contribute', [
        'architecture.md',
        'glossary.md',
        'development.md',
        'testing.md',
        'assumptions.md',
        'probe.md',
      ]),
      group('Decisions', decisions, { collapsed: true }),
    ],
  },
});
