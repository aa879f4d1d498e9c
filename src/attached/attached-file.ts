import type { AttachmentReference } from '../model/attachment';
import { attachmentIdOf } from '../model/attachment';
import type { WorkItem } from '../model/work-item';
import { attachmentsOf } from '../model/work-item';
import type { Addition } from '../rest/additions';
import type { FileKind } from '../model/file-kind';
import { kindOf } from '../model/file-kind';

/** An attachment as a person looks at it. */
export interface AttachedFile {
  readonly workItemId: number;
  readonly reference: AttachmentReference;
  readonly name: string;
  readonly kind: FileKind;
  /** In bytes; `undefined` where the server does not say. */
  readonly size: number | undefined;
  readonly comment: string;
  /** When it was attached by the server's clock, in milliseconds since the epoch; `NaN` where nobody says. */
  readonly addedAt: number;
  /** Who attached it, as people read it; empty until that is known. */
  readonly addedBy: string;
}

/** What tells one from all others, those on other work items included. */
export function keyOfFile({ workItemId, reference }: Pick<AttachedFile, 'workItemId' | 'reference'>): string {
  return `${workItemId} ${reference.id}`;
}

/**
 * What is attached to a work item, in its own order. Relations whose address names no attachment are left out: there
 * is nothing to show of them.
 *
 * @param additions By GUID of the attachment, as far as they are known.
 */
export function attachedFilesOf(
  workItem: WorkItem,
  additions: ReadonlyMap<AttachmentReference['id'], Addition> = new Map(),
): readonly AttachedFile[] {
  return attachmentsOf(workItem).flatMap(({ url, name, attributes }): AttachedFile[] => {
    const id = attachmentIdOf(url);
    if (id === undefined) return [];
    const { comment, resourceSize, authorizedDate, resourceCreatedDate } = attributes;
    const addition = additions.get(id);
    const dates = [authorizedDate, resourceCreatedDate].map((date) => Date.parse(String(date)));
    return [
      {
        workItemId: workItem.id,
        reference: { id, url },
        name: name === '' ? id : name,
        kind: kindOf(name),
        size: typeof resourceSize === 'number' ? resourceSize : undefined,
        comment: typeof comment === 'string' ? comment : '',
        addedAt: dates.find((date) => !Number.isNaN(date)) ?? addition?.at ?? NaN,
        addedBy: addition?.by ?? '',
      },
    ];
  });
}
