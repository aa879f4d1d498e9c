import type { ContestantName } from './contestants';
import type { MemoryGrowth } from './driver/memory-growth';
import type { Phase, PhaseTimes } from './page/contract';
import type { Workload } from './workloads';

/** What was measured of a phase. */
export type PhaseFigures = PhaseTimes & MemoryGrowth;

/** What was measured in one run. */
export interface Figures {
  /** From the start to the last link, or the last thumbnail. */
  readonly wallMs: number;
  readonly bytesReceived: number;
  /** Preflights included. */
  readonly requests: number;
  readonly preflights: number;
  /** Requests that make an attachment. */
  readonly uploads: number;
  /** Requests that patch work items, one or many. */
  readonly linkCalls: number;
  /** Requests that read work items, one or many, or ask whether one may be changed. */
  readonly reads: number;
  /** Requests that read the bytes of attachments. */
  readonly downloads: number;
  /** Of attachments. */
  readonly bytesSent: number;
  /** Most JavaScript heap and array buffers together. */
  readonly heapBytes: number;
  /** How much the renderer's resident memory grew at most; `undefined` where the system does not tell. */
  readonly rendererGrowthBytes: number | undefined;
  /** The same of all other processes of the browser's together. */
  readonly othersGrowthBytes: number | undefined;
  /** What the browser used, all processes together. */
  readonly cpuMs: number;
  /** What the browser wrote to disks, whatever for; `undefined` where the system does not tell. */
  readonly writtenBytes: number | undefined;
  /** Transactions that write to a database of the browser's. */
  readonly databaseWrites: number;
  readonly longestTaskMs: number;
  readonly longTasksMs: number;
  /** What of it fell into which phase, where the contestant has phases. */
  readonly phases: Readonly<Partial<Record<Phase, PhaseFigures>>>;
  /** Longest time in which a person saw no progress. */
  readonly progressGapMs: number;
  /** Patches that met another one on their way to the same work item. */
  readonly collisions: number;
}

/** One contestant's turn in one round. */
export interface Run {
  readonly workload: Workload;
  readonly contestant: ContestantName;
  readonly round: number;
  readonly outcome: Figures | { readonly failure: string };
}

/** The figures of those of `runs` that came to their end. */
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
