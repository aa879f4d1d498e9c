import { gzipSync } from 'node:zlib';
import { besidePage, loadedBy, openVsix, pageOf } from './vsix';

/**
 * Maximum size of the scripts and styles of a page, in KiB of gzip (level 9). The form opens with every work item, and
 * the user waits for it with a cold cache.
 */
const budgetsKiB: Readonly<Record<string, number>> = {
  'dist/form-group.html': 110,
  'dist/observer.html': 40,
  // Loaded at the first click on the action; the user waits for it.
  'dist/bulk-action.html': 8,
  'dist/bulk-panel.html': 140,
  // The code of a preview is loaded on demand.
  'dist/gallery-page.html': 105,
};

/** Maximum size of the package, in KiB. */
const packageKiB = 6 * 1024;

const vsix = openVsix();
const pages = [...new Set(vsix.manifest.contributions.flatMap((one) => pageOf(one) ?? []))];

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

test('The package stays within its budget, including lazy chunks', () => {
  const first = new Set(pages.flatMap(partsOf));
  for (const path of vsix.paths.filter((one) => /\.(?:js|css)$/.test(one) && !first.has(one))) {
    print(`later: ${path} ${gzipKiB(path).toFixed(1)} KiB gzip`);
  }
  const size = vsix.sizeBytes / 1024;
  print(`package: ${size.toFixed(1)} of ${packageKiB} KiB`);
  expect(size).toBeLessThanOrEqual(packageKiB);
});
