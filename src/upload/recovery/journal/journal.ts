import type { BatchId, PickedFile, UploadId } from '../../upload';
import type { InterruptedUpload, UploadJournal } from '../../upload-journal';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import { withTimeout } from '../../../base/timeout';
import type { Runtime } from '../../../base/runtime';
import type { Fingerprint } from './fingerprint';
import { haveSameFingerprint } from './fingerprint';
import { createFileKeeper } from './file-keeper';
import type { JournalStore, SaveResult } from './journal-store';
import type { KeptBatch, KeptUpload } from './kept-batch';
import { interruptedUpload } from './kept-batch';
import { createMemoryStore } from './memory-store';
import type { Leases } from './leases';
import { readBatch } from './read-batch';
import { createRecorder } from './recorder';

/** What is known of the journal. */
export interface JournalState {
  /** `memory`: nothing survives this page. */
  readonly kind: 'opening' | 'browser' | 'memory';
  /** What frames have left that are gone, for one work item each. */
  readonly interrupted: readonly KeptBatch[];
  /** The same for many work items. */
  readonly interruptedPlans: readonly KeptBatch[];
  /** How many entries could not be understood and were set aside. */
  readonly setAside: number;
}

/** A batch that is this frame's now. */
export interface ClaimedBatch {
  readonly batch: KeptBatch;
  /** What is to go on; what was linked is not among them. */
  readonly interrupted: readonly InterruptedUpload[];
  /** See `annotate`. */
  readonly note: Blob | undefined;
}

/** The journal of one frame. */
export interface Journal extends UploadJournal {
  readonly state: ReadonlyStore<JournalState>;
  /**
   * Begins to keep, and looks for what was left. Never rejects.
   *
   * @param partition Organisation and user; `undefined` where they are not known, so that nothing may be kept.
   */
  readonly open: (partition: string | undefined) => Promise<void>;
  /** Looks again for what was left. */
  readonly refresh: () => void;
  /** Makes batches this frame's, those that nobody else has taken meanwhile. */
  readonly claim: (ids: readonly BatchId[]) => Promise<readonly ClaimedBatch[]>;
  /**
   * Keeps something else with a batch that was begun, for whoever claims it; it goes with the batch.
   *
   * @returns Whether it is kept.
   */
  readonly annotate: (id: BatchId, note: Blob) => Promise<boolean>;
  /** Empties it: nothing of what is in there will go on after its frame is gone. */
  readonly discardAll: () => Promise<void>;
  /** Whether the bytes of an upload would be there for another frame. */
  readonly isFileKept: (id: UploadId) => boolean;
  /** Which of these files are those of uploads that wait for one, whatever their names are now. */
  readonly match: (
    files: readonly PickedFile[],
    waiting: readonly UploadId[],
  ) => Promise<ReadonlyMap<PickedFile, UploadId>>;
}

/** Between frames with one journal, so that they need not look again and again. */
export interface JournalChannel {
  /** There may be something new for others to see. */
  readonly notify: () => void;
  readonly onNotify: (listener: () => void) => void;
}

