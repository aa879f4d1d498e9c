import { JOURNAL_PAIRS, LIMIT } from '../contestants';
import type { ContestantName } from '../contestants';
import { figuresOf, wallByRound } from '../measurement';
import type { Figures, Run } from '../measurement';
import { median, medianRatio } from '../statistics';
import type { Phase } from '../page/contract';
import type { Mode, Workload, WorkloadId } from '../workloads';

/** Target for Stapler. */
export interface Target {
  readonly title: string;
  readonly unit: string;
  readonly digits: number;
  readonly atMost: number;
  /** Figure of one of these contestants; NaN without measurements. */
  readonly measure: (runs: readonly Run[], contestants: readonly ContestantName[]) => number;
}

/** Stapler without its pages, and with them. */
export const ENGINE: readonly ContestantName[] = [
  'stapler',
  'stapler-simple',
  'stapler-chunked',
  'stapler-split',
  'stapler-bulk',
];
export const PAGE: readonly ContestantName[] = ['stapler-form', 'stapler-panel', 'stapler-gallery'];

const CHUNKED: readonly ContestantName[] = ['stapler-chunked', 'stapler-form'];

const MIB = 1024 * 1024;

/** All targets. Times are medians of ratios; everything else must hold in the worst of all runs. */
export const TARGETS: readonly Target[] = [
  ratio('1 GiB in one request', 1.05, 'loopback', 'W1', ['stapler-simple']),
  ratio('1 GiB in chunks', 1.25, 'loopback', 'W1', CHUNKED),
  ratio('1 GiB in chunks, compared with one slice', 1.25, 'loopback', 'W1', CHUNKED, 'limit-slice'),
  // 0.9 × the speed of one stream.
  ratio('2 GiB in parts', 1.11, 'loopback', 'split', ['stapler-split']),
  ratio('200 MiB in parts at 40 ms, 50 Mbit/s', 1.11, 'wan', 'split', ['stapler-split']),
  ratio('100 MiB in chunks at 40 ms, 50 Mbit/s', 1.03, 'wan', 'W1', CHUNKED),
  ratio('100 × 200 KiB to 1 item', 0.85, 'loopback', 'W2'),
  addedByForm('100 × 200 KiB to 1 item, form minus engine', 0.05, 'loopback', 'W2'),
  ratio('1,000 × 20 KiB to 10 items', 0.85, 'loopback', 'W4'),
  ratio('20 × 1 MiB to each of 50 items, engine', 0.75, 'loopback', 'W3', ['stapler-bulk']),
  ratio('20 × 1 MiB to each of 50 items, panel', 0.9, 'loopback', 'W3', ['stapler-panel']),
  ratio('20 × 1 MiB to each of 50 items at 40 ms', 0.7, 'far', 'W3'),
  ratio('200 × 20 KiB to 2 items at 40 ms, 50 Mbit/s', 0.62, 'wan', 'W4'),
  ratio('200 × 20 KiB to 2 items over HTTP/2', 0.5, 'h2', 'W4'),
  journalRatio('journal, 1,000 × 20 KiB', 1.03, 'loopback', 'W4'),
  worst('uploads, 20 files to each of 50 items', '', 20, ({ uploads }) => uploads, isW3),
  worst('link calls, 20 files to each of 50 items', '', 5, ({ linkCalls }) => linkCalls, isW3),
  worst('growth of the renderer', 'MiB', 50, rendererGrowth),
  worst('page heap', 'MiB', 16, ({ heapBytes }) => heapBytes / MIB),
  worst('longest task of the main thread', 'ms', 50, ({ longestTaskMs }) => longestTaskMs),
  worst('patches that collide', '', 0, ({ collisions }) => collisions),
  worst('progress gap on loopback', 'ms', 250, ({ progressGapMs }) => progressGapMs, isLoopback),
  duration('planning 20,000 links, until the plan is drawn', 'planning', 0.4),
  duration('report of 20,000 links, until it is drawn', 'report', 0.2),
  worst('growth of the renderer, 20,000 links', 'MiB', 60, rendererGrowth, isBulkScale),
  longestTask('planning 20,000 links', 'planning'),
  longestTask('changing the plan', 'editing'),
  longestTask('attaching', 'running'),
  longestTask('checking', 'checking'),
  longestTask('showing the report', 'report'),
  longestTask('reading the report', 'reading'),
  worst(
    'longest task, viewing and zipping 60 pictures',
    'ms',
    50,
    ({ longestTaskMs }) => longestTaskMs,
    isGallery,
  ),
  worst(
    'growth of the heap, zipping 60 × 1 MiB',
    'MiB',
    19,
    ({ phases }) => (phases.zip?.heapGrowthBytes ?? NaN) / MIB,
    isGallery,
  ),
];

