import type { AttachmentsSnapshot } from './attachments';
import type { ExtensionDocument } from '../contract';
import type { FieldValue, Identity, WorkItem, WorkItemUpdate } from './work-item';

/** State of a store as JSON. */
export interface StoreSnapshot {
  readonly lastWorkItemId: number;
  readonly lastRelationId: number;
  /** Missing in old data folders. */
  readonly lastCommentId?: number;
  readonly daysAhead?: number;
  readonly readOnlyIds: readonly number[];
  readonly workItems: readonly HistorySnapshot[];
  /** Missing in old data folders. */
  readonly recycleBin?: readonly (HistorySnapshot & { readonly deletedDate: string })[];
  readonly attachments: AttachmentsSnapshot;
  readonly extensionData: ExtensionDataSnapshot;
}

/** State of a work item. Old data folders have no formats and comments. */
type StoredWorkItem = Omit<WorkItem, NewMember> & Partial<Pick<WorkItem, NewMember>>;
type NewMember = 'markdownFields' | 'comments';

/** A work item with its past. States are told once; the lists name them by their place. */
export interface HistorySnapshot {
  readonly states: readonly StoredWorkItem[];
  readonly revisions: readonly number[];
  readonly updates: readonly UpdateSnapshot[];
}

interface UpdateSnapshot {
  readonly by: Identity;
  readonly date: string;
  readonly before: number | null;
  readonly after: number;
}

/** Collections by their key, each with its documents. */
export type ExtensionDataSnapshot = readonly (readonly [
  key: string,
  documents: readonly ExtensionDocument[],
])[];

/** State of one work item. */
interface Past {
  readonly revisions: readonly WorkItem[];
  readonly updates: readonly WorkItemUpdate[];
}

/** Tells a work item's past. */
export function snapshotOf({ revisions, updates }: Past): HistorySnapshot {
  const places = new Map<WorkItem, number>();
  const place = (state: WorkItem): number => {
    const known = places.get(state) ?? places.size;
    places.set(state, known);
    return known;
  };
  return {
    revisions: revisions.map(place),
    updates: updates.map(({ by, date, before, after }) => ({
      by,
      date,
      before: before && place(before),
      after: place(after),
    })),
    states: [...places.keys()],
  };
}

/**
 * Restores work items. Values shared by several states are shared again: the history detects unchanged values
 * by identity.
 */
export class Restorer {
  private readonly known = new Map<string, unknown>();

  /** Throws if the snapshot does not fit together. */
  past({ states, revisions, updates }: HistorySnapshot): Past {
    const restored = states.map((state) => this.state(state));
    const at = (place: number): WorkItem => {
      const state = restored[place];
      if (state === undefined) throw new RangeError(`a work item has no state ${place}`);
      return state;
    };
    return {
      revisions: revisions.map(at),
      updates: updates.map(({ by, date, before, after }, index) => ({
        id: index + 1,
        by: this.one(by),
        date,
        before: before === null ? null : at(before),
        after: at(after),
      })),
    };
  }

  private state({
    id,
    rev,
    fields,
    relations,
    markdownFields = [],
    comments = [],
  }: StoredWorkItem): WorkItem {
    const entries = Object.entries(fields).map(([name, value]) => [name, this.value(value)] as const);
    return {
      id,
      rev,
      fields: Object.fromEntries(entries),
      relations: relations.map((relation) => this.one(relation)),
      markdownFields: this.one(markdownFields),
      comments: comments.map((comment) => this.one(comment)),
    };
  }

  private value(value: FieldValue): FieldValue {
    return typeof value === 'object' ? this.one(value) : value;
  }

  private one<Value extends object>(value: Value): Value {
    const text = JSON.stringify(value);
    const known = this.known.get(text) ?? value;
    this.known.set(text, known);
    return known as Value;
  }
}
