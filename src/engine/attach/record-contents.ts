import { memoize } from '../../base/memoize';
import type { Journal } from '../../upload/recovery/journal/journal';
import type { Upload, UploadId } from '../../upload/upload';
import type { KnownContent, KnownContents } from '../../upload/recovery/journal/known-contents';
import { originOf } from '../rules/changed-file';
import { sha256Of } from './hash-file';

/**
 * Wraps a journal: the hash of each stored file is recorded before a work item gets it, so that the same file is known to
 * be there later on.
 */
export function recordingContents(journal: Journal, contents: KnownContents): Journal {
  const sources = new Map<UploadId, Blob>();
  const stored = new Map<UploadId, string>();
  const contentOf = memoize(contentOfSource);

  async function record(id: UploadId): Promise<void> {
    const source = sources.get(id);
    const attachmentId = stored.get(id);
    if (!source || attachmentId === undefined || contents.find(attachmentId)) return;
    // A file that cannot be read anymore was sent as it was.
    const content = await contentOf(source).catch(() => undefined);
    if (content) await contents.add(attachmentId, content);
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

/** Returns the hash of a file as it leaves, and that of the file on disk if it was changed. @throws DOMException */
export async function contentOfSource(source: Blob): Promise<KnownContent> {
  const origin = originOf(source);
  const originalSha256 = origin && (await sha256Of(origin));
  return {
    ...{ size: source.size, sha256: await sha256Of(source) },
    ...(originalSha256 !== undefined && { originalSha256 }),
  };
}
