import { StaplerError } from '../../base/errors';
import { kindOf } from '../../base/file-kind';
import type { VolumeCandidate, VolumeSet } from '../../upload/volumes/volume-sets';
import { findVolumeSets, foreignVolumes, missingVolumes } from '../../upload/volumes/volume-sets';
import type { AttachedFile } from './attached-file';
import { partsOf } from './attached-file';

/** Joins the volumes of split files, each at the place of its first attachment. The files of each work item are apart. */
export function joinSplitFiles(files: readonly AttachedFile[]): readonly AttachedFile[] {
  const wholeOf = new Map<AttachedFile, AttachedFile>();
  for (const id of new Set(files.map(({ workItemId }) => workItemId)))
    for (const set of findVolumeSets(files.filter(({ workItemId }) => workItemId === id)).sets) {
      const { name, comment, facts } = set;
      const present = set.volumes.flatMap((volume) => volume?.file ?? []);
      const [first] = present;
      if (!first) continue;
      const whole = { ...first, name, comment, kind: kindOf(name), size: facts.totalBytes, volumes: set };
      for (const file of present) wholeOf.set(file, whole);
    }
  return [...new Set(files.map((file) => wholeOf.get(file) ?? file))];
}

/** Returns the numbers of the volumes that are missing or have the wrong size, in order. */
export function brokenVolumes(set: VolumeSet<VolumeCandidate>): readonly number[] {
  return [...missingVolumes(set), ...foreignVolumes(set)].sort((a, b) => a - b);
}

/**
 * Returns the error of a split file whose volumes do not make up the whole file.
 *
 * @param parts Numbers of the volumes that are missing or damaged; empty if unknown.
 */
export function splitIncomplete(
  { name, facts: { count } }: VolumeSet<unknown>,
  parts: readonly number[],
): StaplerError {
  const which = parts.length > 0 ? `parts ${parts.join(', ')}` : 'some parts';
  return new StaplerError('split-incomplete', `${name}: ${which} of ${count} are missing or damaged.`, {
    ...(parts.length > 0 && { parts: [...parts] }),
  });
}

/** Returns the attachments of a split file that can be saved as they are, without the volumes with these numbers. */
export function soundParts(file: AttachedFile, broken: readonly number[] = []): readonly AttachedFile[] {
  return partsOf(file).filter(
    (part) => !broken.some((number) => file.volumes?.volumes[number - 1]?.file === part),
  );
}
