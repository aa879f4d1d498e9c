import type { AttachmentReference, LinkableAttachment } from '../../../azure/work-item';
import type { Problem } from '../../../base/errors';

/** A planned removal: one file of one work item. */
export interface RunEntry {
  readonly workItemId: number;
  /** Of the work item. */
  readonly title: string;
  /** State that the work item must still have; not set if any will do. */
  readonly state?: string;
  /** To link the file again. */
  readonly linkable: LinkableAttachment;
  /** In milliseconds since the epoch; `NaN` if unknown. */
  readonly addedAt: number;
  /** Display name of the author; empty if unknown. */
  readonly addedBy: string;
}

/** State of a planned removal. */
export type EntryOutcome =
  /** On the work item when it was last read, and not tried yet. */
  | { readonly kind: 'open' }
  /** In the batch in progress: removed, or not. */
  | { readonly kind: 'tried' }
  | { readonly kind: 'removed' }
  /** Another client removed it first. */
  | { readonly kind: 'gone' }
  /** Kept: the work item changed since it was planned. With a problem, it changed again and again. */
  | { readonly kind: 'changed'; readonly problem?: Problem }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** Removed, and linked again. */
  | { readonly kind: 'restored' }
  /** Removed, and its bytes or the work item refuse the link. */
  | { readonly kind: 'not-restored'; readonly problem: Problem };

/** A clean-up from the first removal on. */
export interface CleanUpRun {
  readonly id: string;
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
  readonly entries: readonly RunEntry[];
  /** By index of the entry. */
  readonly outcomes: readonly EntryOutcome[];
  /** Whether it has begun to be restored. It is not resumed any more. */
  readonly isRestored: boolean;
}

/** An entry with its place in the run. */
export interface IndexedEntry {
  readonly index: number;
  readonly entry: RunEntry;
  /** Whether an earlier attempt may have removed it. */
  readonly isTried: boolean;
}

/** Entries of one work item. */
export interface ItemEntries {
  readonly workItemId: number;
  readonly entries: readonly IndexedEntry[];
}

/** Outcomes by index of the entry. */
export type Outcomes = ReadonlyMap<number, EntryOutcome>;

/** Number and bytes of entries. */
export interface EntryTotals {
  readonly files: number;
  /** Links to one attachment count once. */
  readonly bytes: number;
  readonly items: number;
}

/** Result of a clean-up so far. */
export type CleanUpReport = Readonly<Record<EntryOutcome['kind'], EntryTotals>>;

const OUTCOME_KINDS: readonly EntryOutcome['kind'][] = [
  ...(['open', 'tried', 'removed', 'gone', 'changed', 'refused', 'restored', 'not-restored'] as const),
];

/** Sums up a run, by outcome. */
export function reportOf({ entries, outcomes }: Pick<CleanUpRun, 'entries' | 'outcomes'>): CleanUpReport {
  const totalsOf = (kind: EntryOutcome['kind']): EntryTotals => {
    const some = entries.filter((_, index) => outcomes[index]?.kind === kind);
    return {
      files: some.length,
      bytes: bytesOf(some),
      items: new Set(some.map(({ workItemId }) => workItemId)).size,
    };
  };
  return Object.fromEntries(OUTCOME_KINDS.map((kind) => [kind, totalsOf(kind)])) as Record<
    EntryOutcome['kind'],
    EntryTotals
  >;
}

/** Returns the size of entries. Links to one attachment count once. */
export function bytesOf(entries: readonly RunEntry[]): number {
  const sizes = new Map<AttachmentReference['id'], number>(
    entries.map(({ linkable: { reference, size } }) => [reference.id, size]),
  );
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** Returns the run with other outcomes. */
export function withOutcomes(run: CleanUpRun, changes: Outcomes): CleanUpRun {
  return { ...run, outcomes: run.outcomes.map((outcome, index) => changes.get(index) ?? outcome) };
}

/** Bounds of a batch. */
interface BatchBounds {
  readonly maxItems: number;
  /** Over all work items; a single one may exceed it. */
  readonly maxEntries: number;
}

/**
 * Returns the entries of the first work items whose outcome is one of `kinds`, for one batch; none if there are no more.
 * Earlier attempts come first.
 *
 * @param seen Indexes of entries to leave out.
 */
export function nextBatch(
  { entries, outcomes }: CleanUpRun,
  kinds: readonly EntryOutcome['kind'][],
  { maxItems, maxEntries }: BatchBounds,
  seen: ReadonlySet<number> = new Set(),
): readonly ItemEntries[] {
  const items = new Map<number, IndexedEntry[]>();
  let count = 0;
  for (const kind of kinds)
    for (const [index, entry] of entries.entries()) {
      if (outcomes[index]?.kind !== kind || seen.has(index)) continue;
      const known = items.get(entry.workItemId);
      if (!known && (items.size === maxItems || count >= maxEntries)) continue;
      const indexed = { index, entry, isTried: kind === 'tried' };
      if (known) known.push(indexed);
      else items.set(entry.workItemId, [indexed]);
      count++;
    }
  return [...items].map(([workItemId, some]) => ({ workItemId, entries: some }));
}
