import { progress } from '../progress.mjs';
import { CONTESTANTS } from './contestants';
import type { Contestant, ContestantName } from './contestants';
import { runOnce } from './driver/run';
import type { Stage } from './driver/run';
import { makeTestFiles } from './driver/test-files';
import type { Run } from './measurement';
import type { Options } from './options';
import { rotate } from './statistics';
import { describeWorkload } from './workloads';
import type { Workload } from './workloads';

/** All runs. */
export interface Session {
  readonly runs: readonly Run[];
  /** The browser, `Chrome/150.0.1.2`. */
  readonly product: string;
}

/**
 * Runs every workload in rounds. In each round every contestant runs once, in rotating order, so slow changes
 * of the machine affect all of them.
 *
 * @param tell - called with the run under way, `2 of 30: …`
 */
export async function runRounds(
  stage: Stage,
  options: Options,
  tell: (detail: string) => void,
): Promise<Session> {
  const runs: Run[] = [];
  const count = options.workloads
    .map((workload) => workload.rounds * contestantsFor(workload, options).length)
    .reduce((sum, each) => sum + each, 0);
  let product = '';
  for (const workload of options.workloads) {
    const files = await makeTestFiles(stage.folder, workload.looks ? 0 : workload.files, workload.bytesEach);
    const contestants = contestantsFor(workload, options);
    progress.log(`\n${workload.mode} ${workload.id}: ${describeWorkload(workload)}`);
    for (let round = 0; round < workload.rounds; round++) {
      for (const contestant of rotate(contestants, round)) {
        tell(`${runs.length + 1} of ${count}: ${workload.mode} ${workload.id}, ${contestant}`);
        const label = `  round ${round + 1} ${contestant}`.padEnd(36);
        try {
          const outcome = await runOnce(stage, CONTESTANTS[contestant], workload, files);
          product = outcome.product;
          progress.log(`${label}${(outcome.figures.wallMs / 1000).toFixed(2)} s`);
          for (const { name, ms } of outcome.hottest)
            progress.log(`    ${ms.toFixed(1).padStart(8)} ms  ${name}`);
          runs.push({ workload, contestant, round, outcome: outcome.figures });
        } catch (error) {
          stage.signal.throwIfAborted();
          const failure = error instanceof Error ? error.message : String(error);
          progress.log(`${label}failed: ${failure}`);
          runs.push({ workload, contestant, round, outcome: { failure } });
        }
      }
    }
  }
  return { runs, product };
}

function contestantsFor(workload: Workload, { contestants }: Options): ContestantName[] {
  return contestants.filter((name) => isMeantFor(name, workload));
}

function isMeantFor(name: ContestantName, { id, mode }: Workload): boolean {
  const { only, onlyModes }: Contestant = CONTESTANTS[name];
  return only.includes(id) && (onlyModes?.includes(mode) ?? true);
}
