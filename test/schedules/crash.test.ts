import type * as Chunks from '../../src/upload/transport/chunks';
import { createDice } from 'azure-devops-emulator/dice';
import { isFullRun } from '../../tools/full-run.cjs';
import { runCrash } from './crash';
import type { FrameCounts } from './crash-frame';
import { crashesIn } from './crash-frame';
import type { Breakage } from './crash-store';
import type { Plot } from './crash-world';

// Small chunks make the tests fast.
jest.mock('../../src/upload/transport/chunks', () => ({
  ...jest.requireActual<typeof Chunks>('../../src/upload/transport/chunks'),
  MIN_CHUNK_BYTES: 1_000,
  firstChunkBytes: () => 4_000,
  nextChunkBytes: () => 4_000,
  smallerChunkBytes: (bytes: number) => Math.max(1_000, Math.floor(bytes / 2_000) * 1_000),
}));

/** Number of scenarios. `SEED` in the environment runs a single one, with `PLOT`; failures print both. */
const SCENARIOS = isFullRun ? 11 : 4;

const { SEED, PLOT = '{}' } = process.env;

/** States for a cancel by the user, and whether it is possible. */
const CANCELS = {
  queued: true,
  uploading: true,
  waiting: true,
  paused: true,
  'needs-file': true,
  failed: true,
  uploaded: true,
  linking: false,
  'at the last moment': true,
} as const satisfies Partial<Record<NonNullable<Plot['cancels']>, boolean>>;

const BREAKAGES: readonly Omit<Breakage, 'call'>[] = [
  { how: 'no room', lasts: true },
  { how: 'no room', lasts: false },
  { how: 'aborted', lasts: true },
  { how: 'aborted', lasts: false },
  { how: 'closed', lasts: true },
];

/** Number of runs for each kind of cancel and breakage in a scenario. */
const CANCELS_OF_A_KIND = 2;
const BREAKAGES_OF_A_KIND = 6;

/** All crashes of a scenario, and some cancels and breakages, mostly with a crash. */
function plotsOf(seed: number, counts: FrameCounts): readonly Plot[] {
  const dice = createDice(seed);
  const overwriting = createDice(seed);
  const crashes = [false, true].flatMap((sleeps) => crashesIn(counts).map((crash) => ({ sleeps, ...crash })));
  const times = (count: number, plot: () => Plot): Plot[] => Array.from({ length: count }, plot);
  return [
    {},
    ...crashes.map((crash) => ({
      crash,
      overwrites: overwriting.percent(25) ? overwriting.between(1, 40) : undefined,
    })),
    ...(Object.keys(CANCELS) as (keyof typeof CANCELS)[]).flatMap((cancels) =>
      times(CANCELS_OF_A_KIND, () => ({ cancels, crash: dice.percent(80) ? dice.pick(crashes) : undefined })),
    ),
    ...BREAKAGES.flatMap((kind) =>
      times(BREAKAGES_OF_A_KIND, () => ({
        breakage: { call: dice.between(1, counts.calls), ...kind },
        crash: dice.percent(50) ? dice.pick(crashes) : undefined,
      })),
    ),
  ];
}

if (SEED === undefined) {
  test('Stapler attaches each file exactly once and leaves nothing behind when a frame dies at any step', async () => {
    const failed: string[] = [];
    const cancelled = new Map<Plot['cancels'], number>();
    let runs = 0;
    let broken = 0;
    let overwritten = 0;
    for (let seed = 1; seed <= SCENARIOS; seed++) {
      for (const plot of plotsOf(seed, (await runCrash(seed, {})).counts)) {
        const outcome = await runCrash(seed, plot);
        runs++;
        broken += outcome.broken;
        overwritten += outcome.overwritten;
        cancelled.set(plot.cancels, (cancelled.get(plot.cancels) ?? 0) + outcome.cancelled);
        const { problems } = outcome;
        if (problems.length > 0)
          failed.push(`SEED=${seed} PLOT='${JSON.stringify(plot)}'\n  ${problems.join('\n  ')}`);
      }
    }
    expect(failed.slice(0, 10).join('\n')).toBe('');
    // Runs without events would prove nothing.
    expect(runs).toBeGreaterThan(50 * SCENARIOS);
    expect(broken).toBeGreaterThan(BREAKAGES.length * SCENARIOS);
    expect(overwritten).toBeGreaterThan(10 * SCENARIOS);
    for (const [state, canBeDone] of Object.entries(CANCELS))
      expect([state, (cancelled.get(state as Plot['cancels']) ?? 0) > 0]).toEqual([state, canBeDone]);
  }, 300_000);
} else {
  test(`Stapler attaches each file exactly once in scenario ${SEED}`, async () => {
    const { problems, log } = await runCrash(Number(SEED), JSON.parse(PLOT) as Plot);
    console.log(log.join('\n'));
    expect(problems).toEqual([]);
  });
}

if (SEED === undefined)
  test('Stapler keeps both files exactly once when a frame dies while it asks about a duplicate', async () => {
    const failed: string[] = [];
    let diedAsking = 0;
    for (let seed = 1; seed <= SCENARIOS; seed++) {
      for (const crash of crashesIn((await runCrash(seed, { asks: true })).counts)) {
        const plot: Plot = { asks: true, crash };
        const outcome = await runCrash(seed, plot);
        diedAsking += outcome.diedAsking;
        if (outcome.problems.length > 0)
          failed.push(`SEED=${seed} PLOT='${JSON.stringify(plot)}'\n  ${outcome.problems.join('\n  ')}`);
      }
    }
    expect(failed.slice(0, 10).join('\n')).toBe('');
    // Runs without a question would prove nothing.
    expect(diedAsking).toBeGreaterThan(10 * SCENARIOS);
  }, 300_000);

if (SEED === undefined)
  test('Stapler attaches each file exactly once when a frame dies while it links the file of another work item', async () => {
    const failed: string[] = [];
    let diedOffering = 0;
    let linkedElsewhere = 0;
    for (let seed = 1; seed <= SCENARIOS; seed++) {
      for (const crash of crashesIn((await runCrash(seed, { offersLinks: true })).counts)) {
        const plot: Plot = { offersLinks: true, crash };
        const outcome = await runCrash(seed, plot);
        diedOffering += outcome.diedOffering;
        linkedElsewhere += outcome.linkedElsewhere;
        if (outcome.problems.length > 0)
          failed.push(`SEED=${seed} PLOT='${JSON.stringify(plot)}'\n  ${outcome.problems.join('\n  ')}`);
      }
    }
    expect(failed.slice(0, 10).join('\n')).toBe('');
    // Runs without an offer would prove nothing.
    expect(diedOffering).toBeGreaterThan(5 * SCENARIOS);
    expect(linkedElsewhere).toBeGreaterThan(10 * SCENARIOS);
  }, 300_000);

test('runCrash repeats a scenario from the same seed and plot', async () => {
  const plot: Plot = {
    crash: { at: 'write', number: 4, when: 'after' },
    cancels: 'uploading',
  };
  const { log } = await runCrash(2, plot);
  expect((await runCrash(2, plot)).log).toEqual(log);
});
