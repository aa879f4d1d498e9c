import type { Upload } from '../../src/upload/upload';
import { isOver } from '../../src/upload/upload-state';
import type { CrashFrame } from './crash-frame';
import type { World } from './crash-world';
import { awake } from './crash-world';

/** Cancels a file in the state named by the plot, with this probability. */
export async function maybeCancel(world: World, percent: number): Promise<void> {
  const { plot, mind, machine } = world;
  const { cancels } = plot;
  if (cancels === undefined || mind.cancelsLeft === 0 || !mind.dice.percent(percent)) return;
  // Few files are not queued for long, except while offline.
  const mustGoOffline = cancels === 'queued' && choicesOf(world, 'uploading').length > 0;
  if (mustGoOffline) await machine.goOffline();
  const choices = choicesOf(world, cancels);
  if (choices.length > 0) cancel(world, ...mind.dice.pick(choices));
  if (mustGoOffline) await machine.goOnline();
}

/** Cancels a file right before a frame crashes, according to the plot. */
export function cancelAtTheLastMoment(world: World, frame: CrashFrame): void {
  const { plot, mind } = world;
  if (plot.cancels !== 'at the last moment' || mind.cancelsLeft === 0) return;
  const choices = frame.session.queue.getSnapshot().filter(({ state }) => !isOver(state));
  if (choices.length > 0) cancel(world, frame, mind.dice.pick(choices));
}

function choicesOf(world: World, status: string): [CrashFrame, Upload][] {
  return awake(world).flatMap((frame) =>
    frame.session.queue
      .getSnapshot()
      .filter(({ state }) => state.status === status)
      .map((upload): [CrashFrame, Upload] => [frame, upload]),
  );
}

function cancel({ given, mind, note }: World, frame: CrashFrame, upload: Upload): void {
  const { id, batchId, isLinkTried, file, state } = upload;
  const { queue } = frame.session;
  if (state.status === 'failed') queue.remove([id]);
  else queue.cancel([id]);
  const after = queue.getSnapshot().find((each) => each.id === id);
  const isCancelled = after === undefined || after.state.status === 'cancelled';
  note(`${file.name}, which is ${state.status}, is ${isCancelled ? '' : 'not '}cancelled in ${frame.name}`);
  if (!isCancelled) return;
  mind.cancelsLeft--;
  const cancelled = given.find((each) => each.file.name === file.name);
  const isTooLate = isLinkTried && state.status === 'failed';
  if (cancelled) cancelled.cancel = { by: frame, id, batchId, isTooLate, outcome: 'open' };
}
