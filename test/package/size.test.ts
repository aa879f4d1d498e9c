import { gzipSync } from 'node:zlib';
import { besidePage, loadedBy, openVsix, pageOf } from './vsix';

/**
 * What a page's script and styles may weigh together, in KiB of gzip (level 9). The form opens with every work item,
 * and a person waits for it each time that the browser's cache is cold.
 */
const budgetsKiB: Readonly<Record<string, number>> = {
  'dist/form-group.html': 140,
  'dist/observer.html': 40,
  // Loaded at the first click on the action, which waits for it.
  'dist/bulk-action.html': 8,
  'dist/bulk-panel.html': 140,
  // What is needed for a preview is loaded when one is asked for.
  'dist/gallery-page.html': 120,
};

const vsix = openVsix();

test.each([...new Set(vsix.manifest.contributions.flatMap((one) => pageOf(one) ?? []))])(
  '%s stays within its budget',
  (page) => {
    const parts = loadedBy(vsix.text(page)).map(({ url }) => besidePage(page, url));
    const sizes = parts.map((path) => gzipSync(vsix.bytes(path), { level: 9 }).length / 1024);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const detail = parts.map((path, index) => `${path} ${sizes[index]!.toFixed(1)}`).join(' + ');
    process.stdout.write(`${page}: ${detail} = ${total.toFixed(1)} of ${budgetsKiB[page]} KiB gzip\n`);
    expect(total).toBeLessThanOrEqual(budgetsKiB[page] ?? 0);
  },
);
