import type { Assumptions, EmulatorMode } from '../contract';
import { defaultAssumptions } from './assumptions';
import { Attachments, type Attachment } from './attachments';
import { Clock } from './clock';
import { ExtensionData } from './extension-data';
import { jamal, project } from './fabrikam';
import { standardFields } from './fields';
import { defaultLimits, largestFiles, type Limits } from './limits';
import { mirrorLinks } from './link-types';
import { isPurged } from './purge';
import { noSuchWorkItem } from './refusals';
import { attachmentRelation } from './relation-values';
import { Restorer, snapshotOf, type StoreSnapshot } from './snapshot';
import {
  attachedFile,
  bumpsRevision,
  type Fields,
  type Identity,
  type Relation,
  type WorkItem,
  type WorkItemComment,
  type WorkItemUpdate,
} from './work-item';

/** Who saves, when: for seeding a believable past. */
export interface Author {
  readonly by: Identity;
  readonly date: string;
}

/** Initial values of a work item. */
export interface NewWorkItem {
  readonly id: number;
  readonly type: string;
  readonly fields: Fields;
  readonly relations?: readonly Relation[];
  readonly markdownFields?: readonly string[];
  readonly comments?: readonly WorkItemComment[];
}

interface History {
  current: WorkItem;
  /** One state for each `rev`; a change without a new `rev` replaces the last one. */
  readonly revisions: WorkItem[];
  readonly updates: WorkItemUpdate[];
}

/** Data of the emulator; tests compare with it. */
export class Store {
  private readonly histories = new Map<number, History>();
  private lastWorkItemId = 0;
  private lastRelationId = 65_000;
  private lastCommentId = 0;
  /** For all dates of the data. */
  readonly clock = new Clock();
  readonly attachments: Attachments;
  /** Documents of the extension's data service. */
  readonly extensionData = new ExtensionData();
  readonly readOnlyIds = new Set<number>();
  /** Definitions of fields, by reference name; add custom ones. */
  readonly fields = new Map(standardFields.map((field) => [field.referenceName, field]));
  /** Required fields; add one to make existing items invalid (REST reference D.6). */
  readonly requiredFields = new Set(['System.Title']);
  readonly limits: Limits = defaultLimits();
  /** Answers to open questions; tests may change them. */
  readonly assumptions: Assumptions = defaultAssumptions();
  /** The newest released REST version: 7.1 is Services, 6.0 is Server 2020 (REST reference H). */
  latestApiVersion: string;

  constructor(
    readonly mode: EmulatorMode,
    folder: string,
  ) {
    this.attachments = new Attachments(folder, this.clock);
    this.latestApiVersion = mode === 'services' ? '7.1' : '6.0';
  }

  /** In bytes; `null` for any size. */
  get largestFileBytes(): number | null {
    return this.limits.maxAttachmentBytes ?? largestFiles[this.assumptions.largestFile];
  }

  /** Contents without limits and assumptions, which are settings. */
  snapshot(): StoreSnapshot {
    return {
      lastWorkItemId: this.lastWorkItemId,
      lastRelationId: this.lastRelationId,
      lastCommentId: this.lastCommentId,
      daysAhead: this.clock.daysAhead,
      readOnlyIds: this.readOnlyWorkItemIds,
      workItems: [...this.histories.values()].map(snapshotOf),
      attachments: this.attachments.snapshot(),
      extensionData: this.extensionData.snapshot(),
    };
  }

  /** Fills an empty store. Throws if the snapshot does not fit together. */
  restore(snapshot: StoreSnapshot): void {
    const restorer = new Restorer();
    for (const workItem of snapshot.workItems) {
      const { revisions, updates } = restorer.past(workItem);
      const current = revisions.at(-1);
      if (current === undefined) throw new RangeError('a work item has no revision');
      this.histories.set(current.id, { current, revisions: [...revisions], updates: [...updates] });
    }
    this.lastWorkItemId = snapshot.lastWorkItemId;
    this.lastRelationId = snapshot.lastRelationId;
    this.lastCommentId = snapshot.lastCommentId ?? 0;
    this.clock.restore(snapshot.daysAhead ?? 0);
    for (const id of snapshot.readOnlyIds) this.readOnlyIds.add(id);
    this.attachments.restore(snapshot.attachments);
    this.extensionData.restore(snapshot.extensionData);
  }

  /** In ascending order. */
  get workItemIds(): number[] {
    return [...this.histories.keys()].sort((a, b) => a - b);
  }

  /** In ascending order. */
  get readOnlyWorkItemIds(): number[] {
    return [...this.readOnlyIds].sort((a, b) => a - b);
  }

  /** Throws the service's refusal if there is none. */
  workItem(id: number): WorkItem {
    return this.history(id).current;
  }

  has(id: number): boolean {
    return this.histories.has(id);
  }

  /** Its states, one for each `rev`. */
  revisions(id: number): readonly WorkItem[] {
    return this.history(id).revisions;
  }

  /** Its changes, link changes among them. */
  updates(id: number): readonly WorkItemUpdate[] {
    return this.history(id).updates;
  }

  attachment(id: string): Attachment | undefined {
    return this.attachments.find(id);
  }

