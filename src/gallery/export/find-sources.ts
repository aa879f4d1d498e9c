import type { Connection } from '../../azure/rest/connection';
import type { Comment } from '../../azure/rest/long-texts';
import { longTextsOf } from '../../azure/rest/long-texts';
import { readUpdates } from '../../azure/rest/updates';
import type { AttachmentReference, WorkItem } from '../../azure/work-item';
import { retry } from '../../base/retry';
import type { Runtime } from '../../base/runtime';
import { daysLeft, fileEventsOf, removedFilesOf } from '../../upload/history/file-history';
import type { VolumeCandidate, VolumeSet } from '../../upload/volumes/volume-sets';
import { writeComment } from '../../upload/intake/folder-mark';
import type { AttachedFile } from '../model/attached-file';
import { attachedFilesOf } from '../model/attached-file';
import { createTextReader, readEmbedded } from '../texts/text-files';
import type { ExportedFacts } from './exported-facts';

/** Files of a work item beside its attachments. */
export type IncludedFiles = 'inline' | 'comments' | 'removed';

/** Place of the bytes of a file. */
type SourceBytes =
  | { readonly kind: 'attachment'; readonly reference: AttachmentReference }
  /** Complete. */
  | { readonly kind: 'split'; readonly volumes: VolumeSet<ExportPart> }
  | { readonly kind: 'bytes'; readonly read: () => Promise<Uint8Array<ArrayBuffer>> }
  /** On another server, which never gets the token. */
  | { readonly kind: 'elsewhere'; readonly address: string };

/** An attachment that is a part of a split file. */
export interface ExportPart extends VolumeCandidate {
  readonly reference: AttachmentReference;
}

/** A file of a work item, to be exported. */
export interface ExportSource extends Omit<ExportedFacts, 'path' | 'size' | 'sha256'> {
  /** Identity within the work item. */
  readonly key: string;
  readonly bytes: SourceBytes;
  /** According to the work item, in bytes; `undefined` if unknown. */
  readonly size: number | undefined;
}

/** Dependencies of `findSources`. */
export interface FindTools {
  readonly connection: Connection;
  readonly runtime: Runtime;
  /** Shortens the address of a file on another server to a key. */
  readonly hash: (address: string) => string;
}

/** Options of `findSources`. */
export interface FindOptions {
  readonly include: ReadonlySet<IncludedFiles>;
  readonly signal: AbortSignal;
}

/** A work item has at most 10,000 revisions. */
const MAX_UPDATE_PAGES = 50;

/** Name of the file with the comments of a work item. */
const COMMENTS_NAME = 'comments.json';

/**
 * Returns the files of a work item, its attachments first, each once.
 *
 * @throws StaplerError if the texts, comments or history cannot be read; CancelledError after an abort.
 */
export async function findSources(
  { connection, runtime, hash }: FindTools,
  workItem: WorkItem,
  { include, signal }: FindOptions,
): Promise<readonly ExportSource[]> {
  const attached = attachedFilesOf(workItem);
  const sources = attached.map((file) => sourceOf(file, 'attachment', hash));
  if (include.has('inline')) sources.push(...(await findInTexts()));
  if (include.has('removed')) sources.push(...(await findRemoved()));
  if (include.has('comments')) sources.push(...(await findComments()));
  // A text can show a file that is attached, too.
  return [...new Map([...sources].reverse().map((source) => [source.key, source])).values()].reverse();

  async function findInTexts(): Promise<readonly ExportSource[]> {
    const known = { workItem, attached, additions: undefined };
    const read = createTextReader(connection);
    const { files } = await retry(() => read(known, { withComments: true, signal }), { runtime, signal });
    return files.map((file) => sourceOf(file, 'text', hash));
  }

  async function findRemoved(): Promise<readonly ExportSource[]> {
    const options = { maxPages: MAX_UPDATE_PAGES, signal };
    const updates = await retry(() => readUpdates(connection, workItem.id, options), { runtime, signal });
    return removedFilesOf(fileEventsOf(updates))
      .filter(({ at }) => daysLeft(at, runtime.now()) !== 0)
      .map(({ file }) => {
        const { id, url, name, comment, size } = file;
        return {
          ...{ workItemId: workItem.id, key: id, name: name || id, comment, attachmentId: id, by: '' },
          ...{ size, source: 'removed', bytes: { kind: 'attachment', reference: { id, url } } },
        };
      });
  }

  async function findComments(): Promise<readonly ExportSource[]> {
    const { readComments } = longTextsOf(connection);
    const comments = await retry(() => readComments(workItem.id, workItem.project, signal), {
      ...{ runtime, signal },
    });
    if (comments.length === 0) return [];
    const bytes = new TextEncoder().encode(jsonOf(comments));
    return [
      {
        ...{ workItemId: workItem.id, key: 'comments', name: COMMENTS_NAME, comment: '', attachmentId: '' },
        ...{ by: '', size: bytes.length, source: 'comments' },
        bytes: { kind: 'bytes', read: () => Promise.resolve(bytes) },
      },
    ];
  }
}

function sourceOf(file: AttachedFile, source: 'attachment' | 'text', hash: FindTools['hash']): ExportSource {
  const { workItemId, reference, name, size, addedAt, addedBy, inText } = file;
  const isAttachment = inText === undefined || inText.place === 'here' || inText.place === 'other-project';
  return {
    ...{ workItemId, name, size, source, by: addedBy },
    key: isAttachment ? reference.id : `address ${hash(reference.url)}`,
    // The comment of a file in a text only tells where it is.
    comment: inText ? '' : writeComment(file),
    attachmentId: isAttachment ? reference.id : '',
    at: Number.isNaN(addedAt) ? undefined : addedAt,
    bytes: bytesOf(file),
  };
}

function bytesOf({ reference, inText }: AttachedFile): SourceBytes {
  switch (inText?.place) {
    case 'embedded':
      return {
        kind: 'bytes',
        read: async () => new Uint8Array(await readEmbedded(reference.url).arrayBuffer()),
      };
    case 'elsewhere':
      return { kind: 'elsewhere', address: reference.url };
    default:
      return { kind: 'attachment', reference };
  }
}

/** Oldest first. */
function jsonOf(comments: readonly Comment[]): string {
  const entries = [...comments].reverse().map(({ id, by, at, format, text }) => ({
    id,
    by,
    ...(!Number.isNaN(at) && { at: new Date(at).toISOString() }),
    format,
    text,
  }));
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}
