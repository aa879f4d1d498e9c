import { kindOf } from '../../base/file-kind';
import type { VolumeSet } from '../../upload/volumes/volume-sets';
import { findVolumeSets, foreignVolumes, missingVolumes } from '../../upload/volumes/volume-sets';
import type { AttachedFile } from './attached-file';

/** A file on a work item: an attachment, or a split file in place of the attachments that are its volumes. */
export type WholeFile = AttachedFile & {
  /** Set for a split file. Its reference is that of the first volume. */
  readonly volumes?: VolumeSet<AttachedFile>;
};

/** Joins the volumes of split files, each at the place of its first attachment. */
export function joinSplitFiles(files: readonly AttachedFile[]): readonly WholeFile[] {
  const { sets } = findVolumeSets(files);
  const setOf = new Map<AttachedFile, VolumeSet<AttachedFile>>();
  for (const set of sets) for (const { file } of presentVolumes(set)) setOf.set(file, set);
  const seen = new Set<VolumeSet<AttachedFile>>();
  return files.flatMap((file): WholeFile | readonly WholeFile[] => {
    const set = setOf.get(file);
    if (!set) return file;
    if (seen.has(set)) return [];
    seen.add(set);
    const { name, comment, facts } = set;
    const [first] = presentVolumes(set);
    const base = first?.file ?? file;
    return { ...base, name, comment, kind: kindOf(name), size: facts.totalBytes, volumes: set };
  });
}

/** Returns the volumes of a set that are there, in order. */
function presentVolumes<File>({ volumes }: VolumeSet<File>): readonly { readonly file: File }[] {
  return volumes.filter((volume) => volume !== undefined);
}

/** Returns the numbers of the volumes that are missing or have the wrong size, in order. */
export function brokenVolumes(set: VolumeSet<AttachedFile>): readonly number[] {
  return [...missingVolumes(set), ...foreignVolumes(set)].sort((a, b) => a - b);
}