/** What a journal is made of. */
export interface JournalOptions {
  /** What no other frame calls itself. */
  readonly owner: string;
  /** @throws DOMException where nothing can be stored. */
  readonly openStore: (partition: string, onGone: () => void) => Promise<JournalStore>;
  readonly createLeases: (store: JournalStore) => Leases;
  /** How many bytes of files may be kept. */
  readonly readBudget: () => Promise<number>;
  readonly fingerprintOf: (file: Blob) => Promise<Fingerprint>;
  readonly runtime: Runtime;
  /** Default: none. */
  readonly channel?: JournalChannel | undefined;
  /** Another frame has these uploads now. */
  readonly onLost: (ids: readonly UploadId[]) => void;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Bytes that are on no work item are removed by the server after about 30 days (REST reference F.4). */
const KEPT_MS = 7 * DAY_MS;

/** What was linked, and not seen. */
const SEEN_WITHIN_MS = DAY_MS;

/** What was meant for a new work item that nobody has saved. */
const DRAFT_KEPT_MS = 60 * 60 * 1000;

/** Longest wait for the database, in milliseconds. */
const TIMEOUT_MS = 5_000;

const NOTHING_LEFT = { interrupted: [], interruptedPlans: [], setAside: 0 };

/** What is kept with a batch beside its files has this in place of the id of an upload. */
const NOTE: UploadId = '';

/** A journal that keeps what it is told from now on, and reaches the browser's database once it is opened. */
export function createJournal(options: JournalOptions): Journal {
  const { owner, openStore, createLeases: createOwners, readBudget, fingerprintOf } = options;
  const { runtime, channel, onLost } = options;
  const { now } = runtime;
  const state = createStateStore<JournalState>({ kind: 'opening', ...NOTHING_LEFT });
  const change = (facts: Partial<JournalState>): void =>
    state.setState((before) => ({ ...before, ...facts }));
  let partition = '';
  let store: JournalStore = createMemoryStore();
  let owners: Leases | undefined;
  let setOpened: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (setOpened = resolve));
  const watched = new Set<string>();
  let hasTold = false;
  /** Batches whose first write was refused, so that no other frame can have seen them. */
  const refused = new Set<BatchId>();
  /** Resolves once a store was left, with the batches that may still be there. */
  let leaving: Promise<ReadonlySet<BatchId>> = Promise.resolve(new Set());

  const recorder = createRecorder({
    owner,
    runtime,
    write,
    onFile: (batchId, id, file) => keeper.keep(batchId, id, file),
    onFileDone(batchId, ids) {
      for (const id of ids) keeper.dropped(id);
      dropFiles(batchId, ids);
    },
    onLost,
  });
  const keeper = createFileKeeper({
    runtime,
    readBudget,
    fingerprintOf,
    keepFile,
    isNeeded: (id) => isNeeded(recorder.find(id)),
    onKept: (id, facts) => recorder.updateKeptFile(id, facts),
    dropFile: (batchId, id) => dropFiles(batchId, [id]),
  });

  /** Resolves with whether it worked: it may only lack the room. */
  async function keepFile(batchId: BatchId, id: UploadId, file: Blob): Promise<boolean> {
    await opened;
    if (state.getSnapshot().kind !== 'browser') return false;
    return store.keepFile(batchId, id, file).then(
      () => true,
      () => false,
    );
  }

  function dropFiles(batchId: BatchId, ids: readonly UploadId[]): void {
    void attempt((kept) => kept.dropFiles(batchId, ids), undefined);
  }

  /** What `task` yields within a while; otherwise the store is left for good. */
  async function attempt<T>(task: (store: JournalStore) => Promise<T>, otherwise: T): Promise<T> {
    const current = store;
    try {
      const result = await withinTimeout(task(current));
      // What a store did that was left meanwhile is undone there; here it must not count.
      return store === current ? result : otherwise;
    } catch {
      if (store === current) giveUp();
      return otherwise;
    }
  }

  function withinTimeout<T>(task: Promise<T>): Promise<T> {
    return withTimeout(task, TIMEOUT_MS, runtime, () => new Error('The journal does not answer.'));
  }

  /** From here on everything goes with the page, and goes on as it was. */
  function giveUp(): void {
    if (state.getSnapshot().kind === 'memory') return;
    leaving = disown(store);
    store = createMemoryStore();
    change({ kind: 'memory', ...NOTHING_LEFT });
    recorder.rewrite();
  }

  /**
   * What is written in a store that is left is true no more from now on; another frame would attach it once again. What
   * was claimed too late to go on here stays for another.
   *
   * @returns Those that another frame has as soon as it takes this one for gone. Never rejects.
   */
  async function disown(from: JournalStore): Promise<ReadonlySet<BatchId>> {
    const written = state.getSnapshot().kind === 'opening' ? [] : recorder.writtenIds();
    const own = await withinTimeout(from.releaseOwnership(owner, recorder.batchIds())).catch(() => undefined);
    // What was not there any more was forgotten, unless this frame may have been taken for gone before.
    if (own && !owners?.mayHaveExpired()) return new Set();
    return new Set(written.filter((id) => !own?.includes(id) && !refused.has(id)));
  }

