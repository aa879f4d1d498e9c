import type { SaveResult } from '../../src/upload/recovery/journal/journal-store';
import type { KeptBatch } from '../../src/upload/recovery/journal/kept-batch';
import { createMemoryStore } from '../../src/upload/recovery/journal/memory-store';
import type { BatchId, UploadState } from '../../src/upload/upload';
import type { Dice } from 'azure-devops-emulator/dice';
import { createDice } from 'azure-devops-emulator/dice';
import { createFakeRuntime } from '../helpers/fake-runtime';
import { createTestFrames } from '../helpers/journal';
import { cancelAtTheLastMoment } from './crash-cancel';
import type { Browser, CrashFrame, Mishaps } from './crash-frame';
import { createCrashFrame } from './crash-frame';
import { createCrashService } from './crash-service';
import { MemoryFile } from './memory-file';

/** What comes on top of what follows from the seed of a scenario. Its mishaps befall the first frame. */
export interface Plot extends Mishaps {
  /** A person cancels one or two files, each once it is seen in this state; the last moment is that before a crash. */
  readonly cancels?: UploadState['status'] | 'at the last moment' | undefined;
}

/** A file that a person gives, and where it belongs. */
export interface Given {
  readonly file: MemoryFile;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly home: number;
  /** The frame that got it last. */
  givenTo: CrashFrame | undefined;
  /** Whether the journal has heard of it. */
  isNoted: boolean;
  cancel: Cancel | undefined;
}

/** What a person has cancelled. */
export interface Cancel {
  readonly by: CrashFrame;
  readonly id: string;
  readonly batchId: string;
  /** Whether it may be attached all the same: what has failed can be taken off the list after a link was tried. */
  readonly isTooLate: boolean;
  /** Once it is written, nobody can go on with the file; it is lost where another frame has the file by then. */
  outcome: 'open' | 'written' | 'lost';
}

/** A browser, and the files that a person wants to attach. */
export interface World extends Browser {
  /** Of 100 times, a person pauses what is being sent so many times. */
  readonly pausedPercent: number;
  readonly plot: Plot;
  /** The work items that files belong to. */
  readonly items: readonly number[];
  readonly given: readonly Given[];
  /** All frames of forms that there were. */
  readonly open: CrashFrame[];
  /** Frames that no form is in. */
  readonly others: Pick<CrashFrame, 'isBusy' | 'isWriting' | 'act'>[];
  /** What happens next. */
  readonly dice: Dice;
  /** What a person's change of mind follows from, and how many files may still be cancelled. */
  readonly mind: { readonly dice: Dice; cancelsLeft: number };
}

/** Work items that were saved long ago. */
const ITEMS = [7, 8] as const;

/** A budget that lets no file be kept, not even an empty one. */
const NO_ROOM = -1;

/** A world that follows from `seed` and `plot`, without frames. */
export function createWorld(
  seed: number,
  plot: Plot,
  note: (what: string) => void,
  items: readonly number[] = ITEMS,
): World {
  const dice = createDice(seed);
  const { cancels } = plot;
  const repeats = dice.pick(['refused', 'refused', 'overwritten', 'ignored', 'appended'] as const);
  const room = dice.pick([1_000_000, 1_000_000, 10_000, 0]);
  const trouble = dice.pick([0, 0, 20]);
  const takesTwice = dice.percent(30);
  const isStoreSlow = dice.percent(50);
  // What is to be cancelled in some state must come into it.
  const brokenPercent = cancels === 'waiting' ? 20 : trouble;
  const refusedPercent = cancels === 'failed' ? 15 : 0;
  const pausedPercent = cancels === 'paused' ? 100 : 20;
  const budget = cancels === 'needs-file' ? NO_ROOM : room;
  note(JSON.stringify({ repeats, takesTwice, budget, isStoreSlow, brokenPercent, refusedPercent }));
  const homes = dice.percent(50) ? items : [dice.pick(items)];
  const given = Array.from({ length: dice.between(1, 4) }, (_, index): Given => {
    const size = dice.pick([0, 24, 900, 6_000, 9_000]);
    const bytes = bytesBy(dice, size);
    const file = new MemoryFile(bytes, `${index + 1}.bin`);
    return { file, bytes, home: dice.pick(homes), givenTo: undefined, isNoted: false, cancel: undefined };
  });
  const mind = diceOfPlot(seed, plot);
  const world: World = {
    service: createCrashService({ repeats, takesTwice }),
    store: createMemoryStore(),
    frames: createTestFrames(),
    machine: createFakeRuntime(),
    budget,
    isStoreSlow,
    brokenPercent,
    refusedPercent,
    pausedPercent,
    // A server that takes everything as it comes would be confused, whatever we do.
    isLateAllowed: repeats !== 'appended' && !takesTwice,
    late: [],
    onWritten(frame, write, [what], result) {
      if (write === 'add') noteAdded(given, what as readonly KeptBatch[]);
      if (write === 'save') noteSaved(given, frame, what as readonly KeptBatch[], result as SaveResult);
      if (write === 'claim') noteLost(given, frame, what as readonly BatchId[]);
    },
    onGoing(name) {
      const frame = world.open.find((each) => each.name === name);
      if (frame) cancelAtTheLastMoment(world, frame);
    },
    note,
    plot,
    items,
    given,
    open: [],
    others: [],
    dice,
    mind: { dice: mind, cancelsLeft: mind.between(1, 2) },
  };
  return world;
}

