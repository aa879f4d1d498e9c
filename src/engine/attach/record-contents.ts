import pLimit from 'p-limit';
import { memoize } from '../../base/memoize';
import type { Journal } from '../../upload/recovery/journal/journal';
import type { Upload, UploadId } from '../../upload/upload';
import type { KnownContent, KnownContents } from '../../upload/recovery/journal/known-contents';
import { originOf } from '../rules/changed-file';
import { sha256Of } from './hash-file';

/**
 * Wraps a journal: the hash of each stored file is recorded before a work item gets it, so that the same file is known to
 * be there later on. The hash is computed while other files are sent.
 */
export function recordingContents(journal: Journal, contents: KnownContents): Journal {
  const sources = new Map<UploadId, Blob>();
  const contentOf = memoize(contentOfSource);
  // One at a time, so that the answers of many uploads do not wait for the hashes of all.
  const limit = pLimit(1);
  /** By upload: the attachment, and the end of its recording. */
  const recordings = new Map<UploadId, { readonly attachmentId: string; readonly done: Promise<void> }>();

  async function record(source: Blob, attachmentId: string): Promise<void> {
    if (contents.find(attachmentId)) return;
    // A file that cannot be read anymore was sent as it was.
    const content = await contentOf(source).catch(() => undefined);
    if (content) await contents.add(attachmentId, content);
  }

  function note({ id, state }: Upload): void {
    const source = sources.get(id);
    if (!source || !('reference' in state)) return;
    const attachmentId = state.reference.id;
    if (recordings.get(id)?.attachmentId === attachmentId) return;
    recordings.set(id, { attachmentId, done: limit(() => record(source, attachmentId)) });
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

/** Returns the hash of a file as it leaves, and that of the file on disk if it was changed. @throws DOMException */
export async function contentOfSource(source: Blob): Promise<KnownContent> {
  const origin = originOf(source);
  const originalSha256 = origin && (await sha256Of(origin));
  return {
    ...{ size: source.size, sha256: await sha256Of(source) },
    ...(originalSha256 !== undefined && { originalSha256 }),
  };
}
