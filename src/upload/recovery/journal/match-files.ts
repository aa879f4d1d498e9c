import type { PickedFile, UploadId } from '../../upload';
import type { Fingerprint } from './fingerprint';
import { haveSameFingerprint } from './fingerprint';
import type { KeptUpload } from './kept-batch';

/** Dependencies of `matchFiles`. */
export interface MatchOptions {
  readonly find: (id: UploadId) => KeptUpload | undefined;
  readonly fingerprintOf: (file: Blob) => Promise<Fingerprint>;
}

/** Finds the upload of each file among those `waiting` for one, whatever its name is now. */
export async function matchFiles(
  files: readonly PickedFile[],
  waiting: readonly UploadId[],
  { find, fingerprintOf }: MatchOptions,
): Promise<ReadonlyMap<PickedFile, UploadId>> {
  const found = new Map<PickedFile, UploadId>();
  const open = new Set(waiting);
  for (const file of files) {
    const candidates = [...open].filter((id) => find(id)?.size === file.size);
    if (candidates.length === 0) continue;
    const fingerprint = await fingerprintOf(file.source).catch(() => undefined);
    const match = candidates.find((id) => isSame(find(id), file, fingerprint));
    if (match === undefined) continue;
    open.delete(match);
    found.set(file, match);
  }
  return found;
}

/** Compares contents; name and date, if the interrupted upload has no fingerprint. */
function isSame(
  kept: KeptUpload | undefined,
  { name, source }: PickedFile,
  fingerprint: Fingerprint | undefined,
): boolean {
  if (!kept || !fingerprint) return false;
  if (kept.fingerprint) return haveSameFingerprint(kept.fingerprint, fingerprint);
  const date = source instanceof File ? source.lastModified : 0;
  return kept.name === name && kept.lastModified === date;
}
