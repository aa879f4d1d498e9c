import { writeCsv } from '../../base/csv';
import type { PlanFile, PlanItem } from './plan';
import { pathOf } from './plan';

/**
 * Writes a manifest to fill in, as CSV: a row per work item without a file, then a row per file without a work item.
 * The last column shows the title to people; `readManifest` ignores it.
 */
export function manifestTemplate(items: readonly PlanItem[], files: readonly PlanFile[]): string {
  return writeCsv([
    ['Work item', 'File', 'Attach as', 'Comment', 'Work item title'],
    ...items.map(({ id, title }) => [String(id), '', '', '', title]),
    ...files.map((file) => ['', pathOf(file), '', '', '']),
  ]);
}