  async function write(added: readonly KeptBatch[], changed: readonly KeptBatch[]): Promise<SaveResult> {
    await opened;
    const own = (batch: KeptBatch): KeptBatch => ({ ...batch, partition });
    const nothing: SaveResult = { lost: [], discarded: [] };
    const { lost, discarded: forgotten } = await attempt(async (kept) => {
      if (added.length > 0) await add(kept, added.map(own));
      return changed.length > 0 ? kept.save(changed.map(own)) : nothing;
    }, nothing);
    // As long as a store that was left says what was true, nothing may follow from what is true now.
    const stranded = await leaving;
    if (!owners?.mayHaveExpired()) return { lost, discarded: forgotten };
    // Whoever took this frame for gone may have brought them to their end by now. Where that cannot be learned, a file
    // that is attached late, by another frame, is better than one that is attached twice.
    const taken = [...added, ...changed].map(({ id }) => id).filter((id) => stranded.has(id));
    return { lost: [...new Set([...lost, ...forgotten, ...taken])], discarded: [] };
  }

  async function add(to: JournalStore, batches: readonly KeptBatch[]): Promise<void> {
    try {
      await to.add(batches);
    } catch (error) {
      for (const { id } of batches) refused.add(id);
      throw error;
    }
  }

  async function look(): Promise<void> {
    const raw = await store.readBatches();
    const damaged = [...raw].filter(([, value]) => !readBatch(value)).map(([id]) => id);
    if (damaged.length > 0) await store.setAside(damaged, now());
    const batches = [...raw.values()].flatMap(readBatchOrNothing);
    const theirs = batches.filter((batch) => batch.owner !== owner);
    const gone = await goneAmong(theirs);
    for (const batch of theirs) if (!gone.has(batch.owner)) watch(batch.owner);
    const left = theirs.filter((batch) => gone.has(batch.owner));
    await remove(left.filter(isStale), gone);
    const fresh = left.filter((batch) => !isStale(batch));
    const of = (kind: KeptBatch['target']['kind']): KeptBatch[] =>
      fresh.filter(({ target }) => target.kind === kind);
    const setAside = await store.countSetAside();
    change({ interrupted: of('work-item'), interruptedPlans: of('plan'), setAside });
  }

  /** Nobody needs to hear of it any more. */
  function isStale({ target, uploads, changedAt }: KeptBatch): boolean {
    const age = now() - changedAt;
    // Whoever saves a new work item gives its number to what was meant for it, at once.
    if (target.kind === 'draft') return age > DRAFT_KEPT_MS;
    return age > SEEN_WITHIN_MS && uploads.every(({ stage }) => stage === 'linked');
  }

  async function remove(batches: readonly KeptBatch[], gone: ReadonlySet<string>): Promise<void> {
    if (batches.length === 0) return;
    const ids = batches.map(({ id }) => id);
    const claimed = await store.claim(ids, owner, gone);
    await store.save(claimed.flatMap(readBatchOrNothing).map((batch) => ({ ...batch, uploads: [] })));
  }

  function goneAmong(batches: readonly KeptBatch[]): Promise<ReadonlySet<string>> {
    return owners?.expiredAmong(new Set(batches.map((batch) => batch.owner))) ?? Promise.resolve(new Set());
  }

  function watch(other: string): void {
    if (watched.has(other)) return;
    watched.add(other);
    owners?.onExpired(other, () => {
      watched.delete(other);
      lookAgain();
    });
  }

  function lookAgain(): void {
    if (state.getSnapshot().kind === 'browser') void attempt(look, undefined);
  }

  async function claimOne(value: unknown): Promise<ClaimedBatch[]> {
    const batch = readBatch(value);
    if (!batch) return [];
    const before = recorder.adopt(batch);
    if (before.length > 0) onLost(before);
    const files = await attempt((kept) => kept.readFiles(batch.id), new Map<UploadId, Blob>());
    const open = batch.uploads.filter(({ stage }) => stage !== 'linked');
    return [
      {
        batch,
        note: noteIn(files),
        interrupted: open.map((kept) => {
          // Bytes of which nothing is noted were not counted on when it was decided what goes on by itself.
          const file = kept.isFileKept ? files.get(kept.id) : undefined;
          return interruptedUpload(kept, batch, file instanceof Blob ? file : undefined);
        }),
      },
    ];
  }

