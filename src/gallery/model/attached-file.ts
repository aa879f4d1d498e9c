import type { AttachmentOfItem, AttachmentReference, WorkItem } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../azure/work-item';
import type { LongText } from '../../azure/rest/long-texts';
import type { TextFile } from '../../upload/texts/text-file';
import type { Addition } from '../../azure/rest/additions';
import type { FileKind } from '../../base/file-kind';
import { kindOf } from '../../base/file-kind';
import { readComment } from '../../upload/intake/folder-mark';
import type { VolumeSet } from '../../upload/volumes/volume-sets';

/** A file on a work item: an attachment, or a split file in place of the attachments that are its volumes. */
export interface AttachedFile {
  readonly workItemId: number;
  /** Such as `Bug`; empty if unknown. */
  readonly workItemType: string;
  readonly reference: AttachmentReference;
  readonly name: string;
  readonly kind: FileKind;
  /** In bytes; `undefined` if unknown. */
  readonly size: number | undefined;
  /** Without the folder. */
  readonly comment: string;
  /** Folder that the file came from, `logs/2026`; empty if unknown. */
  readonly folder: string;
  /** Time of attaching by the server's clock, in milliseconds since the epoch; `NaN` if unknown. */
  readonly addedAt: number;
  /** Display name of the author; empty while unknown. */
  readonly addedBy: string;
  /** Set for a file in texts of the work item. The list of attachments may have it as well, as another file. */
  readonly inText?: InText;
  /** Set for a split file. Its reference is that of the first volume. */
  readonly volumes?: VolumeSet<AttachedFile>;
}

/** Use of a file in texts. */
export interface InText {
  /** Place of its bytes; `embedded`: in the text itself. */
  readonly place: 'here' | 'other-project' | 'elsewhere' | 'embedded';
  /** At least one, in the order of the texts. */
  readonly uses: readonly TextUse[];
}

/** Use of a file in one text. */
export interface TextUse {
  readonly text: TextOfItem;
  readonly source: LongText;
  /** Its place in the source. */
  readonly file: TextFile;
}

/** A text of a work item. */
export type TextOfItem =
  | {
      readonly kind: 'field';
      /** Reference name, `System.Description`. */
      readonly field: string;
      /** Name in the language of the organization. */
      readonly name: string;
    }
  | {
      readonly kind: 'comment';
      readonly id: number;
      /** Display name of the author; empty if unknown. */
      readonly by: string;
      /** In milliseconds since the epoch; `NaN` if unknown. */
      readonly at: number;
    };

/** Returns a key, unique across work items and their texts. */
export function keyOfFile(file: Pick<AttachedFile, 'workItemId' | 'reference' | 'inText'>): string {
  const { workItemId, reference, inText } = file;
  return `${workItemId} ${reference.id}${inText ? ' in text' : ''}`;
}

/** Returns the attachments of a file: the volumes of a split one that are there, or itself. */
export function partsOf(file: AttachedFile): readonly AttachedFile[] {
  return file.volumes?.volumes.flatMap((volume) => volume?.file ?? []) ?? [file];
}

/** Identifies the attachment for another frame. */
export function attachmentOf({ workItemId, reference }: AttachedFile): AttachmentOfItem {
  return { workItemId, attachmentId: reference.id };
}

/**
 * Returns the attachments of a work item, in its order. Skips relations without an attachment GUID in their URL: there
 * is nothing to show for them.
 *
 * @param additions Authors and times by attachment GUID, possibly incomplete.
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
        workItemType: workItem.type,
        reference: { id, url },
        name: name === '' ? id : name,
        kind: kindOf(name),
        size: typeof resourceSize === 'number' ? resourceSize : undefined,
        ...readComment(typeof comment === 'string' ? comment : ''),
        addedAt: dates.find((date) => !Number.isNaN(date)) ?? addition?.at ?? NaN,
        addedBy: addition?.by ?? '',
      },
    ];
  });
}
