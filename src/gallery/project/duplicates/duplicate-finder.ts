import type { AttachmentReference } from '../../../azure/work-item';
import type { Problem } from '../../../base/errors';
import { isCancelled, toProblem } from '../../../base/errors';
import { retry } from '../../../base/retry';
import type { Runtime } from '../../../base/runtime';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import type { ProjectFile } from '../project-index';
import type { ContentReader, HashOptions } from './content-reader';
import { stopsOf } from './content-stops';
import type { ContentStore, KnownContent, PrefixDigest } from './content-store';
import type { DuplicateGroup, LinkedContent } from './duplicate-groups';
import { duplicateGroupOf, sameLabelGroups, sameSizeGroups } from './duplicate-groups';
import { isAboutAll } from './is-about-all';

/** State of the search for duplicates. */
export interface DuplicatesState {
  readonly phase:
    | 'idle'
    | 'finding'
    | 'paused'
    | 'done'
    /** `error` tells why. `resume` continues. */
    | 'failed';
  /** Attachments of a size that another one has. */
  readonly candidates: number;
  /** Candidates with a result. */
  readonly checked: number;
  /** Bytes received so far, also of repeated requests. */
  readonly bytesRead: number;
  /** Found groups, those with the most wasted bytes first. */
  readonly groups: readonly DuplicateGroup[];
  /** Sum over all groups. */
  readonly wastedBytes: number;
  /** Candidates without a result, with the reasons. */
  readonly unreadable: readonly UnreadableFile[];
  readonly error?: unknown;
}

/** A file of unknown content. */
export interface UnreadableFile {
  readonly file: ProjectFile;
  readonly problem: Problem;
}

/** Finds files with the same bytes. */
export interface DuplicateFinder {
  readonly state: ReadonlyStore<DuplicatesState>;
  /**
   * Begins a search among `files`, replacing an earlier one. Resolves when it has ended or paused. Never rejects.
   *
   * @param files Those of unknown size are left out.
   */
  readonly find: (files: readonly ProjectFile[]) => Promise<void>;
  /** Ends the requests in progress. Results are kept. */
  readonly pause: () => void;
  /** Continues a paused or failed search. */
  readonly resume: () => Promise<void>;
  /** Ends the search and drops its results. Known contents are kept. */
  readonly cancel: () => void;
}

/** Dependencies of `createDuplicateFinder`. */
export interface DuplicateFinderOptions {
  readonly reader: ContentReader;
  readonly contents: ContentStore;
  readonly runtime: Runtime;
}

/** Requests at the same time, at most. */
const MAX_PARALLEL = 4;

/** Attempts to read a file. */
const READ_ATTEMPTS = 3;

const IDLE: DuplicatesState = {
  ...{ phase: 'idle', candidates: 0, checked: 0, bytesRead: 0 },
  ...{ groups: [], wastedBytes: 0, unreadable: [] },
};

/** Creates a finder. Only files of the same size are read, and only as far as they agree. */
export function createDuplicateFinder(options: DuplicateFinderOptions): DuplicateFinder {
  const store = createStateStore(IDLE);
  let files: readonly ProjectFile[] = [];
  let aborter = new AbortController();

  const change = (changes: Partial<DuplicatesState>): void =>
    store.setState((state) => ({ ...state, ...changes }));

  async function run(): Promise<void> {
    aborter.abort();
    aborter = new AbortController();
    const { signal } = aborter;
    const changeNow: typeof change = (changes) => {
      if (!signal.aborted) change(changes);
    };
    const sizeGroups = sameSizeGroups(files);
    const candidates = sizeGroups.reduce((sum, { length }) => sum + length, 0);
    const { bytesRead } = store.getSnapshot();
    change({ ...IDLE, phase: 'finding', candidates, bytesRead });
    try {
      await findAll(sizeGroups, { ...options, store, signal, change: changeNow });
      changeNow({ phase: 'done' });
    } catch (error) {
      if (!isCancelled(error)) changeNow({ phase: 'failed', error });
      // Requests of other groups end as well.
      if (signal === aborter.signal) aborter.abort();
    }
  }

  return {
    state: store,
    find(chosen) {
      files = chosen;
      store.setState(IDLE);
      return run();
    },
    pause() {
      if (store.getSnapshot().phase !== 'finding') return;
      aborter.abort();
      change({ phase: 'paused' });
    },
    async resume() {
      const { phase } = store.getSnapshot();
      if (phase === 'paused' || phase === 'failed') await run();
    },
    cancel() {
      aborter.abort();
      files = [];
      store.setState(IDLE);
    },
  };
}

