import type { AttachmentReference } from '../../../azure/work-item';
import type { PickedFile, SameFile } from '../../../upload/upload';
import type { SameFileCandidates, SameFileFinder, SameFileTarget } from '../../../upload/same-file-work';
import type { StoredRow } from '../store/find-by-size';
import type { ContentReader } from './content-reader';
import { stopsOf } from './content-stops';
import type { ContentStore, KnownContent, PrefixDigest } from './content-store';

/** Dependencies of `createSameFiles`. */
export interface SameFilesOptions {
  /** Name of the project. */
  readonly project: string;
  /** See `SameFileFinder`. */
  readonly isLinkSafe: boolean;
  /** Whether the organization keeps the name of each link of a file. `undefined`: unknown. */
  readonly keepsNames: boolean | undefined;
  /** Finds files of the stored index. May reject. */
  readonly findBySize: (sizes: ReadonlySet<number>) => Promise<readonly StoredRow[]>;
  readonly contents: ContentStore;
  readonly reader: ContentReader;
  /** Returns the hexadecimal SHA-256 of the bytes before each stop, away from the page as far as possible. */
  readonly hash: (bytes: Blob, stops: readonly number[], signal: AbortSignal) => Promise<readonly string[]>;
  /** Whether the person asked the browser to save data: nothing is read to compare it then. */
  readonly isSavingData: () => boolean;
  readonly isStillThere: SameFileFinder['isStillThere'];
}

/** Larger files are read only as far as their hashes are known, in bytes: the bytes cost more than they save. */
export const MAX_READ_BYTES = 60 * 1024 * 1024;

/** Larger files are not hashed: that takes longer than an upload may wait, in bytes. */
const MAX_HASHED_BYTES = 256 * 1024 * 1024;

/** Stored contents to compare one file with. */
const MAX_CANDIDATES = 5;

/** Creates the search in what this browser knows about the project. */
export function createSameFiles(options: SameFilesOptions): SameFileFinder {
  const { findBySize, keepsNames, isLinkSafe, isStillThere, project } = options;

  async function findCandidates(
    files: readonly PickedFile[],
    { id, attachments }: SameFileTarget,
  ): Promise<SameFileCandidates> {
    const small = files.filter(({ size }) => size <= MAX_HASHED_BYTES);
    const here = new Set(attachments.map(({ reference }) => reference.id));
    const rows = (await findBySize(new Set(small.map(({ size }) => size)))).filter(
      ({ workItemId, reference }) => workItemId !== id && !here.has(reference.id),
    );
    const found = new Map<PickedFile, readonly SameFile[]>();
    for (const file of small) {
      const alike = rows.filter(
        ({ size, name }) => size === file.size && (keepsNames !== false || name === file.name),
      );
      const candidates = newestOfEach(alike).map(({ workItemId, name, reference }): SameFile => ({
        workItemId,
        project,
        name,
        reference,
      }));
      if (candidates.length > 0) found.set(file, candidates);
    }
    return found;
  }

  return {
    isLinkSafe,
    findCandidates,
    isStillThere,

    async findSame(file, candidates, signal) {
      const ids = candidates.map(({ reference }) => reference.id);
      const comparison = createComparison(file, await options.contents.find(ids), options, signal);
      // Those with known hashes cost no request.
      const known = candidates.filter(comparison.isKnown);
      const others = candidates.filter((candidate) => !comparison.isKnown(candidate));
      for (const candidate of [...known, ...others]) if (await comparison.isSame(candidate)) return candidate;
      return undefined;
    },
  };
}

/** Returns the latest link of each content, those attached last first. */
function newestOfEach(rows: readonly StoredRow[]): readonly StoredRow[] {
  const age = ({ addedAt }: StoredRow): number => (Number.isNaN(addedAt) ? 0 : addedAt);
  const sorted = [...rows].sort((a, b) => age(b) - age(a));
  const byId = new Map<AttachmentReference['id'], StoredRow>();
  for (const row of sorted) if (!byId.has(row.reference.id)) byId.set(row.reference.id, row);
  return [...byId.values()].slice(0, MAX_CANDIDATES);
}

/** Comparison of one file with stored contents of its size. */
interface Comparison {
  /** Whether the hash of all bytes is known. */
  readonly isKnown: (candidate: SameFile) => boolean;
  /** Whether all bytes are the same; `false` as well if they would be costly to read. Rejects if they cannot be read. */
  readonly isSame: (candidate: SameFile) => Promise<boolean>;
}

function createComparison(
  { source, size }: PickedFile,
  known: ReadonlyMap<AttachmentReference['id'], KnownContent>,
  { reader, contents, hash, isSavingData }: SameFilesOptions,
  signal: AbortSignal,
): Comparison {
  const stops = stopsOf(size);
  const own = new Map<number, string>();
  const hashableOf = ({ reference }: SameFile) => ({ reference, size });

  function knownDigest({ reference }: SameFile, end: number): string | undefined {
    const content = known.get(reference.id);
    return content?.size === size ? content.digests.find((each) => each.end === end)?.sha256 : undefined;
  }

  /** The beginning is hashed first: most files of one size differ in it. */
  async function ownDigest(end: number): Promise<string | undefined> {
    const open = own.has(end) ? [] : end === stops[0] ? [end] : stops.filter((stop) => !own.has(stop));
    const digests = open.length > 0 ? await hash(source, open, signal) : [];
    for (const [index, stop] of open.entries()) own.set(stop, digests[index] ?? '');
    return own.get(end);
  }

  async function digestOf(candidate: SameFile, end: number): Promise<string | undefined> {
    const digest = knownDigest(candidate, end);
    if (digest !== undefined || isSavingData() || size > MAX_READ_BYTES) return digest;
    const file = hashableOf(candidate);
    await reader.read(file, end, { signal, onBytes: () => undefined });
    return reader.digestAt(file, end);
  }

  /** Keeps what was read, for the next file and for the hub. */
  async function remember(candidate: SameFile): Promise<void> {
    const file = hashableOf(candidate);
    const digests = stops.flatMap((end): PrefixDigest[] => {
      const sha256 = knownDigest(candidate, end) ?? reader.digestAt(file, end);
      return sha256 === undefined ? [] : [{ end, sha256 }];
    });
    reader.release(file);
    const before = known.get(candidate.reference.id)?.digests.length ?? 0;
    if (digests.length > before) await contents.add(candidate.reference.id, { size, digests });
  }

  const isKnown = (candidate: SameFile): boolean => knownDigest(candidate, size) !== undefined;

  return {
    isKnown,
    async isSame(candidate) {
      const ends = isKnown(candidate) ? [...new Set([stops[0] ?? size, size])] : stops;
      try {
        for (const end of ends) {
          const digest = await digestOf(candidate, end);
          // Without the hash of the beginning, that of the whole file decides.
          if (digest === undefined && end !== size && isKnown(candidate)) continue;
          if (digest === undefined || digest !== (await ownDigest(end))) return false;
        }
        return true;
      } finally {
        await remember(candidate);
      }
    },
  };
}
