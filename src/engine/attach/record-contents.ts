import { memoize } from '../../base/memoize';
import type { Journal } from '../../upload/recovery/journal/journal';
import type { Upload, UploadId } from '../../upload/upload';
import type { KnownContents } from '../../upload/recovery/journal/known-contents';
import { sha256Of } from './hash-file';

/**
 * Wraps a journal: the hash of each stored file is recorded before a work item gets it, so that the same file is known to
 * be there later on. The hash is computed while other files are sent.
 */
export function recordingContents(journal: Journal, contents: KnownContents): Journal {
  const sources = new Map<UploadId, Blob>();
  const hashOf = memoize((source: Blob) => sha256Of(source));
  /** By upload: the attachment, and the end of its recording. */
  const recordings = new Map<UploadId, { readonly attachmentId: string; readonly done: Promise<void> }>();

  async function record(source: Blob, attachmentId: string): Promise<void> {
    if (contents.find(attachmentId)) return;
    // A file that cannot be read anymore was sent as it was.
    const sha256 = await hashOf(source).catch(() => undefined);
    if (sha256 !== undefined) await contents.add(attachmentId, { size: source.size, sha256 });
  }

  function note({ id, state }: Upload): void {
    const source = sources.get(id);
    if (!source || !('reference' in state)) return;
    const attachmentId = state.reference.id;
    if (recordings.get(id)?.attachmentId === attachmentId) return;
    recordings.set(id, { attachmentId, done: record(source, attachmentId) });
  }

  return {
    ...journal,
    create(uploads, bytes) {
      for (const [id, source] of bytes) sources.set(id, source);
      journal.create(uploads, bytes);
    },
    update(upload) {
      note(upload);
      journal.update(upload);
    },
    updateFile(id, source) {
      sources.set(id, source);
      journal.updateFile(id, source);
    },
    async whenFlushed(ids) {
      await Promise.all([journal.whenFlushed(ids), ...ids.map((id) => recordings.get(id)?.done)]);
    },
  };
}
