import { attachmentIdOf, attachmentsOf } from '../../../azure/work-item';
import { retry } from '../../../base/retry';
import { findUnreadable } from '../../history/read-removed';
import type { ProjectFile } from '../project-index';
import type { CleanUpServices } from './clean-up-services';
import type { CopyGroup } from './plan-clean-up';
import { keyOf } from './plan-clean-up';

/** Options of a check. */
export interface CheckOptions {
  readonly signal: AbortSignal;
  /** Called with the number of files and groups checked. */
  readonly onProgress: (done: number) => void;
}

/** Work items read at a time: one request. */
const MAX_ITEMS_AT_ONCE = 200;

/**
 * Finds copies that must stay: no original of their group is attached, or its bytes cannot be read.
 *
 * @param options.onProgress Called with the number of groups checked.
 * @returns Keys of the copies.
 * @throws StaplerError if the server cannot be reached, CancelledError after an abort.
 */
export async function findUnsafeCopies(
  groups: readonly CopyGroup[],
  services: Pick<CleanUpServices, 'manyWorkItems' | 'readBytes' | 'runtime'>,
  options: CheckOptions,
): Promise<ReadonlySet<string>> {
  const { readBytes, runtime } = services;
  const present = await findAttached(
    groups.flatMap(({ originals }) => originals),
    services,
    options.signal,
  );
  const checked = groups.map(({ originals, copies }) => ({
    original: originals.find((file) => present.has(keyOf(file))),
    copies,
  }));
  const files = checked.flatMap(({ original }) => (original ? [{ file: original }] : []));
  const attachments = {
    readBytes: ({ reference }: ProjectFile, ...rest: [AbortSignal, ((bytes: number) => void)?, number?]) =>
      readBytes(reference, ...rest),
  };
  const unread = await findUnreadable(files, { attachments, runtime }, options);
  const unsafe = checked.filter(({ original }) => !original || unread.has(original.reference.id));
  return new Set(unsafe.flatMap(({ copies }) => copies.map(keyOf)));
}

/**
 * Returns the keys of the files that are still attached.
 *
 * @throws StaplerError if the work items cannot be read, CancelledError after an abort.
 */
export async function findAttached(
  files: readonly ProjectFile[],
  { manyWorkItems, runtime }: Pick<CleanUpServices, 'manyWorkItems' | 'runtime'>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(files.map(({ item }) => item.id))];
  const present = new Set<string>();
  for (let at = 0; at < ids.length; at += MAX_ITEMS_AT_ONCE) {
    const some = ids.slice(at, at + MAX_ITEMS_AT_ONCE);
    const found = await retry(() => manyWorkItems.readMany(some, signal), { runtime, signal });
    signal.throwIfAborted();
    for (const [id, workItem] of found)
      for (const { url } of attachmentsOf(workItem)) present.add(`${id} ${attachmentIdOf(url) ?? ''}`);
  }
  return present;
}