/** Opens a form group. */
export function openFrame(world: World, name: string, mishaps: Mishaps): CrashFrame {
  world.note(`${name} is opened`);
  const frame = createCrashFrame(world, name, world.dice, mishaps);
  world.open.push(frame);
  return frame;
}

/** Dice for what follows from the seed and from the plot as well. */
export function diceOfPlot(seed: number, plot: Plot): Dice {
  return createDice(seed + hashOf(JSON.stringify(plot)));
}

/** Those that are neither asleep nor gone. */
export function awake({ open }: World): readonly CrashFrame[] {
  return open.filter((frame) => frame.life() === 'awake');
}

/** Whether it crashed or was closed. */
export function isGone(frame: CrashFrame): boolean {
  return frame.life() === 'gone' || frame.life() === 'closed';
}

/** Whether the journal may not know of what was attached by a frame whose journal broke. */
export function isStale({ open }: World): boolean {
  return open.some((frame) => frame.hasLeftStale());
}

/** Whether a frame is gone that had the file and could not write down what becomes of it, so that nobody needs to know. */
export function isOutOfReach({ open }: World, { file, givenTo }: Given): boolean {
  return open.some((frame) => {
    if (frame.life() !== 'gone' || !frame.isBroken()) return false;
    const upload = frame.session.queue.getSnapshot().find((each) => each.file.name === file.name);
    return upload ? upload.state.status !== 'linked' : givenTo === frame;
  });
}

function noteAdded(given: readonly Given[], batches: readonly KeptBatch[]): void {
  const names = new Set(batches.flatMap(({ uploads }) => uploads.map(({ name }) => name)));
  for (const each of given) if (names.has(each.file.name)) each.isNoted = true;
}

function noteSaved(
  given: readonly Given[],
  frame: string,
  batches: readonly KeptBatch[],
  { lost, discarded }: SaveResult,
): void {
  noteLost(given, frame, [...lost, ...discarded]);
  for (const { id, uploads } of batches) {
    for (const cancel of openCancels(given, frame, [id]))
      if (uploads.every((upload) => upload.id !== cancel.id)) cancel.outcome = 'written';
  }
}

/** What a frame that slept has cancelled is lost with its batch, also where it gets that back. */
function noteLost(given: readonly Given[], frame: string, batchIds: readonly BatchId[]): void {
  for (const cancel of openCancels(given, frame, batchIds)) cancel.outcome = 'lost';
}

function openCancels(given: readonly Given[], frame: string, batchIds: readonly BatchId[]): Cancel[] {
  return given
    .flatMap(({ cancel }) => cancel ?? [])
    .filter(
      ({ by, batchId, outcome }) => outcome === 'open' && by.name === frame && batchIds.includes(batchId),
    );
}

/** So many bytes, unlike those of any other throw. */
function bytesBy(dice: Dice, size: number): Uint8Array<ArrayBuffer> {
  let word = dice.between(1, 2 ** 31);
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at++) bytes[at] = (word = Math.imul(word, 1_103_515_245) + 12_345) >>> 24;
  return bytes;
}

function hashOf(text: string): number {
  let hash = 1;
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) % 100_003;
  return hash;
}
