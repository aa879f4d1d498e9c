import { interruptedFor } from '../../src/form-group/come-back';
import type { KeptBatch } from '../../src/journal/kept-batch';
import { createMemoryStore } from '../../src/journal/memory-store';
import type { Upload } from '../../src/model/upload';
import type { Dice } from '../helpers/dice';
import { createDice } from '../helpers/dice';
import { createHandDrivenSurroundings } from '../helpers/hand-driven-surroundings';
import { createTestFrames } from '../helpers/journal';
import type { Browser, Crash, CrashFrame } from './crash-frame';
import { createCrashFrame, isWaitingForAPerson } from './crash-frame';
import { createCrashService } from './crash-service';
import { MemoryFile } from './memory-file';

/** What a run came to. */
export interface CrashOutcome {
  /** What is not as it should be, one sentence each. */
  readonly problems: readonly string[];
  /** Everything that was done, in its order. */
  readonly log: readonly string[];
  /** How often the first frame wrote, and how many of its requests were delivered. */
  readonly writes: number;
  readonly requests: number;
}

/** A file that a person gives, and where it belongs. */
interface Given {
  readonly file: MemoryFile;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly home: number;
  /** The frame that got it last. */
  givenTo: CrashFrame | undefined;
  /** Whether the journal has heard of it. */
  isNoted: boolean;
}

/** A browser, and the files that a person wants to attach. */
interface World extends Browser {
  readonly given: readonly Given[];
  /** Frames that are there or asleep. */
  readonly open: CrashFrame[];
  /** What happens next. */
  readonly dice: Dice;
}

const ITEMS = [7, 8] as const;

/** So many times frames go at most. */
const MOST_CRASHES = 3;

/** Steps after which what does not come to rest is given up. */
const MOST_STEPS = 400;

/** So often a person looks after one work item at most. */
const MOST_TURNS = 5;

/**
 * Gives files to a frame, which goes at one moment; others go on, which may go as well. In the end all files must be
 * where they belong, and nothing be left in the journal.
 *
 * @param seed What is given, and what becomes of it as long as no frame goes, follows from it alone.
 * @param crash None: the first frame does not go.
 */
export async function runCrash(seed: number, crash: Crash | undefined): Promise<CrashOutcome> {
  const log: string[] = [];
  const problems: string[] = [];
  const world = createWorld(createDice(seed), (what) => log.push(what));
  const first = openFrame(world, 'frame 1', crash);
  try {
    await live(world, first);
    if (isAnyAwake(world)) await finish(world);
    const fate = createDice(seed + hashOf(JSON.stringify(crash ?? '')));
    const later: World = { ...world, dice: fate };
    for (let crashes = 1; !isAnyAwake(world); crashes++) {
      problems.push(...sentTooEarly(world));
      const isLast = crashes >= MOST_CRASHES || fate.percent(50);
      await comeBack(later, `frame ${crashes + 1}`, isLast ? undefined : crashAtRandom(fate));
      if (isAnyAwake(world)) await finish(later);
    }
    problems.push(...(await differences(world)));
  } catch (error) {
    problems.push((error as Error).message);
  }
  return { problems, log, ...first.counts() };
}

function createWorld(dice: Dice, note: (what: string) => void): World {
  const repeats = dice.pick(['refused', 'refused', 'overwritten', 'ignored', 'appended'] as const);
  const budget = dice.pick([1_000_000, 1_000_000, 10_000, 0]);
  const brokenPercent = dice.pick([0, 0, 20]);
  const takesTwice = dice.percent(30);
  const isStoreSlow = dice.percent(50);
  note(JSON.stringify({ repeats, takesTwice, budget, isStoreSlow, brokenPercent }));
  const homes = dice.percent(50) ? ITEMS : [dice.pick(ITEMS)];
  const given = Array.from({ length: dice.between(1, 4) }, (_, index): Given => {
    const size = dice.pick([0, 24, 900, 6_000, 9_000]);
    const bytes = bytesBy(dice, size);
    const file = new MemoryFile(bytes, `${index + 1}.bin`);
    return { file, bytes, home: dice.pick(homes), givenTo: undefined, isNoted: false };
  });
  return {
    service: createCrashService({ repeats, takesTwice }),
    store: createMemoryStore(),
    frames: createTestFrames(),
    machine: createHandDrivenSurroundings(),
    budget,
    isStoreSlow,
    brokenPercent,
    // A server that takes everything as it comes would be confused, whatever we do.
    isLateAllowed: repeats !== 'appended' && !takesTwice,
    late: [],
    onAdded(batches) {
      const names = new Set(batches.flatMap(({ uploads }) => uploads.map(({ name }) => name)));
      for (const each of given) if (names.has(each.file.name)) each.isNoted = true;
    },
    note,
    given,
    open: [],
    dice,
  };
}

