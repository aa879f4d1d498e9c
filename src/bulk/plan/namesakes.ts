import { readComment } from '../../upload/intake/folder-mark';
import { findVolumeSets } from '../../upload/volumes/volume-sets';
import type { PlanAttachment } from './plan';
import { addTo, fold } from './plan';

/** A file on the work item: one attachment, or all volumes of a split file. */
export interface Namesake extends Pick<PlanAttachment, 'size' | 'comment'> {
  readonly ids: readonly PlanAttachment['attachmentId'][];
}

/** Attachments by folded name. */
export function attachmentsByName(
  attachments: readonly PlanAttachment[],
): ReadonlyMap<string, readonly Namesake[]> {
  const byName = new Map<string, Namesake[]>();
  for (const { name, attachmentId, size, comment } of attachments)
    addTo(byName, fold(name), { ids: [attachmentId], size, comment });
  return byName;
}

/** Split files with all of their volumes, by folded name. */
export function splitFilesByName(
  attachments: readonly PlanAttachment[],
): ReadonlyMap<string, readonly Namesake[]> {
  const byName = new Map<string, Namesake[]>();
  const read = attachments.map((each) => ({ ...each, ...readComment(each.comment), stored: each.comment }));
  for (const { name, facts, volumes } of findVolumeSets(read).sets) {
    const files = volumes.flatMap((volume) => volume?.file ?? []);
    if (files.length < facts.count) continue;
    const ids = files.map(({ attachmentId }) => attachmentId);
    addTo(byName, fold(name), { ids, size: facts.totalBytes, comment: files[0]?.stored ?? '' });
  }
  return byName;
}
