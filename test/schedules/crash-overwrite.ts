import type { JournalStore } from '../../src/upload/recovery/journal/journal-store';
import type { World } from './crash-world';
import { awake } from './crash-world';
import { MemoryFile } from './memory-file';

/** Overwrites a file in a queue on disk, at the step in the plot or as soon as there is one. */
export function maybeOverwrite(world: World): void {
  const { plot, mind, given, note } = world;
  if (plot.overwrites === undefined || mind.hasOverwritten || ++mind.steps < plot.overwrites) return;
  const names = new Set(
    awake(world).flatMap(({ session }) => session.queue.getSnapshot().map(({ file }) => file.name)),
  );
  const choices = given.filter(({ file, givenTo }) => givenTo && file.size > 0 && names.has(file.name));
  if (choices.length === 0) return;
  const { dice } = mind;
  const chosen = dice.pick(choices);
  const isUnreadable = dice.percent(50);
  note(`${chosen.file.name} changes on disk, and is ${isUnreadable ? 'un' : ''}readable`);
  mind.hasOverwritten = true;
  chosen.isChanged = true;
  chosen.file.overwrite(
    chosen.bytes.map((byte) => byte ^ dice.between(1, 255)),
    isUnreadable,
  );
}

/** Wraps a store that keeps copies of files, like a database. */
export function keepingCopies(store: JournalStore): JournalStore {
  return {
    ...store,
    keepFile: async (batchId, id, file) =>
      store.keepFile(batchId, id, file instanceof MemoryFile ? await file.copy() : file),
  };
}
