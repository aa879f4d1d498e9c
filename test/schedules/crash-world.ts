import type { SaveResult } from '../../src/upload/recovery/journal/journal-store';
import type { KeptBatch } from '../../src/upload/recovery/journal/kept-batch';
import { createMemoryStore } from '../../src/upload/recovery/journal/memory-store';
import type { BatchId, UploadState } from '../../src/upload/upload';
import type { Dice } from 'azure-devops-emulator/dice';
import { createDice } from 'azure-devops-emulator/dice';
import { isAwaitingAnswer } from '../../src/upload/upload-state';
import { createFakeRuntime } from '../helpers/fake-runtime';
import { createTestFrames } from '../helpers/journal';
import { cancelAtTheLastMoment } from './crash-cancel';
import type { Browser, CrashFrame, Mishaps } from './crash-frame';
import { createCrashFrame } from './crash-frame';
import { createCrashService } from './crash-service';
import { createElsewhere } from './crash-elsewhere';
import { keepingCopies } from './crash-overwrite';
import { MemoryFile } from './memory-file';

/** Additional events of a scenario. Its faults apply to the first frame. */
export interface Plot extends Mishaps {
  /** State of the one or two files canceled by the user; the last moment is right before a crash. */
  readonly cancels?: UploadState['status'] | 'at the last moment' | undefined;
  /** Number of steps before a program overwrites a file on disk. */
  readonly overwrites?: number | undefined;
  /** Whether other files of the same names are attached, so that the frame asks the user. */
  readonly asks?: boolean | undefined;
  /** Whether the files are also on another work item, so that the frame offers to link them. */
  readonly offersLinks?: boolean | undefined;
}

/** File of the user, and its work item. */
export interface Given {
  readonly file: MemoryFile;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly home: number;
  /** Latest frame with the file. */
  givenTo: CrashFrame | undefined;
  /** Whether the journal has recorded it. */
  isNoted: boolean;
  /** Whether a program has overwritten it on disk. */
  isChanged: boolean;
  cancel: Cancel | undefined;
}

/** Cancel by the user. */
export interface Cancel {
  readonly by: CrashFrame;
  readonly id: string;
  readonly batchId: string;
  /** Whether the file may still be attached: a failed upload can be removed after a link attempt. */
  readonly isTooLate: boolean;
  /** `written`: no frame can resume the file; `lost`: another frame has claimed it. */
  outcome: 'open' | 'written' | 'lost';
}

/** Browser, and files to attach. */
export interface World extends Browser {
  /** Probability of a pause by the user. */
  readonly pausedPercent: number;
  readonly plot: Plot;
  /** Work items of the files. */
  readonly items: readonly number[];
  readonly given: readonly Given[];
  /** Number of frames that died, or fell asleep, with a question to the user. */
  diedAsking: number;
  /** Number of frames that died, or fell asleep, with an offer to link a file, or with its link. */
  diedOffering: number;
  /** All frames ever opened in forms. */
  readonly open: CrashFrame[];
  /** Frames without a form. */
  readonly others: Pick<CrashFrame, 'isBusy' | 'isWriting' | 'act'>[];
  /** Random choices of the next step. */
  readonly dice: Dice;
  /** Random choices of the plot's events, the number of cancels left, and of steps so far. */
  readonly mind: { readonly dice: Dice; cancelsLeft: number; steps: number; hasOverwritten: boolean };
}

/** Existing work items. */
const ITEMS = [7, 8] as const;

/** A budget without room even for an empty file. */
const NO_ROOM = -1;

