import { rm } from 'node:fs/promises';
import { saveAttachment } from '../../azure/rest/save-attachment';
import type { LinkableAttachment } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { CancelledError, toProblem } from '../../base/errors';
import type { Attachments } from '../../gallery/attachments';
import { createAttachments } from '../../gallery/attachments';
import type { RemovedEntry } from '../../gallery/history/history-model';
import type { ReadFailures, RemovedFileReads } from '../../gallery/history/read-removed';
import { copyFiles, findUnreadable } from '../../gallery/history/read-removed';
import type { AttachedFile } from '../../gallery/model/attached-file';
import { createSendFile } from '../../gallery/send-file';
import { openDiskFile } from '../../upload/intake/disk-file';
import type { Engine } from '../engine';
import { findSame } from '../find-same';
import { linkAll } from '../link-all';
import type { TemporaryFiles } from '../temporary-files';
import { createTemporaryFiles } from '../temporary-files';
import type { ChosenFiles, RemovedFiles } from './choose-removed';
import { chooseRemoved } from './choose-removed';
import type { ItemHistory } from './read-history';
import { history } from './read-history';

/** Removed files of a work item to attach again. */
export interface RestoreOrder {
  readonly workItemId: number;
  readonly files: RemovedFiles;
  /** Whether the files are uploaded as new copies. Default: false, the same attachments are linked again. */
  readonly isCopy?: boolean;
  /** Whether to check the files only. Default: false. */
  readonly isDryRun?: boolean;
}

/** Options of `restore`. */
export interface RestoreOptions {
  readonly signal?: AbortSignal;
  /** Called with the number of checked files, or of copied bytes. */
  readonly onProgress?: (done: number) => void;
}

/** Result for one file. */
export interface RestoreRow {
  readonly file: AttachedFile;
  /** `restorable`: its bytes can be read (`isDryRun`). */
  readonly outcome: 'restored' | 'copied' | 'already-attached' | 'restorable' | 'unreadable' | 'failed';
  /** Reason of a failure. */
  readonly problem?: Problem;
}

/** Result of `restore`. Nothing was changed if names or GUIDs are unknown or ambiguous. */
export interface RestoreResult extends Pick<ChosenFiles, 'unknown' | 'ambiguous'> {
  readonly workItem: ItemHistory['workItem'];
  readonly rows: readonly RestoreRow[];
}

/**
 * Attaches removed files again, each exactly once, if their bytes can be read.
 *
 * @throws StaplerError if the work item or its history cannot be read; CancelledError after an abort.
 */
export async function restore(
  engine: Engine,
  order: RestoreOrder,
  { signal = new AbortController().signal, onProgress = () => undefined }: RestoreOptions = {},
): Promise<RestoreResult> {
  const found = await history(engine, order.workItemId, { signal });
  const { workItem } = found;
  const { removed, attached, unknown, ambiguous } = chooseRemoved(found, order.files);
  if (unknown.length > 0 || ambiguous.size > 0) return { workItem, rows: [], unknown, ambiguous };
  const rows = await restoreAll(engine, order, { found, removed, signal, onProgress });
  const there = attached.map((file): RestoreRow => ({ file, outcome: 'already-attached' }));
  return { workItem, rows: [...rows, ...there], unknown, ambiguous };
}

interface Work extends Required<RestoreOptions> {
  readonly found: ItemHistory;
  readonly removed: readonly RemovedEntry[];
}

async function restoreAll(
  engine: Engine,
  { isCopy = false, isDryRun = false }: RestoreOrder,
  { found, removed, signal, onProgress }: Work,
): Promise<readonly RestoreRow[]> {
  if (removed.length === 0) return [];
  const attachments = createAttachments(engine.services);
  const options = { signal, onProgress };
  const copies = new Map<string, LinkableAttachment>();
  const unread =
    isCopy && !isDryRun
      ? await copyAll(engine, found, removed, copies, options)
      : await findUnreadable(removed, { attachments, runtime: engine.services.runtime }, options);
  if (signal.aborted) throw new CancelledError();
  const readable = removed.filter(({ file }) => !unread.has(file.reference.id));
  const linkableOf = ({ file, linkable }: RemovedEntry): LinkableAttachment =>
    copies.get(file.reference.id) ?? linkable;
  const { failures, isNew } = isDryRun
    ? { failures: new Map<string, unknown>(), isNew: () => false }
    : await linkAll(engine, attachments, found.workItem.id, readable.map(linkableOf), signal);
  return removed.map((entry): RestoreRow => {
    const { file } = entry;
    const { id } = linkableOf(entry).reference;
    if (unread.has(file.reference.id))
      return { file, outcome: 'unreadable', problem: toProblem(unread.get(file.reference.id)) };
    if (failures.has(id)) return { file, outcome: 'failed', problem: toProblem(failures.get(id)) };
    if (isDryRun) return { file, outcome: 'restorable' };
    return { file, outcome: !isNew(id) ? 'already-attached' : isCopy ? 'copied' : 'restored' };
  });
}

/** Uploads copies through files on disk. A file with its copy on the work item, from an earlier run, is not sent. */
async function copyAll(
  engine: Engine,
  { workItem }: ItemHistory,
  removed: readonly RemovedEntry[],
  copies: Map<string, LinkableAttachment>,
  options: Required<RestoreOptions>,
): Promise<ReadFailures> {
  const files = createTemporaryFiles();
  const send = createSendFile(engine.services);
  const reads: RemovedFileReads = {
    runtime: engine.services.runtime,
    attachments: { readBytes: createReadToDisk(engine, files) },
    async send({ name, source }, ...rest) {
      const file = { id: name, name, size: source.size, folder: '', source };
      const reference = (await findSame(engine, workItem, file)) ?? (await send({ name, source }, ...rest));
      if ('path' in source) await rm(String(source.path), { force: true });
      return reference;
    },
  };
  try {
    return await copyFiles(removed, copies, reads, options);
  } finally {
    await files.removeAll();
  }
}

function createReadToDisk({ services }: Engine, files: TemporaryFiles): Attachments['readBytes'] {
  return async ({ reference, size }, signal, onProgress) => {
    const path = await files.nextPath();
    await saveAttachment(services.connection, reference, path, {
      signal,
      ...(onProgress && { onProgress }),
      ...(size !== undefined && { expectedBytes: size }),
    });
    return openDiskFile(path);
  };
}
