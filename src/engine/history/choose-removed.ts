import type { RemovedEntry } from '../../gallery/history/history-model';
import type { AttachedFile } from '../../gallery/model/attached-file';
import { attachedFilesOf } from '../../gallery/model/attached-file';
import type { ItemHistory } from './read-history';

/** Removed files to restore: their names or GUIDs, or all of them. */
export type RemovedFiles = readonly string[] | 'all';

/** Files of a work item that names or GUIDs stand for. */
export interface ChosenFiles {
  readonly removed: readonly RemovedEntry[];
  /** Files that are attached, so that there is nothing to restore. */
  readonly attached: readonly AttachedFile[];
  /** Names and GUIDs without a file. */
  readonly unknown: readonly string[];
  /** Removed files of the same name, by this name. */
  readonly ambiguous: ReadonlyMap<string, readonly RemovedEntry[]>;
}

/** Finds the removed files that names or GUIDs stand for. */
export function chooseRemoved({ removed, workItem }: ItemHistory, wanted: RemovedFiles): ChosenFiles {
  if (wanted === 'all') return { removed, attached: [], unknown: [], ambiguous: new Map() };
  const present = attachedFilesOf(workItem);
  const chosen = new Set<RemovedEntry>();
  const attached = new Set<AttachedFile>();
  const unknown: string[] = [];
  const ambiguous = new Map<string, readonly RemovedEntry[]>();
  for (const text of wanted) {
    const matches = removed.filter(({ file }) => isMeant(file, text));
    const [match] = matches;
    const there = present.find((file) => isMeant(file, text));
    if (matches.length > 1) ambiguous.set(text, matches);
    else if (match) chosen.add(match);
    else if (there) attached.add(there);
    else unknown.push(text);
  }
  return { removed: [...chosen], attached: [...attached], unknown, ambiguous };
}

function isMeant({ reference, name }: AttachedFile, text: string): boolean {
  return name === text || reference.id === text.toLowerCase();
}
