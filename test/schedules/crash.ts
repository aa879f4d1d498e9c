import type { Dice } from 'azure-devops-emulator/dice';
import { differences, sentTooEarly, unfinished } from './crash-check';
import type { Crash, CrashFrame, FrameCounts, Mishaps } from './crash-frame';
import { answerOffers } from './crash-elsewhere';
import { give, lookAfter, show } from './crash-person';
import { rest, step } from './crash-steps';
import type { Plot, World } from './crash-world';
import { awake, createWorld, diceOfPlot, openFrame } from './crash-world';

/** Result of a run. */
export interface CrashOutcome {
  /** Problems, one sentence each. */
  readonly problems: readonly string[];
  /** All events in order. */
  readonly log: readonly string[];
  /** Events of the first frame. */
  readonly counts: FrameCounts;
  /** Number of canceled files, and of frames without a journal in the end. */
  readonly cancelled: number;
  readonly broken: number;
  /** Number of files that a program has overwritten. */
  readonly overwritten: number;
  /** Number of frames that died, or fell asleep, with a question to the user. */
  readonly diedAsking: number;
  /** Number of frames that died, or fell asleep, with an offer to link a file, or with its link. */
  readonly diedOffering: number;
  /** Number of attached files that are those of another work item. */
  readonly linkedElsewhere: number;
}

/** Maximum number of crashes. */
const MAX_CRASHES = 3;

/**
 * Gives files to a frame and crashes it at one step. Other frames resume the files and may crash as well. In the end,
 * all files must be attached to their work items, and the journal must be empty.
 *
 * @param seed Determines the files and all events without faults.
 * @param plot Faults; none if empty.
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
      const isLast = crashes >= MAX_CRASHES || fate.percent(50);
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
  const overwritten = world.given.filter(({ isChanged }) => isChanged).length;
  const { diedAsking, diedOffering, service } = world;
  const linkedElsewhere = service.linkedElsewhere();
  const counts = first.counts();
  return {
    ...{ problems, log, counts, cancelled, broken, overwritten },
    ...{ diedAsking, diedOffering, linkedElsewhere },
  };
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

/** Runs the first frame: gives all files, and may pause some. */
async function live(world: World, frame: CrashFrame): Promise<void> {
  const { dice, note, pausedPercent, items } = world;
  await frame.session.start();
  for (const id of items) {
    await show(world, frame, id);
    // Unread attachments are no reason for a question.
    if (world.plot.asks || world.plot.offersLinks) await rest(world);
    if (frame.life() === 'awake') give(world, frame, id);
    if (world.plot.offersLinks) {
      for (let steps = dice.between(1, 6); steps > 0; steps--) await step(world);
      if (frame.life() === 'awake') answerOffers(world, frame.session);
    }
    for (let steps = dice.between(0, 6); steps > 0; steps--) await step(world);
    if (!dice.percent(pausedPercent) || frame.life() !== 'awake') continue;
    const sending = frame.session.queue.getSnapshot().filter(({ state }) => state.status === 'uploading');
    note(`paused: ${sending.map(({ file }) => file.name).join(', ')}`);
    frame.session.queue.pause(sending.map(({ id: each }) => each));
  }
  await rest(world);
  if (frame.life() === 'awake') await lookAfter(world, [frame]);
}

/** Opens the form again, sometimes in two tabs. */
async function comeBack(world: World, name: string, mishaps: Mishaps): Promise<void> {
  const frames = [openFrame(world, name, mishaps)];
  if (world.dice.percent(25)) frames.push(openFrame(world, `${name} b`, {}));
  for (const frame of frames) await frame.session.start();
  await lookAfter(world, frames);
}

/** Wakes all frames, delivers late requests and completes all uploads. */
async function finish(world: World): Promise<void> {
  for (const frame of world.open) await frame.wake();
  while (world.late.length > 0) await step(world);
  for (const frame of world.open) frame.bringToFront();
  await lookAfter(world, awake(world));
}

/**
 * Closes finished frames with a broken journal, like the user. The other frames, or new ones, find the outdated entries
 * of the journal.
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
