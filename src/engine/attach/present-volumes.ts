import type { AttachmentReference } from '../../azure/work-item';
import type { PlanAttachment, PlanItem } from '../../bulk/plan/plan';
import { readComment } from '../../upload/intake/folder-mark';
import type { SplitFacts } from '../../upload/volumes/volume-mark';
import type { VolumeRange } from '../../upload/volumes/volume-plan';
import type { VolumeSet } from '../../upload/volumes/volume-sets';
import { commonVolumeBytes, findVolumeSets } from '../../upload/volumes/volume-sets';

/** Sets with the content of one file, by work item. */
export type PresentSets = ReadonlyMap<number, VolumeSet<PlanAttachment> | undefined>;

/** Returns the attachments that are a volume, by work item. */
export function attachmentIdsOf(
  number: number,
  present: PresentSets,
): ReadonlyMap<number, AttachmentReference['id']> {
  return new Map(
    [...present].flatMap(([workItemId, set]) => {
      const volume = set?.volumes[number - 1];
      return volume ? [[workItemId, volume.file.attachmentId] as const] : [];
    }),
  );
}

/** Returns the volumes of a set that are there. */
export function volumesOf(set: VolumeSet<PlanAttachment> | undefined): readonly PlanAttachment[] {
  return set?.volumes.flatMap((volume) => volume?.file ?? []) ?? [];
}

/** Sets of volumes among the attachments of a work item. */
function setsOn({ attachments }: PlanItem): readonly VolumeSet<PlanAttachment>[] {
  const candidates = attachments.map((attachment) => ({
    ...attachment,
    comment: readComment(attachment.comment).comment,
  }));
  return findVolumeSets(candidates).sets;
}

/** Size of the volumes of an earlier split of a file of this size: the limit may have changed since. */
export function earlierVolumeBytes(sizeBytes: number, items: readonly PlanItem[]): number | undefined {
  const sets = items.flatMap(setsOn).filter(({ facts }) => facts.totalBytes === sizeBytes);
  return sets.flatMap((set) => commonVolumeBytes(set) ?? [])[0];
}

/** The volumes of this file that a work item has already, by their marks and sizes. */
export function findSet(
  item: PlanItem,
  facts: SplitFacts,
  ranges: readonly VolumeRange[],
): VolumeSet<PlanAttachment> | undefined {
  const fits = ({ size }: PlanAttachment, { start, end }: VolumeRange): boolean =>
    Number.isNaN(size) || size === end - start;
  return setsOn(item).find(
    (set) =>
      isSameFile(set.facts, facts) &&
      ranges.every((range, index) => {
        const volume = set.volumes[index];
        return !volume || fits(volume.file, range);
      }),
  );
}

function isSameFile(a: SplitFacts, b: SplitFacts): boolean {
  return a.sha256 === b.sha256 && a.count === b.count && a.totalBytes === b.totalBytes;
}