/** So many bytes, unlike those of any other throw. */
function bytesBy(dice: Dice, size: number): Uint8Array<ArrayBuffer> {
  let word = dice.between(1, 2 ** 31);
  return new Uint8Array(size).map(() => (word = Math.imul(word, 1_103_515_245) + 12_345) >>> 24);
}

function crashAtRandom(dice: Dice): Crash {
  const number = dice.between(1, 12);
  const sleeps = dice.percent(20);
  if (dice.percent(60)) return { sleeps, at: 'write', number, when: dice.pick(['before', 'after']) };
  return { sleeps, at: 'request', number, isTaken: dice.percent(50) };
}

function openFrame(world: World, name: string, crash: Crash | undefined): CrashFrame {
  world.note(`${name} is opened`);
  const frame = createCrashFrame(world, name, world.dice, crash);
  world.open.push(frame);
  return frame;
}

function isAnyAwake({ open }: World): boolean {
  return open.some((frame) => frame.life() === 'awake');
}

/** The first frame: everything is given, and a person may pause something. */
async function live(world: World, frame: CrashFrame): Promise<void> {
  const { dice, note } = world;
  await frame.session.start();
  for (const id of ITEMS) {
    await show(world, frame, id);
    if (frame.life() === 'awake') give(world, frame, id);
    for (let steps = dice.between(0, 6); steps > 0; steps--) await step(world);
    if (!dice.percent(20) || frame.life() !== 'awake') continue;
    const sending = frame.session.queue.getSnapshot().filter(({ state }) => state.status === 'uploading');
    note(`paused: ${sending.map(({ file }) => file.name).join(', ')}`);
    frame.session.queue.pause(sending.map(({ id: each }) => each));
  }
  await rest(world);
  if (frame.life() === 'awake') await lookAfter(world, [frame]);
}

/** Opens the form again, at times in two tabs. */
async function comeBack(world: World, name: string, crash: Crash | undefined): Promise<void> {
  const frames = [openFrame(world, name, crash)];
  if (world.dice.percent(25)) frames.push(openFrame(world, `${name} b`, undefined));
  for (const frame of frames) await frame.session.start();
  await lookAfter(world, frames);
}

/** Looks at one work item after the other, and gives each what it asks for. */
async function lookAfter(world: World, frames: readonly CrashFrame[]): Promise<void> {
  const { dice } = world;
  const isThere = (frame: CrashFrame): boolean => frame.life() === 'awake';
  for (const id of dice.percent(50) ? ITEMS : [...ITEMS].reverse()) {
    for (const frame of frames) await show(world, frame, id);
    // Some are quick, and give before anything was gone on with.
    if (dice.percent(70)) await rest(world);
    const [giver] = frames.filter(isThere);
    if (giver) give(world, giver, id);
    await rest(world);
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const helped: boolean[] = [];
      for (const frame of world.open.filter(isThere)) helped.push(await help(world, frame));
      await rest(world);
      if (!helped.includes(true)) break;
    }
  }
}

/** Whatever sleeps or was late comes to its end. */
async function finish(world: World): Promise<void> {
  for (const frame of world.open) await frame.wake();
  while (world.late.length > 0) await step(world);
  for (const frame of world.open) frame.bringToFront();
  await lookAfter(
    world,
    world.open.filter((frame) => frame.life() === 'awake'),
  );
}

async function show({ note }: World, frame: CrashFrame, workItemId: number): Promise<void> {
  if (frame.life() !== 'awake') return;
  note(`the form shows ${workItemId}`);
  frame.tell({ type: 'loaded', workItemId, isNew: false, isReadOnly: false });
  await settle();
}

/** Gives what belongs to one work item and what was lost before the journal heard of it. */
function give({ given, note }: World, frame: CrashFrame, home: number): void {
  const chosen = given.filter(
    (each) => each.home === home && !each.isNoted && (each.givenTo?.life() ?? 'gone') === 'gone',
  );
  if (chosen.length === 0) return;
  for (const each of chosen) each.givenTo = frame;
  note(`${chosen.map(({ file }) => `${file.name} (${file.size})`).join(', ')} for ${home}`);
  frame.session.attachPicked(chosen.map(({ file }) => file));
}

