import { memoize } from '../../base/memoize';
import type { Journal } from '../../upload/recovery/journal/journal';
import type { Upload, UploadId } from '../../upload/upload';
import type { KnownContents } from '../../upload/recovery/journal/known-contents';
import { sha256Of } from './hash-file';

/**
 * Wraps a journal: the hash of each stored file is recorded before a work item gets it, so that the same file is known to
 * be there later on.
 */
export function recordingContents(journal: Journal, contents: KnownContents): Journal {
  const sources = new Map<UploadId, Blob>();
  const stored = new Map<UploadId, string>();
  const hashOf = memoize((source: Blob) => sha256Of(source));

  async function record(id: UploadId): Promise<void> {
    const source = sources.get(id);
    const attachmentId = stored.get(id);
    if (!source || attachmentId === undefined || contents.find(attachmentId)) return;
    // A file that cannot be read anymore was sent as it was.
    const sha256 = await hashOf(source).catch(() => undefined);
    if (sha256 !== undefined) await contents.add(attachmentId, { size: source.size, sha256 });
  }

  function note({ id, state }: Upload): void {
    if ('reference' in state) stored.set(id, state.reference.id);
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
      await Promise.all([journal.whenFlushed(ids), ...ids.map(record)]);
    },
  };
}
