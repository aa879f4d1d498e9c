import type { StateStore } from '../../../base/store';
import type { ProjectData, Totals } from '../data/project-data';
import type { IndexState } from '../project-index';
import type { IndexMeta } from '../store/index-meta';
import type { ProjectReader } from './project-reader';
import { countInBatches, requestsFor } from './project-reader';

/** Tools of an index. */
export interface IndexParts {
  readonly data: ProjectData;
  readonly reader: ProjectReader;
}

/** Work of one round. Rejects with the error that ends it, or after an abort. */
type Round = (parts: IndexParts, signal: AbortSignal) => Promise<void>;

/** Rounds that keep an index. The caller runs one at a time. */
export interface IndexRounds {
  /** Opens the stored index, and refreshes it if it is complete. Without one, estimates its cost. */
  readonly open: Round;
  /** Begins or continues the first index. */
  readonly scan: Round;
  readonly refresh: Round;
  /** Removes the index and estimates the cost of a new one. */
  readonly clear: Round;
  readonly save: (parts: IndexParts) => Promise<void>;
  /** Shows the end of a round before its time; `error` tells why, unless it was aborted. */
  readonly stop: (error?: { readonly reason: unknown }) => void;
  readonly hasIndex: () => boolean;
  readonly isComplete: () => boolean;
  readonly onChange: (totals: Totals) => void;
  /** Tells that more is known about the files. */
  readonly onFacts: () => void;
}

/** Batches of a first index between two saves: what a closed page loses. */
const BATCHES_PER_SAVE = 8;

/**
 * Creates the rounds of an index.
 *
 * @param now Returns the time by the own clock, in milliseconds since the epoch.
 */
export function createIndexRounds(state: StateStore<IndexState>, now: () => number): IndexRounds {
  const change = (changes: Partial<IndexState>): void => state.setState((last) => ({ ...last, ...changes }));
  let meta: IndexMeta | undefined;
  /** Work items found for the estimate. */
  let found: { readonly ids: readonly number[]; readonly asOf: number } | undefined;

  /** Starts a phase without the facts of the last one. */
  function enter(phase: IndexState['phase'], changes: Partial<IndexState> = {}): void {
    const { items, files, isKept, version, asOf } = state.getSnapshot();
    const known = { phase, items, files, isKept, version };
    state.setState({ ...known, ...(asOf !== undefined && { asOf }), ...changes });
  }

  function onChange(totals: Totals): void {
    const { items, files } = totals;
    state.setState((last) => ({ ...last, items, files, version: last.version + 1 }));
  }

  function onFacts(): void {
    state.setState((last) => ({ ...last, version: last.version + 1 }));
  }

  async function save({ data }: IndexParts): Promise<void> {
    if (meta) change({ isKept: await data.save(meta) });
  }

  async function estimate({ reader }: IndexParts, signal: AbortSignal): Promise<void> {
    found = await reader.find(signal);
    const items = found.ids.length;
    enter('empty', { estimate: { items, requests: requestsFor(items) } });
  }

  async function refresh(parts: IndexParts, signal: AbortSignal): Promise<void> {
    if (!meta) return;
    meta = await parts.reader.refresh(meta, signal);
    await save(parts);
    enter('ready', { asOf: meta.asOf, version: state.getSnapshot().version + 1 });
  }

  /** The ids may be as old as the estimate; the first refresh finds all later changes. */
  async function beginScan({ reader }: IndexParts, signal: AbortSignal): Promise<IndexMeta> {
    const startedAt = now();
    const { ids, asOf } = found ?? (await reader.find(signal));
    found = undefined;
    return {
      format: 1,
      scan: { ids, done: [] },
      changesUntil: Number.isNaN(asOf) ? startedAt : asOf,
      asOf: 0,
      reconciledAt: startedAt,
      closedStates: await reader.readStates(signal),
    };
  }

  return {
    ...{ refresh, save, onChange, onFacts },

    async open(parts, signal) {
      const opened = await parts.data.open();
      ({ meta } = opened);
      onChange(opened);
      change({ isKept: opened.isKept });
      if (await parts.data.readContents().catch(() => false)) onFacts();
      if (!meta) return estimate(parts, signal);
      const { scan, asOf } = meta;
      if (scan) {
        const done = countInBatches(scan.ids, new Set(scan.done));
        enter('paused', { progress: { done, total: scan.ids.length } });
        return undefined;
      }
      enter('refreshing', { asOf });
      return refresh(parts, signal);
    },

    async scan(parts, signal) {
      enter('indexing');
      meta ??= await beginScan(parts, signal);
      const { scan } = meta;
      if (scan) {
        const done = new Set(scan.done);
        const report = (): void =>
          change({ progress: { done: countInBatches(scan.ids, done), total: scan.ids.length } });
        report();
        const onBatch = (batch: number): void => {
          done.add(batch);
          if (meta) meta = { ...meta, scan: { ids: scan.ids, done: [...done] } };
          report();
          if (done.size % BATCHES_PER_SAVE === 0) void save(parts).catch(() => undefined);
        };
        await parts.reader.readAll(scan.ids, done, onBatch, signal);
      }
      await refresh(parts, signal);
    },

    async clear(parts, signal) {
      meta = undefined;
      await parts.data.clear();
      const { isKept, version } = state.getSnapshot();
      state.setState({ phase: 'opening', items: 0, files: 0, isKept, version: version + 1 });
      await estimate(parts, signal);
    },

    stop(error) {
      if (error) change({ phase: 'failed', error: error.reason });
      else change({ phase: !meta ? 'empty' : meta.scan ? 'paused' : 'ready' });
    },

    hasIndex: () => meta !== undefined,
    isComplete: () => meta !== undefined && !meta.scan,
  };
}
