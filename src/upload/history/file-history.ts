import type { UpdatedAttachment, WorkItemUpdate } from '../../azure/rest/updates';

/** Time that the bytes of a removed attachment stay on the server, in days (Azure DevOps documentation). */
const KEPT_DAYS = 28;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Event in the life of an attached file. */
export interface FileEvent {
  /** `replaced`: removed, while a file of the same name was attached; `replacement` is that one. */
  readonly kind: 'attached' | 'renamed' | 'commented' | 'replaced' | 'removed';
  /** The file after the event; before it, if removed or replaced. */
  readonly file: UpdatedAttachment;
  /** The file before a new name or comment. */
  readonly before?: UpdatedAttachment;
  readonly replacement?: UpdatedAttachment;
  /** Display name of the author; empty if unknown. */
  readonly by: string;
  /** In milliseconds since the epoch; `NaN` if unknown. */
  readonly at: number;
}

/**
 * Returns the events of all files of a work item, oldest first.
 *
 * @param updates All updates of the work item, oldest first.
 */
export function fileEventsOf(updates: readonly WorkItemUpdate[]): readonly FileEvent[] {
  const files = new Map<string, UpdatedAttachment>();
  return updates.flatMap((update) => {
    const { by, at, removed } = update;
    const { left, changed, arrived } = sortedOut(update);
    const events: Omit<FileEvent, 'by' | 'at'>[] = [];
    for (const each of left) {
      const file = files.get(each.id) ?? each;
      files.delete(file.id);
      const replacement = arrived.find(({ name }) => name !== '' && name === file.name);
      if (replacement) {
        arrived.splice(arrived.indexOf(replacement), 1);
        files.set(replacement.id, replacement);
      }
      events.push(replacement ? { kind: 'replaced', file, replacement } : { kind: 'removed', file });
    }
    for (const each of changed) {
      const before = files.get(each.id) ?? removed.find(({ id }) => id === each.id);
      const file = before ? withFacts(each, before) : each;
      files.set(file.id, file);
      if (before && before.name !== file.name) events.push({ kind: 'renamed', file, before });
      if (before && before.comment !== file.comment) events.push({ kind: 'commented', file, before });
    }
    for (const file of arrived) {
      files.set(file.id, file);
      events.push({ kind: 'attached', file });
    }
    return events.map((event) => ({ ...event, by, at }));
  });
}

/** Some servers answer a change of an attribute as a removal and an addition of the same attachment. */
function sortedOut({ added, removed, updated }: WorkItemUpdate) {
  const addedIds = new Set(added.map(({ id }) => id));
  const removedIds = new Set(removed.map(({ id }) => id));
  return {
    left: removed.filter(({ id }) => !addedIds.has(id)),
    changed: [...updated, ...added.filter(({ id }) => removedIds.has(id))],
    arrived: added.filter(({ id }) => !removedIds.has(id)),
  };
}

/**
 * Returns the last removals of the files that are not attached anymore, the latest first.
 *
 * @param events All events of the work item, oldest first.
 */
export function removedFilesOf(events: readonly FileEvent[]): readonly FileEvent[] {
  const removals = new Map<string, FileEvent>();
  for (const event of events) {
    removals.delete(event.file.id);
    if (event.replacement) removals.delete(event.replacement.id);
    if (event.kind === 'removed' || event.kind === 'replaced') removals.set(event.file.id, event);
  }
  return [...removals.values()].reverse();
}

/**
 * Returns the authors of the last attaching of each file, by GUID; without those that are unknown.
 *
 * @param events All events of the work item, oldest first.
 */
export function attachersOf(events: readonly FileEvent[]): ReadonlyMap<string, string> {
  const authors = new Map<string, string>();
  for (const { kind, file, replacement, by } of events) {
    const arrived = kind === 'attached' ? file : replacement;
    if (!arrived) continue;
    // An earlier author did not attach it this time.
    if (by === '') authors.delete(arrived.id);
    else authors.set(arrived.id, by);
  }
  return authors;
}

/**
 * Returns the number of whole days in which the bytes of a removed file stay on the server: 28 at first, then 0.
 * `undefined` if the time of the removal is unknown.
 */
export function daysLeft(removedAt: number, now: number): number | undefined {
  if (Number.isNaN(removedAt)) return undefined;
  return Math.max(0, Math.floor(KEPT_DAYS - (now - removedAt) / DAY_MS));
}

/** Completes a changed file by what was known before. */
function withFacts(file: UpdatedAttachment, known: UpdatedAttachment): UpdatedAttachment {
  return { ...file, name: file.name || known.name, size: file.size ?? known.size };
}
