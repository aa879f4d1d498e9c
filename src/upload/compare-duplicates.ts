import type { AttachmentReference, LinkableAttachment } from '../azure/work-item';
import { createMutex } from '../base/async';
import { MAX_COMPARED_BYTES } from './intake/duplicates';
import type { Fingerprint } from './recovery/journal/fingerprint';
import { fingerprintOf, haveSameFingerprint } from './recovery/journal/fingerprint';

/** Finds the attachment with the content of a file; `undefined` if there is none. Rejects if one cannot be read. */
export type FindSame = (
  file: Blob,
  attachments: readonly LinkableAttachment[],
) => Promise<LinkableAttachment | undefined>;

/** Creates a comparison, which reads each attachment once, and one at a time. */
export function createFindSame(readBytes: (reference: AttachmentReference) => Promise<Blob>): FindSame {
  const serialize = createMutex();
  /** Of attachments, by id. */
  const fingerprints = new Map<string, Fingerprint>();

  async function fingerprintOfAttachment({ reference, size }: LinkableAttachment): Promise<Fingerprint> {
    const known = fingerprints.get(reference.id);
    if (known) return known;
    const bytes = await readBytes(reference);
    // The page of a proxy is no attachment.
    if (bytes.size !== size) throw new TypeError('The attachment has another size.');
    const fingerprint = await fingerprintOf(bytes, MAX_COMPARED_BYTES);
    fingerprints.set(reference.id, fingerprint);
    return fingerprint;
  }

  return (file, attachments) =>
    serialize(async () => {
      const own = await fingerprintOf(file, MAX_COMPARED_BYTES);
      for (const each of attachments)
        if (haveSameFingerprint(own, await fingerprintOfAttachment(each))) return each;
      return undefined;
    });
}
