import { writeCsv } from './csv';
import type { PlanFile, PlanItem } from './plan';
import { pathOf } from './plan';

/**
 * A manifest to fill in, as CSV: a row for each work item that lacks its file, and one for each file that lacks its
 * work item. The last column tells people what the number stands for; `readManifest` does not look at it.
 */
export function templateOf(items: readonly PlanItem[], files: readonly PlanFile[]): string {
  return writeCsv([
    ['Work item', 'File', 'Attach as', 'Comment', 'Work item title'],
    ...items.map(({ id, title }) => [String(id), '', '', '', title]),
    ...files.map((file) => ['', pathOf(file), '', '', '']),
  ]);
}
