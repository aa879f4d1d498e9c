import type { Settings } from './page/contract';
import type { PageName } from './page/build-pages';
import type { Mode, Workload, WorkloadId } from './workloads';

/** Contestant with a page of its own. */
export interface Contestant {
  readonly page: PageName;
  readonly settings: Settings;
  /** Supported workloads. */
  readonly only: readonly WorkloadId[];
  /** Connections with an acceptable duration; all by default. */
  readonly onlyModes?: readonly Mode[];
}

const ONE_BY_ONE: readonly WorkloadId[] = ['W1', 'W2', 'W4'];
const BULK: readonly WorkloadId[] = ['W3', 'bulk-scale'];

/** Connections with an acceptable duration for one patch per file and work item. */
const FEW_LINKS: readonly WorkloadId[] = [...ONE_BY_ONE, 'W3'];

/** All workloads except galleries. */
const ATTACHING: readonly WorkloadId[] = [...FEW_LINKS, 'bulk-scale'];

/** Baseline of the workloads with uploads. */
export const LIMIT = 'limit';

/** Returns the baseline of a workload. */
export function limitAt({ looks }: Workload): ContestantName {
  return looks ? 'limit-gallery' : LIMIT;
}

/** Contestants for `--contestants`. */
export const CONTESTANTS = {
  limit: { page: 'raw', settings: { atOnce: 6 }, only: [...ATTACHING, 'split'] },
  /** A second run of the baseline shows the spread between identical runs. */
  'limit-again': { page: 'raw', settings: { atOnce: 6 }, only: [...ATTACHING, 'split'] },
  'limit-one-address': { page: 'raw', settings: { atOnce: 6, oneAddress: true }, only: ATTACHING },
  /** Chunks are slices. */
  'limit-slice': { page: 'raw', settings: { atOnce: 6, sliced: true }, only: ['W1', 'split'] },
  'limit-24': { page: 'raw', settings: { atOnce: 24 }, only: ATTACHING },
  /** One upload and one patch for each file on each work item. */
  'per-pair': { page: 'raw', settings: { atOnce: 6, perPair: true }, only: ['W3'], onlyModes: ['loopback'] },
  uppy: { page: 'uppy', settings: {}, only: FEW_LINKS },
  tus: { page: 'tus', settings: { atOnce: 6 }, only: FEW_LINKS },
  /** The engine alone. Above some size it would send in chunks, so for large files both ways stand below. */
  stapler: { page: 'stapler', settings: { journal: 'none' }, only: ['W2', 'W4'] },
  /** Until the server has shown that links keep names, each file has its own URL and so its own preflight. */
  'stapler-first-use': {
    page: 'stapler',
    settings: { journal: 'none', isFirstUse: true },
    only: ['W2', 'W4'],
  },
  'stapler-simple': { page: 'stapler', settings: { chunks: 'never', journal: 'none' }, only: ['W1'] },
  'stapler-chunked': { page: 'stapler', settings: { chunks: 'always', journal: 'none' }, only: ['W1'] },
  /** The engine with a file over the limit, in parts. */
  'stapler-split': { page: 'stapler', settings: { journal: 'none', isSplit: true }, only: ['split'] },
  /** The engine with its journal. */
  'stapler-journal': { page: 'stapler', settings: { journal: 'browser' }, only: ONE_BY_ONE },
  /** The product as it stands in a form. */
  'stapler-form': { page: 'stapler-form', settings: { journal: 'browser' }, only: ONE_BY_ONE },
  'stapler-form-no-journal': { page: 'stapler-form', settings: { journal: 'none' }, only: ONE_BY_ONE },
  /** The engine of the bulk panel, always with its journal. */
  'stapler-bulk': { page: 'stapler-bulk', settings: { journal: 'browser' }, only: BULK },
  /** The panel itself. */
  'stapler-panel': { page: 'stapler-panel', settings: { journal: 'browser' }, only: BULK },
  /** Rows and pictures, two at a time as the product does, or as many as a browser would. */
  'limit-gallery': { page: 'raw-gallery', settings: { atOnce: 2 }, only: ['gallery'] },
  'limit-gallery-6': { page: 'raw-gallery', settings: { atOnce: 6 }, only: ['gallery'] },
  /** The product's page of attachments. */
  'stapler-gallery': { page: 'stapler-gallery', settings: {}, only: ['gallery'] },
} as const satisfies Record<string, Contestant>;

/** A name in `CONTESTANTS`. */
export type ContestantName = keyof typeof CONTESTANTS;

/** Pairs that differ only in the journal. */
export interface JournalPair {
  readonly kept: ContestantName;
  readonly unkept: ContestantName;
}

/** All of them: the engine, and the form. */
export const JOURNAL_PAIRS: readonly JournalPair[] = [
  { kept: 'stapler-journal', unkept: 'stapler' },
  { kept: 'stapler-form', unkept: 'stapler-form-no-journal' },
];

/** Who takes part unless others are named. */
export const DEFAULT_CONTESTANTS: readonly ContestantName[] = [
  'limit',
  'uppy',
  'stapler',
  'stapler-first-use',
  'stapler-simple',
  'limit-again',
  'tus',
  'per-pair',
  'limit-slice',
  'stapler-chunked',
  'stapler-split',
  'stapler-form',
  'stapler-form-no-journal',
  'stapler-bulk',
  'stapler-panel',
  'limit-gallery',
  'stapler-gallery',
  'limit-gallery-6',
];
