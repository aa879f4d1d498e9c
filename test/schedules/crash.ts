import type { Dice } from 'azure-devops-emulator/dice';
import { differences, sentTooEarly, unfinished } from './crash-check';
import type { Crash, CrashFrame, FrameCounts, Mishaps } from './crash-frame';
import { give, lookAfter, show } from './crash-person';
import { rest, step } from './crash-steps';
import type { Plot, World } from './crash-world';
import { awake, createWorld, diceOfPlot, openFrame } from './crash-world';

/** What a run came to. */
export interface CrashOutcome {
  /** What is not as it should be, one sentence each. */
  readonly problems: readonly string[];
  /** Everything that was done, in its order. */
  readonly log: readonly string[];
  /** What the first frame did. */
  readonly counts: FrameCounts;
  /** How many files were cancelled, and how many frames had no journal any more in the end. */
  readonly cancelled: number;
  readonly broken: number;
}

/** So many times frames go at most. */
const MOST_CRASHES = 3;

/**
 * Gives files to a frame, which goes at one moment; others go on, which may go as well. In the end all files must be
 * where they belong, and nothing be left in the journal.
 *
 * @param seed What is given, and what becomes of it as long as nothing befalls a frame, follows from it alone.
 * @param plot What does; nothing where it is empty.
 */
export async function runCrash(seed: number, plot: Plot): Promise<CrashOutcome> {
  const log: string[] = [];
  const problems: string[] = [];
  const world = createWorld(seed, plot, (what) => log.push(what));
  const first = openFrame(world, 'frame 1', plot);
  try {
    await live(world, first);
    if (awake(world).length > 0) await finish(world);
    const fate = diceOfPlot(seed, plot);
    const later: World = { ...world, dice: fate };
    let crashes = 1;
    for (; awake(world).length === 0; crashes++) {
      problems.push(...sentTooEarly(world));
      const isLast = crashes >= MOST_CRASHES || fate.percent(50);
      await comeBack(later, `frame ${crashes + 1}`, isLast ? {} : mishapsAtRandom(plot, fate));
      if (awake(world).length > 0) await finish(later);
    }
    problems.push(...(await replaceBroken(later, crashes)));
    problems.push(...(await differences(world)));
  } catch (error) {
    problems.push((error as Error).message);
  }
  const cancelled = world.given.filter(({ cancel }) => cancel).length;
  const broken = world.open.filter((frame) => frame.isBroken()).length;
  return { problems, log, counts: first.counts(), cancelled, broken };
}

function mishapsAtRandom({ breakage }: Plot, dice: Dice): Mishaps {
  const crash = crashAtRandom(dice);
  const breaks = breakage !== undefined && dice.percent(40);
  return { crash, breakage: breaks ? { ...breakage, call: dice.between(1, 20) } : undefined };
}

function crashAtRandom(dice: Dice): Crash {
  const number = dice.between(1, 12);
  const sleeps = dice.percent(20);
  if (dice.percent(60)) return { sleeps, at: 'write', number, when: dice.pick(['before', 'after']) };
  return { sleeps, at: 'request', number, isTaken: dice.percent(50) };
}

/** The first frame: everything is given, and a person may pause something. */
async function live(world: World, frame: CrashFrame): Promise<void> {
  const { dice, note, pausedPercent, items } = world;
  await frame.session.start();
  for (const id of items) {
    await show(world, frame, id);
    if (frame.life() === 'awake') give(world, frame, id);
    for (let steps = dice.between(0, 6); steps > 0; steps--) await step(world);
    if (!dice.percent(pausedPercent) || frame.life() !== 'awake') continue;
    const sending = frame.session.queue.getSnapshot().filter(({ state }) => state.status === 'uploading');
    note(`paused: ${sending.map(({ file }) => file.name).join(', ')}`);
    frame.session.queue.pause(sending.map(({ id: each }) => each));
  }
  await rest(world);
  if (frame.life() === 'awake') await lookAfter(world, [frame]);
}

/** Opens the form again, at times in two tabs. */
async function comeBack(world: World, name: string, mishaps: Mishaps): Promise<void> {
  const frames = [openFrame(world, name, mishaps)];
  if (world.dice.percent(25)) frames.push(openFrame(world, `${name} b`, {}));
  for (const frame of frames) await frame.session.start();
  await lookAfter(world, frames);
}

/** Whatever sleeps or was late comes to its end. */
async function finish(world: World): Promise<void> {
  for (const frame of world.open) await frame.wake();
  while (world.late.length > 0) await step(world);
  for (const frame of world.open) frame.bringToFront();
  await lookAfter(world, awake(world));
}

/**
 * A person closes frames that have no journal any more, once they are done. Whoever is there, or comes next, finds what
 * was true when the journal broke; its own frame may go meanwhile, or its journal break.
 */
async function replaceBroken(world: World, opened: number): Promise<readonly string[]> {
  const problems: string[] = [];
  for (let count = opened; ;) {
    const broken = awake(world).filter((frame) => frame.isBroken());
    if (broken.length === 0 && awake(world).length > 0) return problems;
    problems.push(...broken.flatMap((frame) => unfinished(world, frame)));
    for (const frame of broken) frame.close();
    if (awake(world).length === 0) await comeBack(world, `frame ${++count}`, {});
    await finish(world);
  }
}
