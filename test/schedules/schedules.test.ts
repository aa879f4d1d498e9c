import { isFullRun } from '../../tools/full-run.cjs';
import { runSchedule } from './schedule';
import type { Service } from './service';
import { startService } from './service';

/** Number of schedules. `SEED` in the environment runs a single one and prints its events. */
const SCHEDULES = isFullRun ? 1_000 : 300;

const { SEED } = process.env;

let service: Service;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());
// All exchanges must follow Microsoft's description. A whole run checks after each schedule, to save memory.
afterEach(() => expect(service.breaches()).toEqual([]));

if (SEED === undefined) {
  test(`Stapler attaches each file in ${SCHEDULES} schedules of uploads, faults and concurrent changes`, async () => {
    const failed: string[] = [];
    const total = { files: 0, attached: 0, faults: 0, changed: 0 };
    for (let seed = 1; seed <= SCHEDULES; seed++) {
      const { problems: differences, counts } = await runSchedule(service, seed);
      const problems = [...differences, ...service.breaches()];
      total.files += counts.files;
      total.attached += counts.attached;
      total.faults += counts.faults;
      total.changed += counts.changed;
      if (problems.length > 0) failed.push(`SEED=${seed} npm run test:schedules\n  ${problems.join('\n  ')}`);
    }
    expect(failed.join('\n')).toBe('');
    // Schedules without events would prove nothing.
    expect(total.files).toBeGreaterThan(5 * SCHEDULES);
    expect(total.attached).toBeGreaterThan(0.5 * total.files);
    expect(total.faults).toBeGreaterThan(3 * SCHEDULES);
    expect(total.changed).toBeGreaterThan(0.1 * SCHEDULES);
  }, 300_000);
} else {
  test(`Stapler attaches each file in schedule ${SEED}`, async () => {
    const { problems, log } = await runSchedule(service, Number(SEED));
    console.log(log.join('\n'));
    expect(problems).toEqual([]);
  });
}

test('runSchedule repeats a schedule from the same seed', async () => {
  const seed = Number(SEED ?? 11);
  const { log } = await runSchedule(service, seed);
  expect((await runSchedule(service, seed)).log).toEqual(log);
});
