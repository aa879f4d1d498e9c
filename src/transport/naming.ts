import type { LinkableAttachment } from '../model/attachment';
import { attachmentIdOf } from '../model/attachment';
import type { WorkItem } from '../model/work-item';

/**
 * How small files get their names. `?fileName=` makes every URL a new one, for which the browser asks the server's
 * permission (a preflight) once more; where the relation alone carries the name, many files share one URL (peer
 * figures, lesson 7). The name is optional in the specification, and Microsoft's own migrator sends it so (REST
 * reference A.1); a server that thinks otherwise is noticed, and gets the name in the URL from then on.
 */
export interface Naming {
  /** Whether the URL must carry the name. */
  readonly isInUrl: boolean;
  /** The server refused an upload without a name. */
  refused(): void;
  /** Compares what a work item shows with what it was asked for. */
  check(workItem: WorkItem, asked: readonly LinkableAttachment[]): void;
}

/** Names travel in the relations until the server shows that this does not do. */
export function createNaming(): Naming {
  let isInUrl = false;
  return {
    get isInUrl() {
      return isInUrl;
    },
    refused() {
      isInUrl = true;
    },
    check({ relations }, asked) {
      const shown = new Map(relations.map(({ url, name }) => [attachmentIdOf(url), name]));
      if (asked.some(({ reference, name }) => (shown.get(reference.id) ?? name) !== name)) isInUrl = true;
    },
  };
}
