import type { ItemHistory } from '../../../engine/history/read-history';
import type { HistoryEntry } from '../../../gallery/history/history-model';
import { daysLeft } from '../../../upload/history/file-history';

/** A change of a file of a work item, as `--json` and the package tell it. */
export interface FileEvent {
  /** `replaced`: by a new version of the same name. `restored`: attached again after a removal. */
  readonly event: 'attached' | 'renamed' | 'commented' | 'replaced' | 'removed' | 'restored';
  readonly workItemId: number;
  /** GUID of the attachment. */
  readonly id: string;
  /** After the event; before it, if the file was removed or replaced. So are comment and folder. */
  readonly name: string;
  readonly comment: string;
  readonly folder: string;
  /** Size, in bytes; left out if unknown. */
  readonly bytes?: number;
  /** Name, comment and folder before a change of them. */
  readonly before?: { readonly name: string; readonly comment: string; readonly folder: string };
  /** Display name of the author; empty if unknown. */
  readonly by: string;
  /** Time, in ISO 8601; left out if unknown. */
  readonly at?: string;
  /** Days that Azure DevOps keeps a removed file, for its last removal; left out if unknown. */
  readonly daysLeft?: number;
}

/** Returns the changes of files, oldest first. @param now In milliseconds since the epoch. */
export function fileEventsOf(found: ItemHistory, now: number): readonly FileEvent[] {
  const removals = removalsOf(found);
  return [...found.entries].reverse().map((entry) => eventOf(entry, removals.has(entry.key), now));
}

/** Returns the keys of the entries with the last removal of a file that is not attached. */
export function removalsOf({
  entries,
  removed,
}: Pick<ItemHistory, 'entries' | 'removed'>): ReadonlySet<number> {
  const keys = new Set<number>();
  for (const { file } of removed) {
    const last = entries.find((entry) => isRemoval(entry) && entry.file.reference.id === file.reference.id);
    if (last) keys.add(last.key);
  }
  return keys;
}

function isRemoval({ kind }: HistoryEntry): boolean {
  return kind === 'removed' || kind === 'replaced';
}

function eventOf({ kind, file, before, by, at }: HistoryEntry, isGone: boolean, now: number): FileEvent {
  const left = isGone ? daysLeft(at, now) : undefined;
  return {
    event: kind,
    workItemId: file.workItemId,
    id: file.reference.id,
    name: file.name,
    comment: file.comment,
    folder: file.folder,
    ...(file.size !== undefined && { bytes: file.size }),
    ...(before && { before: { name: before.name, comment: before.comment, folder: before.folder } }),
    by,
    ...(!Number.isNaN(at) && { at: new Date(at).toISOString() }),
    ...(left !== undefined && { daysLeft: left }),
  };
}
