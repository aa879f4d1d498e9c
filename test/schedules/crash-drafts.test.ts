import { isFullRun } from '../../tools/full-run.cjs';
import { runDraft } from './crash-drafts';
import type { Crash } from './crash-frame';
import { crashesIn } from './crash-frame';

/** Number of scenarios. `SEED` in the environment runs a single one, with `CRASH`; failures print both. */
const SCENARIOS = isFullRun ? 9 : 3;

const { SEED, CRASH } = process.env;

if (SEED === undefined) {
  test('Stapler attaches or reports each file when the frame of a new work item dies at any step', async () => {
    const failed: string[] = [];
    let attached = 0;
    let attachedByObserver = 0;
    for (let seed = 1; seed <= SCENARIOS; seed++) {
      for (const crash of [undefined, ...crashesIn((await runDraft(seed, undefined)).counts)]) {
        const outcome = await runDraft(seed, crash);
        attached += outcome.attached;
        attachedByObserver += outcome.attachedByObserver;
        const how = crash ? ` CRASH='${JSON.stringify(crash)}'` : '';
        if (outcome.problems.length > 0)
          failed.push(`SEED=${seed}${how}\n  ${outcome.problems.join('\n  ')}`);
      }
    }
    expect(failed.slice(0, 10).join('\n')).toBe('');
    // Runs without attached files would prove nothing.
    expect(attached).toBeGreaterThan(15 * SCENARIOS);
    expect(attachedByObserver).toBeGreaterThan(3 * SCENARIOS);
  }, 300_000);
} else {
  test(`Stapler keeps each file in scenario ${SEED}`, async () => {
    const crash = CRASH === undefined ? undefined : (JSON.parse(CRASH) as Crash);
    const { problems, log } = await runDraft(Number(SEED), crash);
    console.log(log.join('\n'));
    expect(problems).toEqual([]);
  });
}
