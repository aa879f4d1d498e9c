import type { Settings } from './page/contract';
import type { PageName } from './page/build-pages';
import type { WorkloadId } from './workloads';

/** Somebody who does the work in a page of its own. */
export interface Contestant {
  readonly page: PageName;
  readonly settings: Settings;
  /** Workloads that it is meant for; all by default. */
  readonly only?: readonly WorkloadId[];
}

/** The one that all others are compared with. */
export const LIMIT = 'limit';

/** All that can be named with `--contestants`. */
export const CONTESTANTS = {
  limit: { page: 'raw', settings: { atOnce: 6 } },
  /** The same again, so that the tables show how far identical work lies apart. */
  'limit-again': { page: 'raw', settings: { atOnce: 6 } },
  'limit-one-address': { page: 'raw', settings: { atOnce: 6, oneAddress: true } },
  'limit-24': { page: 'raw', settings: { atOnce: 24 } },
  uppy: { page: 'uppy', settings: {} },
  tus: { page: 'tus', settings: { atOnce: 6 } },
  /** The engine alone. Above some size it would send in chunks, so for large files both ways stand below. */
  stapler: { page: 'stapler', settings: { journal: 'none' }, only: ['W2', 'W4'] },
  'stapler-simple': { page: 'stapler', settings: { chunks: 'never', journal: 'none' }, only: ['W1'] },
  'stapler-chunked': { page: 'stapler', settings: { chunks: 'always', journal: 'none' }, only: ['W1'] },
  /** The engine, as it writes down what becomes of its uploads. */
  'stapler-journal': { page: 'stapler', settings: { journal: 'browser' } },
  /** The product as it stands in a form. */
  'stapler-form': { page: 'stapler-form', settings: { journal: 'browser' } },
  'stapler-form-no-journal': { page: 'stapler-form', settings: { journal: 'none' } },
} as const satisfies Record<string, Contestant>;

/** A name in `CONTESTANTS`. */
export type ContestantName = keyof typeof CONTESTANTS;

/** Two that differ in nothing but the journal. */
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
  'stapler-simple',
  'limit-again',
  'tus',
  'stapler-chunked',
  'stapler-form',
  'stapler-form-no-journal',
];
