import type { BulkPipeline } from '../../bulk/run/bulk-pipeline';
import { unreadItem } from '../../bulk/run/plan-item';
import type { RunState } from '../../bulk/run/run-state';
import { isThere } from '../../bulk/run/run-state';
import { createContentKeys } from '../../bulk/run/same-content';
import { t } from '../../base/i18n/translate';
import type { Journal } from '../../upload/recovery/journal/journal';
import type { PartitionHost } from '../../upload/recovery/journal/partition';
import { partitionOf } from '../../upload/recovery/journal/partition';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import { createMutex } from '../../base/keyed-mutex';
import { sleep } from '../../base/sleep';
import type { Runtime } from '../../base/runtime';
import type { BatchId } from '../../upload/upload';
import type { Picked } from '../../upload/upload-service';
import { readManifest } from '../../bulk/plan/manifest';
import type { DuplicatePolicy, FileEdits, FileId, PlanItem } from '../../bulk/plan/plan';
import { readWorkItemIds } from '../../bulk/plan/work-item-ids';
import { createPlanner } from './panel-planner';
import type { MappingKind, PanelFile, PanelState } from './panel-state';
import { EMPTY } from './panel-state';

/** State and actions of the panel. */
export interface PanelSession extends ReadonlyStore<PanelState> {
  /** Connects to the host and reads the work items the panel was opened for. */
  readonly start: () => Promise<void>;
  readonly attachPicked: (files: Iterable<File>) => void;
  readonly attachPasted: (files: Iterable<File>) => void;
  /** Must be called within the event: the browser empties the transfer afterwards. */
  readonly attachDropped: (transfer: DataTransfer) => void;
  /** Removes files from the plan. */
  readonly removeFiles: (ids: readonly FileId[]) => void;
  /** Clears the list of rejected files. */
  readonly dismissRejected: () => void;
  /** Adds work items from a text: numbers, URLs, saved queries. */
  readonly addItems: (text: string) => Promise<void>;
  readonly removeItems: (ids: readonly number[]) => void;
  /** Reads all work items again and repeats failed queries. */
  readonly readAgain: () => Promise<void>;
  readonly setMapping: (mapping: MappingKind) => void;
  readonly setPattern: (pattern: string) => void;
  readonly setManifest: (file: File) => Promise<void>;
  readonly setComment: (comment: string) => void;
  /** For all work items, or for one. */
  readonly setDuplicates: (policy: DuplicatePolicy, workItemId?: number) => void;
  /** Edits one file; absent members stay unchanged. */
  readonly editFile: (id: FileId, edits: FileEdits) => void;
  /** Discards a manual assignment, so the mapping decides again. */
  readonly forgetAssignment: (id: FileId) => void;
  /** Runs the plan. */
  readonly begin: () => Promise<void>;
  /** Returns to the plan after a run, and reads the work items again. */
  readonly backToPlan: () => Promise<void>;
  /** Resumes a run of a closed panel. */
  readonly goOn: (batchId: BatchId) => Promise<void>;
  /** Discards an interrupted run. */
  readonly forget: (batchId: BatchId) => Promise<void>;
  /** Interrupted runs. */
  readonly journal: Journal['state'];
  readonly openWorkItem: (workItemId: number) => void;
  /** Closes the panel, if the host supports it. */
  readonly close: () => void;
}

/** Host functions of the panel. */
export interface PanelHost extends PartitionHost {
  /** Resolves once the host has answered. */
  readonly connect: () => Promise<void>;
  readonly loadSucceeded: () => void;
  /** Work items the panel was opened for. */
  readonly workItemIds: () => readonly number[];
  readonly openWorkItem: (workItemId: number) => void;
  readonly close: () => void;
}

/** Dependencies of `createPanelSession`. */
export interface PanelSessionOptions {
  readonly host: PanelHost;
  readonly pipeline: BulkPipeline;
  /** The journal of the pipeline. */
  readonly journal: Pick<Journal, 'state' | 'open' | 'match'>;
  /** Unique prefix of file ids, since another panel may resume the run. */
  readonly idPrefix: string;
  readonly runtime: Runtime;
  /** Calls back after the host has been silent for too long. */
  readonly whenPatienceEnds: (callback: () => void) => void;
}

