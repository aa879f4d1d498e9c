import { updateRequestsFor } from '../../../azure/rest/updates';
import type { AuthorCost } from '../project-index';
import { wordAt } from './columns';
import type { FoundFiles } from './duplicate-report';

type Found = Pick<FoundFiles, 'snapshot' | 'rows'>;

/** Work item with found files whose author is unknown. */
interface AuthorlessItem {
  readonly revision: number;
  files: number;
}

/** Returns the number of found files without a known author, and about how many requests find the authors. */
export function authorCostOf(found: Found): AuthorCost {
  const cost = { files: 0, requests: 0 };
  for (const { revision, files } of itemsIn(found).values()) {
    cost.files += files;
    cost.requests += updateRequestsFor(revision);
  }
  return cost;
}

/** Returns the work items of these files, ascending. */
export function readAuthorless(found: Found): readonly number[] {
  return [...itemsIn(found).keys()].sort((a, b) => a - b);
}

function itemsIn({ snapshot, rows }: Found): ReadonlyMap<number, AuthorlessItem> {
  const items = new Map<number, AuthorlessItem>();
  for (const row of rows) {
    const { segment, file } = snapshot.placeOf(row);
    if (wordAt(segment.people, file) !== '') continue;
    const index = segment.items[file] ?? 0;
    const id = segment.ids[index] ?? 0;
    const item = items.get(id) ?? { revision: segment.revisions[index] ?? 0, files: 0 };
    item.files++;
    items.set(id, item);
  }
  return items;
}
