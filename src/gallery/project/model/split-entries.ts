import { readComment, writeComment } from '../../../upload/intake/folder-mark';
import { findVolumeSets } from '../../../upload/volumes/volume-sets';
import type { FileEntry } from './item-entry';

/** A file of a work item: an attachment, or a split file. */
export interface WholeEntry {
  readonly file: FileEntry;
  /** Set for a split file: its attachments as they are read, at least one. The GUID of the file is that of the first. */
  readonly parts?: readonly FileEntry[];
}

/** Joins the attachments of a work item that are the parts of a split file, each at the place of its first one. */
export function joinEntries(files: readonly FileEntry[]): readonly WholeEntry[] {
  // Most work items have no mark, and a project has many.
  if (!files.some(({ comment }) => comment.includes('[stapler '))) return files.map((file) => ({ file }));
  const candidates = files.map((file) => {
    const { comment, folder } = readComment(file.comment);
    return { name: file.name, size: file.size, comment, folder, file };
  });
  const wholeOf = new Map<FileEntry, WholeEntry>();
  for (const { name, comment, facts, volumes } of findVolumeSets(candidates).sets) {
    const present = volumes.flatMap((volume) => volume?.file ?? []);
    const [first] = present;
    if (!first) continue;
    const whole: WholeEntry = {
      file: {
        ...first.file,
        ...{ name, size: facts.totalBytes, comment: writeComment({ comment, folder: first.folder }) },
        isInText: present.some(({ file }) => file.isInText),
      },
      parts: present.map(({ file }) => file),
    };
    for (const { file } of present) wholeOf.set(file, whole);
  }
  return [...new Set(files.map((file) => wholeOf.get(file) ?? { file }))];
}