/** Creates a session without files or work items. */
export function createPanelSession(options: PanelSessionOptions): PanelSession {
  const { host, pipeline, journal, idPrefix, runtime, whenPatienceEnds } = options;
  const store = createStateStore<PanelState>(EMPTY, { notify: 'at-once' });
  let lastFile = 0;
  /** Failed saved queries. */
  const unanswered = new Set<string>();

  const contentKeysOf = createContentKeys();
  const serialize = createMutex();
  /** Resolves once all current files are compared; `undefined` if none are being compared. */
  let comparing: Promise<void> | undefined;
  const { planSoon, planned } = createPlanner({
    readState: store.getSnapshot,
    onPlan: (plan) => store.setState((state) => ({ ...state, plan })),
    runtime,
  });

  function change(facts: Partial<PanelState> | ((state: PanelState) => Partial<PanelState>)): void {
    store.setState((state) => ({ ...state, ...(typeof facts === 'function' ? facts(state) : facts) }));
    planSoon();
  }

  /** Adds files to the plan; during a run, supplies the files it waits for. */
  async function take({ accepted, rejected }: Picked): Promise<void> {
    const queue = store.getSnapshot().run?.run.queue;
    if (queue) {
      const waiting = queue.getSnapshot().filter(({ state }) => state.status === 'needs-file');
      const found = await journal.match(
        accepted,
        waiting.map(({ id }) => id),
      );
      for (const [file, id] of found) queue.supply(id, file.source);
      return;
    }
    const files = accepted.map((file): PanelFile => ({ ...file, id: `${idPrefix}file-${++lastFile}` }));
    change((state) => ({
      files: [...state.files, ...files],
      rejected: [...state.rejected, ...rejected],
    }));
    const mine = serialize(compare).then(() => {
      if (comparing === mine) comparing = undefined;
    });
    comparing = mine;
  }

  /** Finds files with the same content, to send each content only once. */
  async function compare(): Promise<void> {
    await sleep(runtime, 0);
    const keys = await contentKeysOf(store.getSnapshot().files);
    const { files } = store.getSnapshot();
    const compared = files.map((file) => withContentKey(file, keys.get(file.id)));
    if (compared.some((file, index) => file !== files[index])) change({ files: compared });
  }

  /** Reads work items and merges them into the list. */
  async function read(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    change((state) => ({ reading: [...state.reading, ...ids] }));
    try {
      const items = await pipeline.readItems(ids);
      change((state) => ({ items: merged(state.items, items) }));
      void pipeline.findClosed(items).then(close);
    } catch (error) {
      const problem = toProblem(error);
      const { items } = store.getSnapshot();
      const known = new Set(items.map(({ id }) => id));
      const unread = ids.filter((id) => !known.has(id)).map((id) => unreadItem(id, problem));
      change({ problem, items: [...items, ...unread] });
    }
    const asked = new Set(ids);
    change((state) => ({ reading: state.reading.filter((id) => !asked.has(id)) }));
  }

  function close(closed: ReadonlyMap<number, Problem>): void {
    if (closed.size === 0) return;
    change(({ items }) => ({
      items: items.map((item) => {
        const problem = closed.get(item.id);
        return problem && !item.problem ? { ...item, problem } : item;
      }),
    }));
  }

  async function addItems(text: string): Promise<void> {
    const { ids, queryIds, unknown } = readWorkItemIds(text);
    change({ unknown, problem: undefined });
    await addNew(ids);
    await addFound(queryIds);
  }

  /** Adds the results of saved queries. */
  async function addFound(queryIds: Iterable<string>): Promise<void> {
    for (const queryId of queryIds) {
      unanswered.add(queryId);
      try {
        await addNew(await pipeline.runQuery(queryId));
        unanswered.delete(queryId);
      } catch (error) {
        change({ problem: toProblem(error) });
      }
    }
  }

  async function addNew(ids: readonly number[]): Promise<void> {
    const { items, reading } = store.getSnapshot();
    const known = new Set([...items.map(({ id }) => id), ...reading]);
    await read([...new Set(ids)].filter((id) => !known.has(id)));
  }

  async function readAgain(): Promise<void> {
    change({ problem: undefined });
    await read(store.getSnapshot().items.map(({ id }) => id));
    await addFound([...unanswered]);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start() {
      whenPatienceEnds(() => change(({ status }) => ({ isLate: status === 'connecting' })));
      await host.connect();
      change({ status: 'open', isLate: false });
      host.loadSucceeded();
      void partitionOf(host).then(journal.open);
      await addNew(host.workItemIds());
    },

    attachPicked: (files) => void pipeline.intake.fromInput(files).then(take),
    attachPasted: (files) =>
      void take(pipeline.intake.fromPaste(files, t('Work items'), new Date(runtime.now()))),
    attachDropped: (transfer) => void pipeline.intake.fromDrop(transfer).then(take),

    removeFiles(ids) {
      const gone = new Set(ids);
      change(({ files, edits }) => ({
        files: files.filter(({ id }) => !gone.has(id)),
        edits: new Map([...edits].filter(([id]) => !gone.has(id))),
      }));
    },

    dismissRejected: () => change({ rejected: [] }),
    addItems,

    removeItems(ids) {
      const gone = new Set(ids);
      change(({ items }) => ({ items: items.filter(({ id }) => !gone.has(id)) }));
    },

    readAgain,
    setMapping: (mapping) => change({ mapping }),
    setPattern: (pattern) => change({ pattern }),

    async setManifest(file) {
      const reading = await readManifest(file);
      change({ manifest: { name: file.name, reading } });
      // Work items named in a list belong to the plan.
      if (reading.ok) await addNew(reading.rows.flatMap(({ workItemIds }) => workItemIds));
    },

    setComment: (comment) => change({ comment }),

    setDuplicates(policy, workItemId) {
      change(({ duplicates }) =>
        workItemId === undefined
          ? { duplicates: { all: policy, ofItems: new Map() } }
          : { duplicates: { ...duplicates, ofItems: new Map(duplicates.ofItems).set(workItemId, policy) } },
      );
    },

    editFile(id, edits) {
      change((state) => {
        const all = Object.entries({ ...state.edits.get(id), ...edits });
        // An empty field is no edit.
        const said = all.filter(([, value]) => value !== '');
        return { edits: new Map(state.edits).set(id, Object.fromEntries(said)) };
      });
    },

    forgetAssignment(id) {
      change(({ edits }) => {
        const others = Object.entries(edits.get(id) ?? {}).filter(([name]) => name !== 'workItemIds');
        return { edits: new Map(edits).set(id, Object.fromEntries(others)) };
      });
    },

    async begin() {
      if (comparing) change({ isComparing: true });
      await comparing;
      await planned();
      const { plan, files, items, run } = store.getSnapshot();
      // Ignore double clicks.
      if (run) return;
      change({ run: pipeline.run(plan, files, items), isComparing: false, isLost: false });
    },

    async backToPlan() {
      const { run } = store.getSnapshot();
      if (run?.run.getSnapshot().phase !== 'over') return;
      run.leave();
      change(({ attached }) => ({ run: undefined, attached: withAttached(attached, run.run.getSnapshot()) }));
      await readAgain();
    },

    async goOn(batchId) {
      if (store.getSnapshot().run) return;
      const run = await pipeline.goOn(batchId);
      change({ run, isLost: run === undefined });
    },

    forget: pipeline.forget,
    journal: journal.state,
    openWorkItem: host.openWorkItem,
    close: host.close,
  };
}

function withContentKey(file: PanelFile, contentKey: string | undefined): PanelFile {
  return contentKey === undefined || contentKey === file.contentKey ? file : { ...file, contentKey };
}

/** Updates known items in place and appends new ones. */
function merged(before: readonly PlanItem[], read: readonly PlanItem[]): readonly PlanItem[] {
  const news = new Map(read.map((item) => [item.id, item]));
  const known = new Set(before.map(({ id }) => id));
  return [...before.map((item) => news.get(item.id) ?? item), ...read.filter(({ id }) => !known.has(id))];
}

function withAttached(
  before: PanelState['attached'],
  { items }: Pick<RunState, 'items'>,
): PanelState['attached'] {
  const after = new Map(before);
  for (const { workItemId, pairs } of items.values()) {
    const ofItem = new Map(before.get(workItemId));
    for (const pair of pairs) if (isThere(pair) && pair.reference) ofItem.set(pair.fileId, pair.reference.id);
    after.set(workItemId, ofItem);
  }
  return after;
}