/** Figures of a larger scale do not count for the other targets. */
function isUsual({ lingers, looks }: Workload): boolean {
  return !lingers && !looks;
}

function isGallery({ id }: Workload): boolean {
  return id === 'gallery';
}

function isLoopback(workload: Workload): boolean {
  return workload.mode === 'loopback' && isUsual(workload);
}

function isW3({ id }: Workload): boolean {
  return id === 'W3';
}

function isBulkScale({ id }: Workload): boolean {
  return id === 'bulk-scale';
}

function rendererGrowth({ rendererGrowthBytes = NaN }: Figures): number {
  return rendererGrowthBytes / MIB;
}

function longestTask(what: string, phase: Phase): Target {
  return worst(
    `longest task, ${what}`,
    'ms',
    50,
    ({ phases }) => phases[phase]?.longestTaskMs ?? NaN,
    isBulkScale,
  );
}

/** Median of the duration of a phase at the largest scale, in seconds. */
function duration(title: string, phase: Phase, atMost: number): Target {
  return {
    title,
    unit: 's',
    digits: 2,
    atMost,
    measure(runs, contestants) {
      const own = runs.filter(
        ({ workload, contestant }) => contestants.includes(contestant) && isBulkScale(workload),
      );
      return median(figuresOf(own).flatMap(({ phases }) => phases[phase]?.wallMs ?? [])) / 1000;
    },
  };
}

/** Ratio of the form to the limit, minus that of the engine. */
function addedByForm(title: string, atMost: number, mode: Mode, id: WorkloadId): Target {
  const target = ratio(title, atMost, mode, id);
  return {
    ...target,
    measure: (runs, contestants) =>
      contestants.includes('stapler-form')
        ? target.measure(runs, ['stapler-form']) - target.measure(runs, ['stapler'])
        : NaN,
  };
}

function ratio(
  title: string,
  atMost: number,
  mode: Mode,
  id: WorkloadId,
  meant: readonly ContestantName[] = [...ENGINE, ...PAGE],
  reference: ContestantName = LIMIT,
): Target {
  return {
    title,
    unit: `× ${reference}`,
    digits: 2,
    atMost,
    measure(runs, contestants) {
      const here = runs.filter(({ workload }) => workload.mode === mode && workload.id === id);
      const own = here.filter(
        ({ contestant }) => contestants.includes(contestant) && meant.includes(contestant),
      );
      return medianRatio(
        wallByRound(own),
        wallByRound(here.filter(({ contestant }) => contestant === reference)),
      );
    },
  };
}

function journalRatio(title: string, atMost: number, mode: Mode, id: WorkloadId): Target {
  return {
    title,
    unit: '× without',
    digits: 2,
    atMost,
    measure(runs, contestants) {
      const of = (name: ContestantName): Run[] =>
        runs.filter(
          ({ workload, contestant }) => workload.mode === mode && workload.id === id && contestant === name,
        );
      const pair = JOURNAL_PAIRS.find(
        ({ kept, unkept }) => contestants.includes(kept) || contestants.includes(unkept),
      );
      return pair ? medianRatio(wallByRound(of(pair.kept)), wallByRound(of(pair.unkept))) : NaN;
    },
  };
}

function worst(
  title: string,
  unit: string,
  atMost: number,
  value: (figures: Figures) => number,
  isMeant: (workload: Workload) => boolean = isUsual,
): Target {
  return {
    title,
    unit,
    digits: 0,
    atMost,
    measure(runs, contestants) {
      const own = runs.filter(
        ({ workload, contestant }) => contestants.includes(contestant) && isMeant(workload),
      );
      const values = figuresOf(own).map(value);
      return values.length === 0 ? NaN : Math.max(...values);
    },
  };
}