/** Creates a world without frames; deterministic for `seed` and `plot`. */
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
  const ignoresNames = seed % 3 === 0;
  const tokenlessPercent = seed % 4 === 3 ? 10 : 0;
  const isStoreSlow = dice.percent(50);
  // Files must reach the state of the cancel.
  const brokenPercent = cancels === 'waiting' ? 20 : trouble;
  const refusedPercent = cancels === 'failed' ? 15 : 0;
  const linkRefusedPercent = plot.offersLinks ? 30 : refusedPercent;
  const pausedPercent = cancels === 'paused' ? 100 : 20;
  const budget = cancels === 'needs-file' ? NO_ROOM : room;
  note(
    JSON.stringify({
      repeats,
      takesTwice,
      ignoresNames,
      tokenlessPercent,
      budget,
      isStoreSlow,
      brokenPercent,
      refusedPercent,
    }),
  );
  const homes = dice.percent(50) ? items : [dice.pick(items)];
  const given = Array.from({ length: dice.between(1, 4) }, (_, index): Given => {
    const size = dice.pick([0, 24, 900, 6_000, 9_000]);
    const bytes = bytesBy(dice, size);
    const file = new MemoryFile(bytes, `${index + 1}.bin`);
    return {
      file,
      bytes,
      home: dice.pick(homes),
      givenTo: undefined,
      isNoted: false,
      isChanged: false,
      cancel: undefined,
    };
  });
  const mind = diceOfPlot(seed, plot);
  const service = createCrashService({ repeats, takesTwice, ignoresNames });
  if (plot.asks) for (const { home, file } of given) service.attachForeign(home, file.name);
  const finder = plot.offersLinks ? createElsewhere(service, given) : undefined;
  const world: World = {
    service,
    store: keepingCopies(createMemoryStore()),
    frames: createTestFrames(),
    machine: createFakeRuntime(),
    finder,
    budget,
    isStoreSlow,
    brokenPercent,
    refusedPercent,
    linkRefusedPercent,
    tokenlessPercent,
    pausedPercent,
    // With a server that accepts duplicates, late requests cannot be handled correctly.
    isLateAllowed: repeats !== 'appended' && !takesTwice,
    late: [],
    onWritten(frame, write, [what], result) {
      if (write === 'add') noteAdded(given, what as readonly KeptBatch[]);
      if (write === 'save') noteSaved(given, frame, what as readonly KeptBatch[], result as SaveResult);
      if (write === 'claim') noteLost(given, frame, what as readonly BatchId[]);
    },
    onGoing(name) {
      const frame = world.open.find((each) => each.name === name);
      if (!frame) return;
      if (frame.session.queue.getSnapshot().some(isAwaitingAnswer)) world.diedAsking++;
      if (frame.session.queue.getSnapshot().some(({ sameFile }) => sameFile)) world.diedOffering++;
      cancelAtTheLastMoment(world, frame);
    },
    note,
    plot,
    items,
    given,
    diedAsking: 0,
    diedOffering: 0,
    open: [],
    others: [],
    dice,
    mind: { dice: mind, cancelsLeft: mind.between(1, 2), steps: 0, hasOverwritten: false },
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

/** Random choices by seed and plot. */
export function diceOfPlot(seed: number, plot: Plot): Dice {
  return createDice(seed + hashOf(JSON.stringify(plot)));
}

/** Frames neither asleep nor gone. */
export function awake({ open }: World): readonly CrashFrame[] {
  return open.filter((frame) => frame.life() === 'awake');
}

/** Whether a frame has crashed or was closed. */
export function isGone(frame: CrashFrame): boolean {
  return frame.life() === 'gone' || frame.life() === 'closed';
}

/** Whether the journal may lack files attached by a frame with a broken journal. */
export function isStale({ open }: World): boolean {
  return open.some((frame) => frame.hasLeftStale());
}

/** Whether a crashed frame had the file but no journal, so the file may be lost. */
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

/** Marks cancels of a sleeping frame as lost with their batch, even if it claims the batch again. */
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

/** Pseudorandom bytes, different for each call. */
function bytesBy(dice: Dice, size: number): Uint8Array<ArrayBuffer> {
  let word = dice.between(1, 2 ** 31);
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at++) bytes[at] = (word = (Math.imul(word, 1_103_515_245) + 12_345) | 0) >>> 24;
  return bytes;
}

function hashOf(text: string): number {
  let hash = 1;
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) % 100_003;
  return hash;
}