  return {
    ...recorder,
    state,

    create(uploads, sources) {
      recorder.create(uploads, sources);
      // Others watch only whom they have seen.
      if (!hasTold) void recorder.whenCreated(uploads.map(({ id }) => id)).then(() => channel?.notify());
      hasTold = true;
    },

    async open(ofWhom) {
      try {
        if (ofWhom === undefined) throw new Error('Nobody knows whose journal it is.');
        partition = ofWhom;
        const found = await withinTimeout(openStore(partition, giveUp));
        owners = createOwners(found);
        await withinTimeout(owners.acquire());
        if (state.getSnapshot().kind === 'memory') throw new Error('The journal went before it was of use.');
        store = found;
        change({ kind: 'browser' });
        setOpened();
        await attempt((kept) => kept.expire(now() - KEPT_MS), undefined);
        await attempt(look, undefined);
        channel?.onNotify(lookAgain);
      } catch {
        giveUp();
        setOpened();
      }
    },

    refresh: lookAgain,

    async claim(ids) {
      const { interrupted, interruptedPlans } = state.getSnapshot();
      const wanted = [...interrupted, ...interruptedPlans].filter(({ id }) => ids.includes(id));
      if (wanted.length === 0) return [];
      const gone = await withinTimeout(goneAmong(wanted)).catch(() => new Set<string>());
      const wantedIds = wanted.map(({ id }) => id);
      const values = await attempt((kept) => kept.claim(wantedIds, owner, gone), []);
      // What has another owner than it had was seen since, and is to be claimed anew.
      const isSettled = (batch: KeptBatch): boolean =>
        wanted.some(({ id, owner: last }) => id === batch.id && last === batch.owner);
      state.setState((before) => ({
        ...before,
        interrupted: before.interrupted.filter((batch) => !isSettled(batch)),
        interruptedPlans: before.interruptedPlans.filter((batch) => !isSettled(batch)),
      }));
      const claimed = await Promise.all(values.map(claimOne));
      channel?.notify();
      // Somebody was quicker: when that frame is gone, they may be this one's after all.
      if (values.length < wanted.length) lookAgain();
      return claimed.flat();
    },

    annotate: (id, note) => keepFile(id, NOTE, note),

    async discardAll() {
      recorder.discardAll();
      await attempt((kept) => kept.clear(), undefined);
      channel?.notify();
      change(NOTHING_LEFT);
    },

    isFileKept: (id) => state.getSnapshot().kind === 'browser' && (recorder.find(id)?.isFileKept ?? false),

    async match(files, waiting) {
      const found = new Map<PickedFile, UploadId>();
      const open = new Set(waiting);
      for (const file of files) {
        const candidates = [...open].filter((id) => recorder.find(id)?.size === file.size);
        if (candidates.length === 0) continue;
        const fingerprint = await fingerprintOf(file.source).catch(() => undefined);
        const same = candidates.find((id) => isSame(recorder.find(id), file, fingerprint));
        if (same === undefined) continue;
        open.delete(same);
        found.set(file, same);
      }
      return found;
    },
  };
}

function noteIn(files: ReadonlyMap<UploadId, unknown>): Blob | undefined {
  const note = files.get(NOTE);
  return note instanceof Blob ? note : undefined;
}

function readBatchOrNothing(value: unknown): readonly KeptBatch[] {
  const batch = readBatch(value);
  return batch ? [batch] : [];
}

function isNeeded(kept: KeptUpload | undefined): boolean {
  return kept !== undefined && kept.stage !== 'linked' && kept.reference === undefined;
}

/** Where the content was not looked at in time, name and date must do. */
function isSame(
  kept: KeptUpload | undefined,
  { name, source }: PickedFile,
  fingerprint: Fingerprint | undefined,
): boolean {
  if (!kept || !fingerprint) return false;
  if (kept.fingerprint) return haveSameFingerprint(kept.fingerprint, fingerprint);
  const date = source instanceof File ? source.lastModified : 0;
  return kept.name === name && kept.lastModified === date;
}
