import { isFullRun } from '../../tools/full-run.cjs';
import { runCleanUpSchedule } from './clean-up';
import type { Service } from './service';
import { startService } from './service';

const SEEDS = isFullRun ? 40 : 8;

/** Work items and planned files of each. A whole run has one schedule of 5,000 files as well. */
const SMALL = { items: 60, files: 4 };
const LARGE = { items: 250, files: 20 };

const { SEED } = process.env;

let service: Service;

beforeAll(async () => void (service = await startService()));
afterAll(() => service.close());

const seeds = SEED === undefined ? Array.from({ length: SEEDS }, (_, index) => index + 1) : [Number(SEED)];

test('CleanUp removes and restores exactly the planned files under faults, foreign edits and kills', async () => {
  const failed: string[] = [];
  const total = { planned: 0, removed: 0, restored: 0, lost: 0, faults: 0, deeds: 0, kills: 0 };
  for (const seed of seeds) {
    const { problems: differences, counts } = await runCleanUpSchedule(service, seed, SMALL);
    const problems = [...differences, ...service.breaches()];
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += counts[name];
    if (problems.length > 0) failed.push(`SEED=${seed}\n  ${problems.join('\n  ')}`);
  }
  expect(failed.join('\n')).toBe('');
  if (SEED !== undefined) return;
  // Schedules without events would prove nothing.
  expect(total.removed).toBeGreaterThan(0.8 * total.planned);
  expect(total.restored).toBe(total.removed - total.lost);
  for (const name of ['lost', 'faults', 'deeds', 'kills'] as const)
    expect(total[name]).toBeGreaterThan(SEEDS / 2);
}, 600_000);

if (isFullRun)
  test('CleanUp removes and restores 5,000 files under faults, foreign edits and kills', async () => {
    const { problems, counts } = await runCleanUpSchedule(service, 28, LARGE);
    expect([problems, service.breaches()]).toEqual([[], []]);
    expect(counts.planned).toBe(5_000);
    expect(counts.restored).toBe(counts.removed - counts.lost);
    for (const name of ['lost', 'faults', 'deeds', 'kills'] as const) expect(counts[name]).toBeGreaterThan(0);
  }, 900_000);