  /** Whether the service does not know an attachment any more, or never did. */
  isGone(id: string): boolean {
    const attachment = this.attachment(id);
    if (attachment === undefined) return true;
    const histories = [...this.histories.values()];
    return isPurged(attachment, {
      assumptions: this.assumptions,
      time: this.clock.time,
      workItems: histories.map(({ current }) => current),
      updates: histories.flatMap(({ updates }) => updates),
    });
  }

  nextRelationId(): number {
    return ++this.lastRelationId;
  }

  nextCommentId(): number {
    return ++this.lastCommentId;
  }

  nextWorkItemId(): number {
    return this.lastWorkItemId + 1;
  }

  /** Saves a work item for the first time. */
  create(item: NewWorkItem, author: Author = this.userNow()): WorkItem {
    const common: Fields = {
      'System.AreaPath': project.name,
      'System.TeamProject': project.name,
      'System.IterationPath': project.name,
      'System.WorkItemType': item.type,
      'System.State': 'New',
      'System.Reason': 'New',
      'System.CreatedDate': author.date,
      'System.CreatedBy': author.by,
      'System.ChangedDate': author.date,
      'System.ChangedBy': author.by,
      'Microsoft.VSTS.Common.Priority': 2,
    };
    const { id, relations = [], markdownFields = [], comments = [] } = item;
    this.lastWorkItemId = Math.max(this.lastWorkItemId, id);
    const fields = { ...common, ...item.fields };
    const current: WorkItem = { id, rev: 1, fields, relations, markdownFields, comments };
    const first: WorkItemUpdate = { id: 1, ...author, before: null, after: current };
    this.histories.set(id, { current, revisions: [current], updates: [first] });
    this.mirror({ ...current, relations: [] }, current, author);
    return current;
  }

  /**
   * Saves a changed work item. Links to other work items change it without a new `rev`, everything else bumps it
   * (REST reference D.4). Each link also appears at its other end.
   */
  save(next: WorkItem, author: Author = this.userNow()): WorkItem {
    const history = this.history(next.id);
    const before = history.current;
    if (isSame(before, next)) return before;
    this.replace(history, bumpsRevision(before, next) ? this.bump(before, next, author) : next, author);
    this.mirror(before, next, author);
    return history.current;
  }

  /** Adds small texts in one revision until a work item has `count` attachments. */
  fill(id: number, count: number, author: Author = this.userNow()): WorkItem {
    const item = this.workItem(id);
    const present = item.relations.filter(({ rel }) => rel === attachedFile).length;
    const content = Buffer.from('One of many.\n');
    const missing = Array.from({ length: count - present }, (_, index) => ({
      name: `file-${String(present + index + 1).padStart(3, '0')}.txt`,
      content,
    }));
    return this.attach(id, missing, author);
  }

  /** Attaches files to a work item, in one revision. */
  attach(
    id: number,
    files: readonly { readonly name: string; readonly content: Buffer }[],
    author: Author = this.userNow(),
  ): WorkItem {
    const item = this.workItem(id);
    const added = files.map(({ name, content }) => {
      const attachment = this.attachments.put(name, content, author.date);
      const given = { name, comment: '', resourceSize: content.length };
      return attachmentRelation(this, attachment.id, given, author.date);
    });
    return this.save({ ...item, relations: [...item.relations, ...added] }, author);
  }

  /** Takes a work item away, as a deletion does, and the links to it; there will be no other with its id. */
  remove(id: number): void {
    const { current } = this.history(id);
    this.mirror(current, { ...current, relations: [] }, this.userNow());
    this.histories.delete(id);
  }

  /** Does several changes as one: when `work` throws, all work items are as they were. */
  atomically<Result>(work: () => Result): Result {
    const before = [...this.histories].map(([id, history]) => [id, copyOf(history)] as const);
    try {
      return work();
    } catch (error) {
      this.histories.clear();
      for (const [id, history] of before) this.histories.set(id, history);
      throw error;
    }
  }

  /** The signed-in user, at this time. */
  private userNow(): Author {
    return { by: jamal, date: this.clock.now };
  }

  private mirror(before: WorkItem, after: WorkItem, author: Author): void {
    for (const { id, relations } of mirrorLinks(before, after)) {
      const other = this.histories.get(id);
      if (other !== undefined)
        this.replace(other, { ...other.current, relations: relations(other.current) }, author);
    }
  }

  private bump(before: WorkItem, next: WorkItem, author: Author): WorkItem {
    const fields = { ...next.fields, 'System.ChangedDate': author.date, 'System.ChangedBy': author.by };
    return { ...next, rev: before.rev + 1, fields };
  }

  private replace(history: History, after: WorkItem, author: Author): void {
    const before = history.current;
    if (after.rev === before.rev) history.revisions.pop();
    history.revisions.push(after);
    history.updates.push({ id: history.updates.length + 1, ...author, before, after });
    history.current = after;
  }

  private history(id: number): History {
    const history = this.histories.get(id);
    if (history === undefined) throw noSuchWorkItem(id);
    return history;
  }
}

function copyOf({ current, revisions, updates }: History): History {
  return { current, revisions: [...revisions], updates: [...updates] };
}

function isSame(a: WorkItem, b: WorkItem): boolean {
  const isSameText = a.fields === b.fields && a.markdownFields === b.markdownFields;
  return isSameText && a.relations === b.relations && a.comments === b.comments;
}
