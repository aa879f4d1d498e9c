import { attachedFile, type Relation, type WorkItem } from './work-item';

/**
 * Relations created when they are read: those of 300,000 files would fill the memory. As long as anything refers to
 * them, the same objects are returned, since changes are found by identity.
 */
export class RelationsOnDemand {
  private known: WeakRef<readonly Relation[]> | undefined;
  private kept: readonly Relation[] | undefined;

  constructor(private readonly create: () => readonly Relation[]) {}

  get(): readonly Relation[] {
    const known = this.kept ?? this.known?.deref();
    if (known) return known;
    const created = this.create();
    this.known = new WeakRef(created);
    return created;
  }

  /** Keeps the relations from now on: a changed work item shares some of them. */
  keep(): void {
    this.kept = this.get();
  }
}

const sources = new WeakMap<WorkItem, RelationsOnDemand>();
const counts = new WeakMap<WorkItem, number>();

/** Returns a state with the first `count` of these relations, all of them attachments. */
export function withRelationsOnDemand(
  item: Omit<WorkItem, 'relations'>,
  source: RelationsOnDemand,
  count: number,
): WorkItem {
  const state: WorkItem = {
    ...item,
    get relations() {
      const all = source.get();
      // The same array, if possible: an equal one would count as a change.
      return count === all.length ? all : all.slice(0, count);
    },
  };
  sources.set(state, source);
  counts.set(state, count);
  return state;
}

/** Keeps the relations of a state that is about to be replaced. */
export function keepRelations(item: WorkItem): void {
  sources.get(item)?.keep();
}

/** Whether a state has generated attachments only: no person has changed it. */
export function isUntouched(item: WorkItem): boolean {
  return sources.has(item);
}

/** Number of attachments. Counted once for each state. */
export function attachmentCount(item: WorkItem): number {
  const known = counts.get(item);
  if (known !== undefined) return known;
  const count = item.relations.filter(({ rel }) => rel === attachedFile).length;
  counts.set(item, count);
  return count;
}
