import type { KeptBatch } from '../../src/upload/recovery/journal/kept-batch';
import type { CrashFrame } from './crash-frame';
import type { Given, World } from './crash-world';
import { awake, isOutOfReach, isStale } from './crash-world';

/** Files sent before the journal has recorded them: lost after a crash. */
export function sentTooEarly({ given, service }: World): string[] {
  return given
    .filter(({ isNoted, bytes }) => !isNoted && bytes.length > 0 && service.holds(bytes))
    .filter(({ givenTo }) => !givenTo?.isBroken())
    .map(({ file }) => `${file.name} was sent before the journal knew of it.`);
}

/** Problems in the end, one sentence each. */
export async function differences(world: World): Promise<string[]> {
  return [
    ...world.items.flatMap((id) => [...inAttachments(world, id), ...inForeign(world, id)]),
    ...awake(world).flatMap((frame) => [...unfinished(world, frame), ...inJournal(frame)]),
    ...(await inStore(world)),
  ];
}

function inAttachments(world: World, id: number): string[] {
  const expected = world.given.filter(({ home }) => home === id);
  const attached = world.service.attachedTo(id).map(({ bytes }) => bytes);
  const problems = expected.flatMap(({ file, bytes }) => {
    const isSame = (other: Uint8Array): boolean => Buffer.compare(other, bytes) === 0;
    const times = attached.filter(isSame).length;
    // All empty files are equal.
    const ranges = expected
      .filter((other) => isSame(other.bytes))
      .map((other) => timesAttached(world, other));
    const least = ranges.reduce((sum, range) => sum + range.least, 0);
    const most = ranges.reduce((sum, range) => sum + range.most, 0);
    if (times >= least && times <= most) return [];
    return [`${file.name} is attached ${times} times to ${id}, not ${least} to ${most}.`];
  });
  const others = attached.filter((each) => !expected.some(({ bytes }) => Buffer.compare(each, bytes) === 0));
  problems.push(
    ...world.service
      .attachedTo(id)
      .filter(({ name, bytes }) => {
        const same = expected.filter((each) => Buffer.compare(each.bytes, bytes) === 0);
        // Nothing repairs what the user canceled, what only a dead frame knew, or what the service refuses to rename.
        const isFinished =
          world.linkRefusedPercent === 0 && same.every((each) => !each.cancel && !isOutOfReach(world, each));
        return isFinished && same.length > 0 && !same.some(({ file }) => file.name === name);
      })
      .map(({ name }) => `A file of ${id} is called ${name}.`),
  );
  if (others.length > 0) problems.push(`${id} has ${others.length} attachments that nobody gave.`);
  return problems;
}

/** Checks that files of others are kept. */
function inForeign({ service, plot, given }: World, id: number): string[] {
  const expected = plot.asks ? given.filter(({ home }) => home === id).map(({ file }) => file.name) : [];
  const there = service.foreignOf(id);
  return expected.join() === there.join()
    ? []
    : [`${id} has ${there.join()} of others, not ${expected.join()}.`];
}

/** Allowed number of attachments of a file. */
function timesAttached(world: World, each: Given): { readonly least: number; readonly most: number } {
  if (each.cancel) return { least: 0, most: isCancelledForGood(world, each) ? 0 : 1 };
  return { least: each.isChanged || isOutOfReach(world, each) ? 0 : 1, most: 1 };
}

/** Whether a cancel is final. A cancel lost with its frame is not. */
function isCancelledForGood({ frames }: World, { cancel, isNoted }: Given): boolean {
  if (!cancel || cancel.isTooLate) return false;
  const { by, outcome } = cancel;
  const isKnownToAll = by.life() === 'awake' && !frames.leasesFor(by.name).mayHaveExpired();
  return outcome === 'written' || !isNoted || isKnownToAll;
}

/** Unfinished files of a frame in the end. */
export function unfinished(world: World, { session, name }: CrashFrame): string[] {
  const { given } = world;
  return session.queue.getSnapshot().flatMap(({ file, state }) => {
    const mine = given.find((each) => each.file.name === file.name);
    const mayBeCancelled = mine?.cancel ?? (mine?.isChanged === true || isStale(world));
    const isFine = state.status === 'linked' || (state.status === 'cancelled' && mayBeCancelled);
    return isFine ? [] : [`${file.name} is ${state.status} in ${name} in the end.`];
  });
}

function inJournal({ session }: CrashFrame): string[] {
  const { kind, setAside } = session.journal.state.getSnapshot();
  return kind === 'browser' && setAside === 0 ? [] : [`The journal is ${kind}, ${setAside} set aside.`];
}

async function inStore({ store }: World): Promise<string[]> {
  return [...(await store.readBatches())].map(([id, batch]) => {
    const { uploads, owner } = batch as KeptBatch;
    const left = uploads.map(({ name, stage }) => `${name} ${stage}`).join(', ');
    return `${id} of ${owner} is left: ${left}.`;
  });
}
