/** How page and server are connected. */
export type Mode = 'loopback' | 'far' | 'wan' | 'h2';

/** Names of the workloads. */
export type WorkloadId = 'W1' | 'W2' | 'W3' | 'W4' | 'split' | 'gallery' | 'bulk-scale';

/** Files of one size for work items, or on them. */
export interface Workload {
  readonly mode: Mode;
  readonly id: WorkloadId;
  readonly files: number;
  readonly bytesEach: number;
  readonly workItems: number;
  /** All files go to each of the work items; otherwise they are spread evenly. */
  readonly isBulk?: true;
  /** A user types during planning and reads the report: the work of the page is measured, not the time. */
  readonly lingers?: true;
  /** Existing pictures: a user looks through them and downloads all as a zip. */
  readonly looks?: true;
  /** Rounds of a full run: more for a larger spread. */
  readonly rounds: number;
}

/** Cost of a connection, added by the server. */
export interface Connection {
  /** Before each answer, preflights included. */
  readonly latencyMs: number;
  /** Shared by all requests; `undefined` for no cap. */
  readonly bytesPerSecond: number | undefined;
  /** HTTP/2 over TLS in place of HTTP/1.1. */
  readonly http2: boolean;
}

const KIB = 1024;
const MIB = 1024 * KIB;

const LATENCY_MS = 40;

const OFFICE = { latencyMs: LATENCY_MS, bytesPerSecond: 50_000_000 / 8 };

/** The ways from page to server. */
export const CONNECTIONS: Readonly<Record<Mode, Connection>> = {
  loopback: { latencyMs: 0, bytesPerSecond: undefined, http2: false },
  far: { latencyMs: LATENCY_MS, bytesPerSecond: undefined, http2: false },
  wan: { ...OFFICE, http2: false },
  h2: { ...OFFICE, http2: true },
};

/** Names of the connections for people. */
export const MODE_TITLES: Readonly<Record<Mode, string>> = {
  loopback: 'Loopback',
  far: '40 ms per request, as fast as loopback',
  wan: '40 ms per request, 50 Mbit/s in all',
  h2: 'HTTP/2 over TLS, 40 ms per request, 50 Mbit/s in all',
};

/** A full run. On the slower line the work is smaller. */
export const WORKLOADS: readonly Workload[] = [
  { mode: 'loopback', id: 'W1', files: 1, bytesEach: 1024 * MIB, workItems: 1, rounds: 5 },
  { mode: 'loopback', id: 'W2', files: 100, bytesEach: 200 * KIB, workItems: 1, rounds: 7 },
  { mode: 'loopback', id: 'W3', files: 20, bytesEach: MIB, workItems: 50, isBulk: true, rounds: 5 },
  { mode: 'loopback', id: 'W4', files: 1000, bytesEach: 20 * KIB, workItems: 10, rounds: 5 },
  { mode: 'loopback', id: 'gallery', files: 60, bytesEach: MIB, workItems: 1, looks: true, rounds: 5 },
  {
    mode: 'loopback',
    id: 'bulk-scale',
    files: 20,
    bytesEach: KIB,
    workItems: 1000,
    isBulk: true,
    lingers: true,
    rounds: 3,
  },
  { mode: 'loopback', id: 'split', files: 1, bytesEach: 2048 * MIB, workItems: 1, rounds: 5 },
  { mode: 'far', id: 'W3', files: 20, bytesEach: MIB, workItems: 50, isBulk: true, rounds: 3 },
  { mode: 'wan', id: 'W1', files: 1, bytesEach: 100 * MIB, workItems: 1, rounds: 2 },
  { mode: 'wan', id: 'W2', files: 100, bytesEach: 200 * KIB, workItems: 1, rounds: 2 },
  { mode: 'wan', id: 'W3', files: 20, bytesEach: MIB, workItems: 50, isBulk: true, rounds: 2 },
  { mode: 'wan', id: 'W4', files: 200, bytesEach: 20 * KIB, workItems: 2, rounds: 3 },
  { mode: 'wan', id: 'split', files: 1, bytesEach: 200 * MIB, workItems: 1, rounds: 2 },
  { mode: 'h2', id: 'W4', files: 200, bytesEach: 20 * KIB, workItems: 2, rounds: 3 },
];

/** Minimal run to check the setup; its figures are meaningless. */
export const QUICK_WORKLOADS: readonly Workload[] = [
  { mode: 'loopback', id: 'W1', files: 1, bytesEach: 32 * MIB, workItems: 1, rounds: 1 },
  { mode: 'loopback', id: 'W3', files: 4, bytesEach: 20 * KIB, workItems: 3, isBulk: true, rounds: 1 },
  { mode: 'loopback', id: 'W4', files: 20, bytesEach: 20 * KIB, workItems: 2, rounds: 1 },
  { mode: 'loopback', id: 'split', files: 1, bytesEach: 130 * MIB, workItems: 1, rounds: 1 },
  { mode: 'loopback', id: 'gallery', files: 30, bytesEach: 20 * KIB, workItems: 1, looks: true, rounds: 1 },
  { mode: 'h2', id: 'W4', files: 20, bytesEach: 20 * KIB, workItems: 2, rounds: 1 },
  {
    mode: 'loopback',
    id: 'bulk-scale',
    files: 3,
    bytesEach: KIB,
    workItems: 60,
    isBulk: true,
    lingers: true,
    rounds: 1,
  },
];

/** `1,000 × 20 KiB to 10 work items`. */
export function describeWorkload({ files, bytesEach, workItems, isBulk, looks }: Workload): string {
  const [size, unit] =
    bytesEach >= 1024 * MIB
      ? [bytesEach / MIB / 1024, 'GiB']
      : bytesEach >= MIB
        ? [bytesEach / MIB, 'MiB']
        : [bytesEach / KIB, 'KiB'];
  const many = `${workItems.toLocaleString('en')} work items`;
  const target = isBulk ? `each of ${many}` : workItems === 1 ? '1 work item' : many;
  return `${files.toLocaleString('en')} × ${size} ${unit} ${looks ? 'on' : 'to'} ${target}`;
}
