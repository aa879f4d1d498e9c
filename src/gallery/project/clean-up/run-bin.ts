import { array, boolean, is, number, optional, tuple } from 'valibot';
import type { Documents } from '../../../azure/host/documents';
import type { AttachmentReference, LinkableAttachment } from '../../../azure/work-item';
import type { Problem } from '../../../base/errors';
import {
  countSchema,
  finiteSchema,
  nameSchema,
  objectOf,
  problemSchema,
  textSchema,
} from '../../../base/schema';
import type { CleanUpRun, EntryOutcome, RunEntry } from './clean-up-run';
import { bytesOf } from './clean-up-run';

/** A recorded run, for a list. */
export interface RecordedRun {
  readonly id: string;
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
  readonly files: number;
  /** Size of the files removed by the run, restored or not; `undefined` in a record of an older version. */
  readonly bytes: number | undefined;
  /** Files that a restoration would link again. */
  readonly removed: number;
  readonly restored: number;
  /** Files that are still to be removed, unless the run has begun to be restored. */
  readonly open: number;
  /** Whether the person wants no reminder of its open files. */
  readonly isDismissed: boolean;
}

/** Recorded runs of this person in one project. All methods throw a HostError if the data cannot be reached. */
export interface RunBin {
  /** Records a run before its first removal, and drops old runs: see `MAX_AGE_MS` and `MAX_RUNS`. */
  readonly add: (run: CleanUpRun) => Promise<void>;
  /** Records the outcomes of a run. Rejects if another frame has done so after this one. */
  readonly save: (run: CleanUpRun) => Promise<void>;
  /** Returns the runs of this project, the latest one first. */
  readonly list: () => Promise<readonly RecordedRun[]>;
  /** Returns a run, or `undefined` if it is missing, damaged or incomplete. */
  readonly read: (id: string) => Promise<CleanUpRun | undefined>;
  /** Ends the reminders of a run, until it is recorded again. */
  readonly dismiss: (id: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

/** Dependencies of `createRunBin`. */
export interface RunBinOptions {
  /** Small documents, one per run. */
  readonly runs: Documents;
  /** Entries of the runs in chunks, which never change. */
  readonly entries: Documents;
  /** GUID of the project. */
  readonly project: string;
}

/** Entries per document: some 100 KB. */
const CHUNK_ENTRIES = 250;

/** Different problems with their texts in a record. Others share one of their kind. */
const MAX_PROBLEMS = 50;

const MAX_MESSAGE_LENGTH = 300;

/** Age of a run to drop, in milliseconds: Azure DevOps keeps removed files for 28 days; the clocks may differ. */
const MAX_AGE_MS = 35 * 24 * 60 * 60 * 1_000;

/** Runs to keep, in all projects of the person. */
const MAX_RUNS = 50;

/** Outcomes of the files that a run has removed at some time. */
const REMOVED_KINDS: readonly EntryOutcome['kind'][] = ['removed', 'tried', 'not-restored', 'restored'];

/** Letters of the outcomes in a record. They are stored, so they never change. */
const LETTERS: Readonly<Record<EntryOutcome['kind'], string>> = {
  ...{ open: 'o', tried: 't', removed: 'r', gone: 'g', changed: 'c', refused: 'f' },
  ...{ restored: 'b', 'not-restored': 'n' },
};

const KINDS = new Map(
  Object.entries(LETTERS).map(([kind, letter]) => [letter, kind as EntryOutcome['kind']]),
);

/** A document of `runs`. */
interface RunRecord {
  readonly id: string;
  readonly project: string;
  readonly startedAt: number;
  readonly files: number;
  /** See `RecordedRun`. */
  readonly bytes?: number;
  readonly isRestored: boolean;
  readonly isDismissed?: boolean;
  /** One letter per entry. */
  readonly outcomes: string;
  readonly problems: readonly Problem[];
  /** Entries with their problems, by index. */
  readonly problemOf: readonly (readonly [entry: number, problem: number])[];
}

/** A stored entry. Infinite numbers do not survive JSON. */
interface StoredEntry extends Omit<RunEntry, 'addedAt'> {
  readonly addedAt?: number;
}

const recordSchema = objectOf<RunRecord>({
  ...{ id: nameSchema, project: textSchema, startedAt: finiteSchema, files: countSchema },
  ...{ bytes: optional(finiteSchema), isDismissed: optional(boolean()) },
  ...{ isRestored: boolean(), outcomes: textSchema, problems: array(problemSchema) },
  problemOf: array(tuple([number(), number()])),
});

const chunkSchema = objectOf<{ readonly entries: readonly StoredEntry[] }>({
  entries: array(
    objectOf<StoredEntry>({
      ...{ workItemId: countSchema, title: textSchema, state: optional(textSchema) },
      linkable: objectOf<LinkableAttachment>({
        reference: objectOf<AttachmentReference>({ id: nameSchema, url: nameSchema }),
        ...{ name: textSchema, comment: textSchema, size: finiteSchema, splitKey: optional(textSchema) },
      }),
      ...{ addedAt: optional(finiteSchema), addedBy: textSchema },
    }),
  ),
});

/** Creates the bin of a person in a project. */
export function createRunBin({ runs, entries, project }: RunBinOptions): RunBin {
  const chunksOf = (files: number): readonly number[] =>
    Array.from({ length: Math.ceil(files / CHUNK_ENTRIES) }, (_, index) => index);

  async function readRecord(id: string): Promise<RunRecord | undefined> {
    const record = await runs.read(id);
    return is(recordSchema, record) && record.project === project ? record : undefined;
  }

  async function write(run: CleanUpRun): Promise<void> {
    for (const chunk of chunksOf(run.entries.length)) {
      const some = run.entries.slice(chunk * CHUNK_ENTRIES, (chunk + 1) * CHUNK_ENTRIES);
      await entries.write(`${run.id}-${chunk}`, { entries: some.map(storedEntry) });
    }
    // The last one: a run without all of its entries does not exist.
    await runs.write(run.id, recordOf(run, project));
  }

  async function readAll(): Promise<readonly RunRecord[]> {
    const records = (await runs.list()).filter((record) => is(recordSchema, record));
    return records.sort((a, b) => b.startedAt - a.startedAt);
  }

  async function drop(id: string, files: number): Promise<void> {
    await runs.remove(id);
    for (const chunk of chunksOf(files)) await entries.remove(`${id}-${chunk}`);
  }

  /** Drops the runs that are too old or too many. */
  async function prune(now: number): Promise<void> {
    for (const [index, { id, startedAt, files }] of (await readAll()).entries())
      if (index >= MAX_RUNS || now - startedAt > MAX_AGE_MS) await drop(id, files);
  }

  return {
    async add(run) {
      try {
        await write(run);
      } catch (error) {
        // A part is of no use, and a lost answer would leave a run that never began.
        await drop(run.id, run.entries.length).catch(() => undefined);
        throw error;
      }
      await prune(run.startedAt).catch(() => undefined);
    },

    save: (run) => runs.write(run.id, recordOf(run, project)),

    async list() {
      return (await readAll())
        .filter((record) => record.project === project)
        .map(({ id, startedAt, files, bytes, outcomes, isRestored, isDismissed = false }) => ({
          ...{ id, startedAt, files, bytes, isDismissed },
          removed: count(outcomes, 'removed', 'tried', 'not-restored'),
          restored: count(outcomes, 'restored'),
          open: isRestored ? 0 : count(outcomes, 'open', 'tried'),
        }));
    },

    async read(id) {
      const record = await readRecord(id);
      if (record?.outcomes.length !== record?.files || !record) return undefined;
      const all: RunEntry[] = [];
      for (const chunk of chunksOf(record.files)) {
        const document = await entries.read(`${id}-${chunk}`);
        if (!is(chunkSchema, document)) return undefined;
        all.push(...document.entries.map((entry) => ({ ...entry, addedAt: entry.addedAt ?? NaN })));
      }
      const { startedAt, isRestored } = record;
      return all.length === record.files
        ? { id, startedAt, isRestored, entries: all, outcomes: outcomesOf(record) }
        : undefined;
    },

    async dismiss(id) {
      const record = await readRecord(id);
      if (record) await runs.write(id, { ...record, isDismissed: true });
    },

    async remove(id) {
      const record = await readRecord(id);
      await drop(id, record?.files ?? 0);
    },
  };
}

function storedEntry({ addedAt, ...entry }: RunEntry): StoredEntry {
  return { ...entry, ...(Number.isFinite(addedAt) && { addedAt }) };
}

function recordOf({ id, startedAt, isRestored, entries, outcomes }: CleanUpRun, project: string): RunRecord {
  const problems = new Map<string, Problem>();
  const problemOf: [number, number][] = [];
  for (const [index, outcome] of outcomes.entries()) {
    if (!('problem' in outcome)) continue;
    const problem = shortened(outcome.problem, problems.size < MAX_PROBLEMS);
    const key = JSON.stringify(problem);
    if (!problems.has(key)) problems.set(key, problem);
    problemOf.push([index, [...problems.keys()].indexOf(key)]);
  }
  return {
    ...{ id, project, startedAt, isRestored, files: outcomes.length, problemOf },
    bytes: bytesOf(entries.filter((_, index) => REMOVED_KINDS.includes(outcomes[index]?.kind ?? 'open'))),
    outcomes: outcomes.map(({ kind }) => LETTERS[kind]).join(''),
    problems: [...problems.values()],
  };
}

/** Returns a problem with what its sentence needs. */
function shortened({ kind, status, serverCode, serverMessage }: Problem, hasText: boolean): Problem {
  return {
    kind,
    ...(status !== undefined && { status }),
    ...(hasText && serverCode !== undefined && { serverCode }),
    ...(hasText &&
      serverMessage !== undefined && { serverMessage: serverMessage.slice(0, MAX_MESSAGE_LENGTH) }),
  };
}

function outcomesOf({ outcomes, problems, problemOf }: RunRecord): readonly EntryOutcome[] {
  const problemAt = new Map(problemOf.map(([entry, problem]) => [entry, problems[problem]]));
  return Array.from(outcomes).map((letter, index): EntryOutcome => {
    const kind = KINDS.get(letter) ?? 'open';
    const problem = problemAt.get(index);
    switch (kind) {
      case 'refused':
      case 'not-restored':
        return { kind, problem: problem ?? { kind: 'refused' } };
      case 'changed':
        return { kind, ...(problem && { problem }) };
      default:
        return { kind };
    }
  });
}

function count(outcomes: string, ...kinds: readonly EntryOutcome['kind'][]): number {
  const letters = new Set(kinds.map((kind) => LETTERS[kind]));
  return Array.from(outcomes).filter((letter) => letters.has(letter)).length;
}