/** Resolves with whether anything asked for it. */
async function help(world: World, { session }: CrashFrame): Promise<boolean> {
  const { note, given, store, dice } = world;
  const { workItemId, stopped } = session.comeBack.getSnapshot();
  const isAsked =
    workItemId !== undefined &&
    stopped.has(workItemId) &&
    interruptedFor(session.journal.state.getSnapshot().interrupted, workItemId).length > 0;
  if (isAsked) {
    note(`to go on with what is left for ${workItemId}`);
    void session.comeBack.goOn();
    return true;
  }
  const open = session.queue
    .getSnapshot()
    .filter(
      ({ target, state }) =>
        target.kind === 'work-item' && target.id === workItemId && isWaitingForAPerson(state),
    );
  if (open.length === 0) return false;
  note(`to be helped: ${open.map(({ file, state }) => `${file.name} ${state.status}`).join(', ')}`);
  const idsOf = (status: Upload['state']['status']): string[] =>
    open.filter(({ state }) => state.status === status).map(({ id }) => id);
  session.queue.retry(idsOf('failed'));
  session.queue.resume(idsOf('paused'));
  const batches = [...(await store.readBatches()).values()] as KeptBatch[];
  const kept = batches.flatMap(({ uploads }) => uploads);
  const missing = open
    .filter(({ state }) => state.status === 'needs-file')
    .flatMap(({ id, file: { name } }) => {
      const mine = given.find(({ file }) => file.name === name);
      if (!mine) return [];
      // Where the content was not looked at in time, only the name tells.
      const isLookedAt = kept.find((each) => each.id === id)?.fingerprint !== undefined;
      return [isLookedAt && dice.percent(70) ? new MemoryFile(mine.bytes, `again-${name}`) : mine.file];
    });
  if (missing.length > 0) session.attachPicked(missing);
  return true;
}

/** Lets one thing happen, in any frame. */
async function step(world: World): Promise<void> {
  const { dice, machine, late, open } = world;
  const busy = open.filter((frame) => frame.life() === 'awake' && frame.isBusy());
  const [asleep] = open.filter((frame) => frame.life() === 'asleep');
  if (late.length > 0 && dice.percent(15)) await late.shift()?.();
  else if (asleep && open.length > 1 && dice.percent(5)) await asleep.wake();
  else if (busy.length > 0 && dice.percent(75)) await dice.pick(busy).act();
  else await machine.pass(busy.some((frame) => frame.isWriting()) ? 50 : dice.pick([50, 250, 1_500]));
  await settle();
}

/** Lets things happen until nothing more happens by itself. */
async function rest(world: World): Promise<void> {
  const { open, machine } = world;
  const isResting = (): boolean =>
    open.filter((frame) => frame.life() === 'awake').every((frame) => frame.isResting());
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    await settle();
    if (isResting()) {
      // What gathers is written.
      await machine.pass(1_000);
      await settle();
      if (isResting()) return;
    }
    await step(world);
  }
  throw new Error('It does not come to rest.');
}

/** Lets everything happen that waits for nothing but its turn. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Nothing may be sent of a file that nobody would find again. */
function sentTooEarly({ given, service }: World): string[] {
  return given
    .filter(({ isNoted, bytes }) => !isNoted && bytes.length > 0 && service.holds(bytes))
    .map(({ file }) => `${file.name} was sent before the journal knew of it.`);
}

async function differences({ service, given, store, open }: World): Promise<string[]> {
  const problems: string[] = [];
  for (const id of ITEMS) {
    const expected = given.filter(({ home }) => home === id);
    const attached = service.attachedTo(id);
    const timesIn = (all: readonly Uint8Array[], bytes: Uint8Array): number =>
      all.filter((other) => Buffer.compare(other, bytes) === 0).length;
    const ofAll = expected.map(({ bytes }) => bytes);
    for (const { file, bytes } of expected) {
      const times = timesIn(attached, bytes);
      // Empty files are all the same.
      if (times !== timesIn(ofAll, bytes)) problems.push(`${file.name} is attached ${times} times to ${id}.`);
    }
    if (attached.length !== expected.length)
      problems.push(`${id} has ${attached.length} attachments, not ${expected.length}.`);
  }
  for (const { session } of open.filter((frame) => frame.life() === 'awake')) {
    for (const { file, state } of session.queue.getSnapshot())
      if (state.status !== 'linked') problems.push(`${file.name} is ${state.status} in the end.`);
    const { kind, setAside } = session.journal.state.getSnapshot();
    if (kind !== 'browser' || setAside > 0) problems.push(`The journal is ${kind}, ${setAside} set aside.`);
  }
  for (const [id, batch] of await store.readBatches()) {
    const { uploads, owner } = batch as KeptBatch;
    const left = uploads.map(({ name, stage }) => `${name} ${stage}`).join(', ');
    problems.push(`${id} of ${owner} is left: ${left}.`);
  }
  return problems;
}

function hashOf(text: string): number {
  let hash = 1;
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) % 100_003;
  return hash;
}
