import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { besidePage, loadedBy, openVsix, pageOf, WINDOW_PAGE } from './vsix';

/**
 * Maximum size of the scripts and styles of a page, in KiB of gzip (level 9). The form opens with every work item, and
 * the user waits for it with a cold cache.
 */
const budgetsKiB: Readonly<Record<string, number>> = {
  'dist/form-group.html': 110,
  'dist/observer.html': 38,
  // Loaded at the first click on the action; the user waits for it.
  'dist/bulk-action.html': 7,
  'dist/bulk-panel.html': 135,
  // The code of a preview is loaded on demand.
  'dist/gallery-page.html': 110,
  'dist/hub.html': 120,
  'dist/settings.html': 90,
  [WINDOW_PAGE]: 30,
};

/** Maximum size of the package, in KiB. */
const packageKiB = 6 * 1024;

const vsix = openVsix();
const pages = [...new Set([...vsix.manifest.contributions.flatMap((one) => pageOf(one) ?? []), WINDOW_PAGE])];

/** Files of a page's first load. */
function partsOf(page: string): string[] {
  return loadedBy(vsix.text(page)).map(({ url }) => besidePage(page, url));
}

function gzipKiB(path: string): number {
  return gzipSync(vsix.bytes(path), { level: 9 }).length / 1024;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

test.each(pages)('The page %s stays within its budget', (page) => {
  const parts = partsOf(page);
  const sizes = parts.map(gzipKiB);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const detail = parts.map((path, index) => `${path} ${sizes[index]!.toFixed(1)}`).join(' + ');
  print(`${page}: ${detail} = ${total.toFixed(1)} of ${budgetsKiB[page]} KiB gzip`);
  expect(total).toBeLessThanOrEqual(budgetsKiB[page] ?? 0);
});

test('The code to make videos smaller has at most 150 KiB', () => {
  expect(gzipKiB('dist/video.js')).toBeLessThanOrEqual(150);
});

test('The package stays within its budget, including lazy chunks', () => {
  const first = new Set(pages.flatMap(partsOf));
  for (const path of vsix.paths.filter((one) => /\.(?:js|css)$/.test(one) && !first.has(one))) {
    print(`later: ${path} ${gzipKiB(path).toFixed(1)} KiB gzip`);
  }
  const size = vsix.sizeBytes / 1024;
  print(`package: ${size.toFixed(1)} of ${packageKiB} KiB`);
  expect(size).toBeLessThanOrEqual(packageKiB);
});

/** Maximum size of the image editor, in KiB of gzip, with its styles. */
const editorKiB = 70;

/** Names of the parts that are loaded on demand, with their files. */
function partsOnDemand(): Readonly<Record<string, readonly string[]>> {
  return JSON.parse(readFileSync(join(__dirname, '../../out/parts.json'), 'utf8')) as Record<
    string,
    string[]
  >;
}

test('The image editor stays within its budget', () => {
  const size = (partsOnDemand()['editor'] ?? []).reduce((sum, file) => sum + gzipKiB(`dist/${file}`), 0);
  print(`editor: ${size.toFixed(1)} of ${editorKiB} KiB gzip`);
  expect(size).toBeGreaterThan(0);
  expect(size).toBeLessThanOrEqual(editorKiB);
});

/**
 * Maximum size of the parts of a viewer, in KiB of gzip: with the libraries that it shares with other viewers, without
 * what the gallery has loaded before.
 */
const viewerBudgetsKiB: Readonly<Record<string, number>> = {
  'view-pdf': 160,
};

test('The parts of each viewer stay within their budget', () => {
  const viewers = Object.entries(partsOnDemand()).filter(([name]) =>
    /^(?:view|read|parse|diff|highlight)-/.test(name),
  );
  expect(viewers.length).toBeGreaterThan(20);
  const tooLarge = viewers.flatMap(([name, files]) => {
    const size = files.reduce((sum, file) => sum + gzipKiB(`dist/${file}`), 0);
    const budget = viewerBudgetsKiB[name] ?? 40;
    print(`viewer: ${name} ${size.toFixed(1)} of ${budget} KiB gzip`);
    return size <= budget ? [] : [`${name} has ${size.toFixed(1)} KiB`];
  });
  expect(tooLarge).toEqual([]);
});
