import { interruptedFor } from '../../src/upload/recovery/resume-interrupted';
import type { FormSession } from '../../src/upload/form/form-session';
import type { KeptBatch } from '../../src/upload/recovery/journal/kept-batch';
import type { Upload } from '../../src/upload/upload';
import { maybeCancel } from './crash-cancel';
import { answerOffers } from './crash-elsewhere';
import { isAwaitingAnswer } from '../../src/upload/upload-state';
import type { CrashFrame } from './crash-frame';
import { isWaitingForAPerson } from './crash-frame';
import { rest, settle } from './crash-steps';
import type { Given, World } from './crash-world';
import { awake, isGone, isStale } from './crash-world';
import { MemoryFile } from './memory-file';

/** Maximum number of visits per work item. */
const MAX_VISITS = 5;

/** Opens each work item and completes its uploads like a user. */
export async function lookAfter(world: World, frames: readonly CrashFrame[]): Promise<void> {
  const { dice, items } = world;
  for (const id of dice.percent(50) ? items : [...items].reverse()) {
    for (const frame of frames) await show(world, frame, id);
    // Some users give files before any upload is resumed.
    if (dice.percent(70)) await rest(world);
    const [giver] = frames.filter((frame) => frame.life() === 'awake');
    if (giver) give(world, giver, id);
    await rest(world);
    for (let visit = 0; visit < MAX_VISITS; visit++) {
      await maybeCancel(world, 60);
      const helped: boolean[] = [];
      for (const frame of awake(world)) helped.push(await help(world, frame));
      await rest(world);
      if (!helped.includes(true)) break;
    }
  }
}

/** Loads a work item into the form. */
export async function show({ note }: World, frame: CrashFrame, workItemId: number): Promise<void> {
  if (frame.life() !== 'awake') return;
  note(`the form shows ${workItemId}`);
  frame.tell({ type: 'loaded', workItemId, isNew: false, isReadOnly: false });
  await settle();
}

/** Gives the files of one work item, and again the ones lost before the journal recorded them. */
export function give(world: World, frame: CrashFrame, home: number): void {
  const chosen = world.given.filter(
    (each) => each.home === home && !each.isNoted && !each.isChanged && !each.cancel && isToBeGiven(each),
  );
  if (chosen.length === 0) return;
  for (const each of chosen) each.givenTo = frame;
  world.note(`${chosen.map(({ file }) => `${file.name} (${file.size})`).join(', ')} for ${home}`);
  frame.session.attachPicked(chosen.map(({ file }) => file));
}

/** Whether no frame has the file. Files of a frame without a journal are not given again. */
function isToBeGiven({ givenTo }: Given): boolean {
  return !givenTo || (isGone(givenTo) && !givenTo.isBroken());
}

/** Helps one frame. Returns whether it needed help. */
async function help(world: World, { session }: CrashFrame): Promise<boolean> {
  const { note } = world;
  const { queue, interruptedUploads, journal } = session;
  const { workItemId, stopped } = interruptedUploads.getSnapshot();
  if (workItemId === undefined) return false;
  const left = interruptedFor(journal.state.getSnapshot().interrupted, workItemId);
  if (stopped.has(workItemId) && left.length > 0) {
    note(`to go on with what is left for ${workItemId}`);
    void interruptedUploads.resume().then(() => takeOffWhatIsThere(world, queue, workItemId));
    return true;
  }
  const asked = uploadsFor(workItemId, queue).filter(isAwaitingAnswer);
  if (asked.length > 0) note(`both are kept: ${asked.map(({ file }) => file.name).join(', ')}`);
  session.duplicates.answer(
    asked.map(({ id }) => id),
    'keep-both',
  );
  const hasOffers = answerOffers(world, session);
  const open = uploadsFor(workItemId, queue).filter(({ state }) => isWaitingForAPerson(state));
  if (open.length === 0) return asked.length > 0 || hasOffers;
  note(`to be helped: ${open.map(({ file, state }) => `${file.name} ${state.status}`).join(', ')}`);
  for (const { file, state } of open)
    // Uploads may fail only because of the server or the network.
    if (state.status === 'failed' && state.problem.kind === 'internal')
      throw new Error(`${file.name} failed: ${state.problem.serverMessage}`);
  takeOffWhatIsThere(world, queue, workItemId);
  takeOffWhatHasChanged(world, queue, open);
  queue.retry(open.map(({ id }) => id));
  queue.resume(open.map(({ id }) => id));
  const missing = uploadsFor(workItemId, queue).filter(({ state }) => state.status === 'needs-file');
  if (missing.length > 0) session.attachPicked(await pickAgain(world, missing));
  return true;
}

/** Cancels uploads of attached files: the journal may be outdated, and the user checks the work item first. */
function takeOffWhatIsThere(world: World, queue: FormSession['queue'], workItemId: number): void {
  if (!isStale(world)) return;
  const names = new Set(world.service.attachedTo(workItemId).map(({ name }) => name));
  const there = uploadsFor(workItemId, queue)
    .filter(({ file, state }) => names.has(file.name) && state.status !== 'linked')
    .map(({ id }) => id);
  queue.cancel(there);
  queue.remove(there);
}

/** Removes failed uploads of files that a program has overwritten: only another pick has the new version. */
function takeOffWhatHasChanged({ given }: World, queue: FormSession['queue'], open: readonly Upload[]): void {
  const changed = new Set(given.filter(({ isChanged }) => isChanged).map(({ file }) => file.name));
  const ids = open
    .filter(({ file, state }) => changed.has(file.name) && state.status === 'failed')
    .map(({ id }) => id);
  queue.remove(ids);
}

function uploadsFor(workItemId: number, queue: FormSession['queue']): readonly Upload[] {
  return queue.getSnapshot().filter(({ target }) => target.kind === 'work-item' && target.id === workItemId);
}

/** Files of these uploads, some under other names if their fingerprint is known. */
async function pickAgain({ given, store, dice }: World, uploads: readonly Upload[]): Promise<MemoryFile[]> {
  const batches = [...(await store.readBatches()).values()] as KeptBatch[];
  const kept = batches.flatMap((batch) => batch.uploads);
  return uploads.flatMap(({ id, file: { name } }) => {
    const mine = given.find(({ file }) => file.name === name);
    if (!mine) return [];
    // Without a fingerprint, a file is recognized by its name only.
    // A program has overwritten it; the person has a copy.
    if (mine.isChanged) return [new MemoryFile(mine.bytes, name)];
    const isLookedAt = kept.find((each) => each.id === id)?.fingerprint !== undefined;
    return [isLookedAt && dice.percent(70) ? new MemoryFile(mine.bytes, `again-${name}`) : mine.file];
  });
}
