import type { LinkableAttachment } from '../../azure/attachment';
import { attachmentIdOf } from '../../azure/attachment';
import type { WorkItem } from '../../azure/work-item';

/**
 * Place of the name of a small file. `?fileName=` makes every URL unique and costs a preflight each; with the name
 * only in the relation, many files share one URL (peer figures, lesson 7). The name is optional in the specification,
 * and Microsoft's own migrator omits it (REST reference A.1). If a server disagrees, names go into the URL from then
 * on.
 */
export interface Naming {
  /** Whether the URL must carry the name. */
  readonly isInUrl: boolean;
  /** Call it after the server refused an upload without a name. */
  requireUrlName(): void;
  /** Compares the names on a work item with the requested ones. */
  check(workItem: WorkItem, asked: readonly LinkableAttachment[]): void;
}

/** Starts with names in relations until the server rejects or loses one. */
export function createNaming(): Naming {
  let isInUrl = false;
  return {
    get isInUrl() {
      return isInUrl;
    },
    requireUrlName() {
      isInUrl = true;
    },
    check({ relations }, asked) {
      const shown = new Map(relations.map(({ url, name }) => [attachmentIdOf(url), name]));
      if (asked.some(({ reference, name }) => (shown.get(reference.id) ?? name) !== name)) isInUrl = true;
    },
  };
}
