import type { ContestantName } from '../../../../tools/bench/contestants';
import type { Figures, PhaseFigures, Run } from '../../../../tools/bench/measurement';
import { WORKLOADS } from '../../../../tools/bench/workloads';

/** Bytes. */
export const MIB = 1024 * 1024;

/** 1,000 × 20 KiB to ten work items. */
export const W4 = WORKLOADS.find(({ mode, id }) => mode === 'loopback' && id === 'W4')!;

/** Successful run of one contestant. */
export function run(
  contestant: ContestantName,
  round: number,
  figures: Partial<Figures>,
  workload = W4,
): Run {
  const outcome = {
    wallMs: 1000,
    bytesReceived: 20_000_000,
    requests: 2020,
    preflights: 1010,
    uploads: 1000,
    linkCalls: 10,
    reads: 0,
    downloads: 0,
    bytesSent: 0,
    heapBytes: 2 * MIB,
    rendererGrowthBytes: 30 * MIB,
    othersGrowthBytes: 10 * MIB,
    cpuMs: 1500,
    writtenBytes: MIB,
    databaseWrites: 0,
    longestTaskMs: 0,
    longTasksMs: 0,
    phases: {},
    progressGapMs: 100,
    collisions: 0,
    ...figures,
  };
  return { workload, contestant, round, outcome };
}

/** A phase of 1.5 s. */
export function phaseFigures(figures: Partial<PhaseFigures>): PhaseFigures {
  const { longestTaskMs = 0 } = figures;
  return {
    ...{ beganAt: 0, wallMs: 1500, longestTaskMs, longTasksMs: longestTaskMs },
    ...{ heapGrowthBytes: 4 * MIB, rendererGrowthBytes: undefined },
    ...figures,
  };
}

/** Cells of the row with `name` at its start. */
export function lineOf(table: string, name: string): string[] {
  const line = table.split('\n').find((one) => one.startsWith(`| ${name} `)) ?? '';
  return line.split('|').map((cell) => cell.trim());
}
