import type { ContestantName } from './contestants';
import type { MemoryGrowth } from './driver/memory-growth';
import type { Phase, PhaseTimes } from './page/contract';
import type { Workload } from './workloads';

/** Measurements of a phase. */
export type PhaseFigures = PhaseTimes & MemoryGrowth;

/** Measurements of one run. */
export interface Figures {
  /** From the start to the last link, or the last thumbnail. */
  readonly wallMs: number;
  readonly bytesReceived: number;
  /** Preflights included. */
  readonly requests: number;
  readonly preflights: number;
  /** Requests that create attachments. */
  readonly uploads: number;
  /** Requests that patch work items, one or many. */
  readonly linkCalls: number;
  /** Requests that read work items, one or many, or query permissions. */
  readonly reads: number;
  /** Requests that read the bytes of attachments. */
  readonly downloads: number;
  /** Of attachments. */
  readonly bytesSent: number;
  /** Most JavaScript heap and array buffers together. */
  readonly heapBytes: number;
  /** Peak growth of the renderer's resident memory; `undefined` if the system does not report it. */
  readonly rendererGrowthBytes: number | undefined;
  /** The same of all other processes of the browser's together. */
  readonly othersGrowthBytes: number | undefined;
  /** CPU time of the browser, all processes together. */
  readonly cpuMs: number;
  /** Bytes written to disks by the browser; `undefined` if the system does not report them. */
  readonly writtenBytes: number | undefined;
  /** Write transactions of the browser's databases. */
  readonly databaseWrites: number;
  readonly longestTaskMs: number;
  readonly longTasksMs: number;
  /** The same by phase, for contestants with phases. */
  readonly phases: Readonly<Partial<Record<Phase, PhaseFigures>>>;
  /** Longest time without visible progress. */
  readonly progressGapMs: number;
  /** Concurrent patches of the same work item. */
  readonly collisions: number;
}

/** One contestant's turn in one round. */
export interface Run {
  readonly workload: Workload;
  readonly contestant: ContestantName;
  readonly round: number;
  readonly outcome: Figures | { readonly failure: string };
}

/** Figures of the completed runs. */
export function figuresOf(runs: readonly Run[]): Figures[] {
  return runs.flatMap(({ outcome }) => ('failure' in outcome ? [] : [outcome]));
}

/** Wall time by round. */
export function wallByRound(runs: readonly Run[]): Map<number, number> {
  return byRound(runs, ({ wallMs }) => wallMs);
}

/** A figure by round. */
export function byRound(runs: readonly Run[], value: (figures: Figures) => number): Map<number, number> {
  return new Map(
    runs.flatMap(({ round, outcome }) => ('failure' in outcome ? [] : [[round, value(outcome)] as const])),
  );
}
