import { interruptedFor } from '../../src/upload/recovery/resume-interrupted';
import type { FormSession } from '../../src/entries/form-group/form-session';
import type { KeptBatch } from '../../src/upload/recovery/journal/kept-batch';
import type { Upload } from '../../src/upload/upload';
import { maybeCancel } from './crash-cancel';
import type { CrashFrame } from './crash-frame';
import { isWaitingForAPerson } from './crash-frame';
import { rest, settle } from './crash-steps';
import type { Given, World } from './crash-world';
import { awake, isGone, isStale } from './crash-world';
import { MemoryFile } from './memory-file';

/** So often a person looks after one work item at most. */
const MOST_TURNS = 5;

/** Looks at one work item after the other, and gives each what it asks for. */
export async function lookAfter(world: World, frames: readonly CrashFrame[]): Promise<void> {
  const { dice, items } = world;
  for (const id of dice.percent(50) ? items : [...items].reverse()) {
    for (const frame of frames) await show(world, frame, id);
    // Some are quick, and give before anything was gone on with.
    if (dice.percent(70)) await rest(world);
    const [giver] = frames.filter((frame) => frame.life() === 'awake');
    if (giver) give(world, giver, id);
    await rest(world);
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      await maybeCancel(world, 60);
      const helped: boolean[] = [];
      for (const frame of awake(world)) helped.push(await help(world, frame));
      await rest(world);
      if (!helped.includes(true)) break;
    }
  }
}

/** Lets the form show a work item. */
export async function show({ note }: World, frame: CrashFrame, workItemId: number): Promise<void> {
  if (frame.life() !== 'awake') return;
  note(`the form shows ${workItemId}`);
  frame.tell({ type: 'loaded', workItemId, isNew: false, isReadOnly: false });
  await settle();
}

/** Gives what belongs to one work item and what was lost before the journal heard of it. */
export function give(world: World, frame: CrashFrame, home: number): void {
  const chosen = world.given.filter(
    (each) => each.home === home && !each.isNoted && !each.cancel && isToBeGiven(each),
  );
  if (chosen.length === 0) return;
  for (const each of chosen) each.givenTo = frame;
  world.note(`${chosen.map(({ file }) => `${file.name} (${file.size})`).join(', ')} for ${home}`);
  frame.session.attachPicked(chosen.map(({ file }) => file));
}

/** Whether no frame has it; what a frame without a journal had is attached, or given up. */
function isToBeGiven({ givenTo }: Given): boolean {
  return !givenTo || (isGone(givenTo) && !givenTo.isBroken());
}

/** Resolves with whether anything asked for it. */
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
  const open = uploadsFor(workItemId, queue).filter(({ state }) => isWaitingForAPerson(state));
  if (open.length === 0) return false;
  note(`to be helped: ${open.map(({ file, state }) => `${file.name} ${state.status}`).join(', ')}`);
  for (const { file, state } of open)
    // Only the server and the line may keep a file from being sent.
    if (state.status === 'failed' && state.problem.kind === 'internal')
      throw new Error(`${file.name} failed: ${state.problem.serverMessage}`);
  takeOffWhatIsThere(world, queue, workItemId);
  queue.retry(open.map(({ id }) => id));
  queue.resume(open.map(({ id }) => id));
  const missing = uploadsFor(workItemId, queue).filter(({ state }) => state.status === 'needs-file');
  if (missing.length > 0) session.attachPicked(await pickAgain(world, missing));
  return true;
}

/** Whoever knows that the journal may tell of what was attached since looks before anything is sent again. */
function takeOffWhatIsThere(world: World, queue: FormSession['queue'], workItemId: number): void {
  if (!isStale(world)) return;
  const names = new Set(world.service.attachedTo(workItemId).map(({ name }) => name));
  const there = uploadsFor(workItemId, queue)
    .filter(({ file, state }) => names.has(file.name) && state.status !== 'linked')
    .map(({ id }) => id);
  queue.cancel(there);
  queue.remove(there);
}

function uploadsFor(workItemId: number, queue: FormSession['queue']): readonly Upload[] {
  return queue.getSnapshot().filter(({ target }) => target.kind === 'work-item' && target.id === workItemId);
}

/** The files of these uploads, by other names where their content tells what they are. */
async function pickAgain({ given, store, dice }: World, uploads: readonly Upload[]): Promise<MemoryFile[]> {
  const batches = [...(await store.readBatches()).values()] as KeptBatch[];
  const kept = batches.flatMap((batch) => batch.uploads);
  return uploads.flatMap(({ id, file: { name } }) => {
    const mine = given.find(({ file }) => file.name === name);
    if (!mine) return [];
    // Where the content was not looked at in time, only the name tells.
    const isLookedAt = kept.find((each) => each.id === id)?.fingerprint !== undefined;
    return [isLookedAt && dice.percent(70) ? new MemoryFile(mine.bytes, `again-${name}`) : mine.file];
  });
}
