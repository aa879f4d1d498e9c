import type * as Chunks from '../../src/transport/chunks';
import type { CrashOutcome } from './crash';
import { runCrash } from './crash';
import type { Crash } from './crash-frame';

// Chunks of some thousand bytes are as good as those of some million.
jest.mock('../../src/transport/chunks', () => ({
  ...jest.requireActual<typeof Chunks>('../../src/transport/chunks'),
  SMALLEST_CHUNK: 1_000,
  firstChunkBytes: () => 4_000,
  nextChunkBytes: () => 4_000,
  smallerChunkBytes: (bytes: number) => Math.max(1_000, Math.floor(bytes / 2_000) * 1_000),
}));

/** Scenarios of a whole run. `SEED` in the environment runs that one alone, `CRASH` one crash of it; both are told. */
const SCENARIOS = 11;

const { SEED, CRASH } = process.env;

/** All moments at which the first frame can go. */
function crashesOf({ writes, requests }: CrashOutcome): Crash[] {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
  return [false, true].flatMap((sleeps) => [
    ...numbers(writes).flatMap((number): Crash[] => [
      { sleeps, at: 'write', number, when: 'before' },
      { sleeps, at: 'write', number, when: 'after' },
    ]),
    ...numbers(requests).flatMap((number): Crash[] => [
      { sleeps, at: 'request', number, isTaken: true },
      { sleeps, at: 'request', number, isTaken: false },
    ]),
  ]);
}

if (SEED === undefined) {
  test('whenever a frame goes, each file ends up attached exactly once, and nothing is left over', async () => {
    const failed: string[] = [];
    let runs = 0;
    for (let seed = 1; seed <= SCENARIOS; seed++) {
      for (const crash of [undefined, ...crashesOf(await runCrash(seed, undefined))]) {
        runs++;
        const { problems } = await runCrash(seed, crash);
        const how = crash ? ` CRASH='${JSON.stringify(crash)}'` : '';
        if (problems.length > 0)
          failed.push(`SEED=${seed}${how} npm run test:schedules -- crash\n  ${problems.join('\n  ')}`);
      }
    }
    expect(failed.slice(0, 10).join('\n')).toBe('');
    // Scenarios in which nothing happens would prove nothing.
    expect(runs).toBeGreaterThan(50 * SCENARIOS);
  }, 300_000);
} else {
  test(`scenario ${SEED}`, async () => {
    const crash = CRASH === undefined ? undefined : (JSON.parse(CRASH) as Crash);
    const { problems, log } = await runCrash(Number(SEED), crash);
    console.log(log.join('\n'));
    expect(problems).toEqual([]);
  });
}

test('the same seed makes the same scenario', async () => {
  const crash: Crash = { at: 'write', number: 4, when: 'after' };
  const { log } = await runCrash(2, crash);
  expect((await runCrash(2, crash)).log).toEqual(log);
});