/** One run of a search. */
interface Search extends DuplicateFinderOptions {
  readonly store: ReadonlyStore<DuplicatesState>;
  readonly signal: AbortSignal;
  /** Without effect after an abort. */
  readonly change: (changes: Partial<DuplicatesState>) => void;
}

/** @throws StaplerError if no file can be read, CancelledError after an abort. */
async function findAll(sizeGroups: readonly (readonly LinkedContent[])[], search: Search): Promise<void> {
  const { reader, contents, store, signal, change } = search;
  const rest = [...sizeGroups];

  async function findRest(): Promise<void> {
    for (let group = rest.shift(); group; group = rest.shift()) {
      const known = new Map(await contents.find(group.map(({ reference }) => reference.id)));
      const found = await findIn(group, known, search);
      signal.throwIfAborted();
      group.forEach(reader.release);
      const { groups, wastedBytes, checked, unreadable } = store.getSnapshot();
      const unread = found.unreadable;
      change({
        groups: [...groups, ...found.groups].sort((a, b) => b.wastedBytes - a.wastedBytes),
        wastedBytes: found.groups.reduce((sum, each) => sum + each.wastedBytes, wastedBytes),
        checked: checked + group.length,
        ...(unread.length > 0 && { unreadable: [...unreadable, ...unread] }),
      });
    }
  }

  await Promise.all(Array.from({ length: MAX_PARALLEL }, findRest)).finally(() => (rest.length = 0));
}

/** Compares contents of equal size: part by part, as long as at least two still agree. */
async function findIn(
  group: readonly LinkedContent[],
  known: Map<AttachmentReference['id'], KnownContent>,
  search: Search,
): Promise<Pick<DuplicatesState, 'groups' | 'unreadable'>> {
  const unreadable: UnreadableFile[] = [];
  const groups: DuplicateGroup[] = [];
  const size = group[0]?.size ?? 0;
  const stops = stopsOf(size);
  const { reader, contents, runtime, signal, store, change } = search;
  const options: HashOptions = {
    signal,
    onBytes: (bytes) => change({ bytesRead: store.getSnapshot().bytesRead + bytes }),
  };

  function digestAt(content: LinkedContent, end: number): string | undefined {
    const stored = known.get(content.reference.id);
    const digest = reader.digestAt(content, end);
    if (digest !== undefined || stored?.size !== size) return digest;
    return stored.digests.find((each) => each.end === end)?.sha256;
  }

  /** Stores the hashes of a content that are not stored yet. */
  async function remember(content: LinkedContent): Promise<void> {
    const { id } = content.reference;
    const digests = stops.flatMap((stop): PrefixDigest[] => {
      const sha256 = digestAt(content, stop);
      return sha256 === undefined ? [] : [{ end: stop, sha256 }];
    });
    if (digests.length <= (known.get(id)?.digests.length ?? 0)) return;
    known.set(id, { size, digests });
    await contents.add(id, { size, digests });
  }

  async function learn(content: LinkedContent, end: number): Promise<void> {
    try {
      await retry(() => reader.read(content, end, options), {
        ...{ runtime, signal, maxAttempts: READ_ATTEMPTS },
      });
      await remember(content);
    } catch (error) {
      const problem = toProblem(error);
      if (isCancelled(error) || isAboutAll(problem)) throw error;
      unreadable.push(...content.files.map((file) => ({ file, problem })));
    }
  }

  async function compare(some: readonly LinkedContent[], end: number): Promise<void> {
    for (const content of some) if (digestAt(content, end) === undefined) await learn(content, end);
    for (const [digest, alike] of sameLabelGroups(some, (content) => digestAt(content, end))) {
      if (end === size) groups.push(duplicateGroupOf(digest, alike));
      else await compare(alike, stops.find((each) => each > end) ?? size);
    }
  }

  await compare(group, stops[0] ?? size);
  // A pause may have come between a reading and its record.
  for (const content of group) await remember(content);
  return { groups, unreadable };
}
