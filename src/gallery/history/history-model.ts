import type { UpdatedAttachment } from '../../azure/rest/updates';
import { kindOf } from '../../base/file-kind';
import type { FileEvent } from '../../upload/history/file-history';
import { removedFilesOf } from '../../upload/history/file-history';
import { readComment } from '../../upload/intake/folder-mark';
import type { RemovedFile } from '../gallery-state';
import type { AttachedFile } from '../model/attached-file';

/** Two files that had the same name one after the other, the older one first. */
export type Versions = readonly [older: AttachedFile, newer: AttachedFile];

/** Entry in the timeline of the files of a work item. */
export interface HistoryEntry {
  /** Unique in the timeline. */
  readonly key: number;
  /** `restored`: attached again after a removal. */
  readonly kind: FileEvent['kind'] | 'restored';
  /** The file after the event; before it, if removed or replaced. */
  readonly file: AttachedFile;
  /** The file before a new name or comment. */
  readonly before?: AttachedFile;
  /** The file before it with the same name, for a comparison. */
  readonly versions?: Versions;
  /** Display name of the author; empty if unknown. */
  readonly by: string;
  /** In milliseconds since the epoch; `NaN` if unknown. */
  readonly at: number;
}

/** A removed file, with the author and time of its last removal. */
export interface RemovedEntry extends RemovedFile {
  readonly by: string;
  readonly at: number;
}

/** The work item of a history. */
export interface HistoryItem {
  readonly workItemId: number;
  readonly workItemType: string;
}

/** Timeline and removed attachments of a work item, the latest first. */
export interface FilesInHistory {
  readonly entries: readonly HistoryEntry[];
  readonly removed: readonly RemovedEntry[];
}

/** @param events All events of the files of the work item, oldest first. */
export function filesInHistory(item: HistoryItem, events: readonly FileEvent[]): FilesInHistory {
  const timeline = new Timeline(item);
  for (const event of events) timeline.add(event);
  return {
    entries: timeline.entries.reverse(),
    removed: removedFilesOf(events).map(({ file, by, at }) => {
      const { name, comment, size = 0 } = file;
      const linkable = { reference: referenceOf(file), name: name || file.id, comment, size };
      return { file: timeline.fileOf(file), linkable, by, at };
    }),
  };
}

/** Entries of the events so far, with the facts of earlier ones. */
class Timeline {
  readonly entries: HistoryEntry[] = [];
  /** Author and time of the last link, by GUID. */
  readonly #additions = new Map<string, Pick<FileEvent, 'by' | 'at'>>();
  /** GUIDs of the files removed at some time. */
  readonly #removedIds = new Set<string>();
  /** The last file of each name. */
  readonly #latest = new Map<string, AttachedFile>();

  constructor(private readonly item: HistoryItem) {}

  add({ kind, file, before, replacement, by, at }: FileEvent): void {
    const isAgain = kind === 'attached' && this.#removedIds.has(file.id);
    const arrived = kind === 'attached' ? file : replacement;
    if (arrived) this.#additions.set(arrived.id, { by, at });
    if (kind === 'removed' || kind === 'replaced') this.#removedIds.add(file.id);
    const shown = this.fileOf(file);
    const old = before && this.fileOf(before);
    if (kind === 'renamed' && old && this.#latest.get(old.name)?.reference.id === file.id)
      this.#latest.delete(old.name);
    const newer = kind === 'removed' ? undefined : this.fileOf(replacement ?? file);
    const older = kind === 'replaced' ? shown : newer && this.#latest.get(newer.name);
    const isVersion = arrived && newer && older && !isAgain && older.reference.id !== newer.reference.id;
    if (newer) this.#latest.set(newer.name, newer);
    this.entries.push({
      ...{ key: this.entries.length, kind: isAgain ? 'restored' : kind, file: shown, by, at },
      ...(old && { before: old }),
      ...(isVersion && { versions: [older, newer] }),
    });
  }

  /** The file as the gallery lists it, with the author and time of its last link. */
  fileOf(file: UpdatedAttachment): AttachedFile {
    const { by: addedBy = '', at: addedAt = NaN } = this.#additions.get(file.id) ?? {};
    return {
      ...this.item,
      reference: referenceOf(file),
      name: file.name || file.id,
      kind: kindOf(file.name),
      size: file.size,
      ...readComment(file.comment),
      addedAt,
      addedBy,
    };
  }
}

function referenceOf({ id, url }: UpdatedAttachment) {
  return { id, url };
}
