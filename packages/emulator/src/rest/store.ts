import type { Assumptions, EmulatorMode } from '../contract';
import { defaultAssumptions } from './assumptions';
import type { Attachment } from './attachment';
import { Attachments } from './attachments';
import { Clock } from './clock';
import { ExtensionData } from './extension-data';
import { isInReadableArea } from './area-rights';
import { jamal } from './fabrikam';
import { copyOf, isSame, type History } from './history';
import { standardFields } from './fields';
import { defaultLimits, largestFiles, type Limits } from './limits';
import { mirrorLinks } from './link-types';
import { isPurged } from './purge';
import { firstRevision, type Author, type NewWorkItem } from './new-work-item';
import { RecycleBin } from './recycle-bin';
import { noSuchWorkItem } from './refusals';
import { attachmentRelation } from './relation-values';
import { isUntouched, keepRelations } from './relations-on-demand';
import { Restorer, snapshotOf, type StoreSnapshot } from './snapshot';
import { attachedFile, bumpsRevision, isWorkItemLink, type WorkItem, type WorkItemUpdate } from './work-item';

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
  /** Areas, with those below, whose work items the signed-in user cannot see: `Fabrikam\\Billing`. */
  readonly hiddenAreas = new Set<string>();
  /** Deleted work items. */
  readonly recycleBin = new RecycleBin();
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
      recycleBin: this.recycleBin.all.map((deleted) => ({
        ...snapshotOf(deleted),
        deletedDate: deleted.deletedDate,
      })),
      attachments: this.attachments.snapshot(),
      extensionData: this.extensionData.snapshot(),
    };
  }

  /** Fills an empty store. Throws if the snapshot does not fit together. */
  restore(snapshot: StoreSnapshot): void {
    const restorer = new Restorer();
    for (const workItem of snapshot.workItems) {
      const { revisions, updates } = restorer.past(workItem);
      this.adopt(revisions, updates);
    }
    this.lastWorkItemId = snapshot.lastWorkItemId;
    this.lastRelationId = snapshot.lastRelationId;
    this.lastCommentId = snapshot.lastCommentId ?? 0;
    this.clock.restore(snapshot.daysAhead ?? 0);
    for (const id of snapshot.readOnlyIds) this.readOnlyIds.add(id);
    for (const { deletedDate, ...deleted } of snapshot.recycleBin ?? []) {
      const { revisions, updates } = restorer.past(deleted);
      this.recycleBin.put({ revisions, updates, deletedDate });
    }
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
    const home = this.histories.get(this.attachments.homeOf(attachment.id) ?? 0);
    // An untouched work item links to its own generated attachments, and to no other.
    if (home && isUntouched(home.current)) return false;
    const touched = [...this.histories.values()].filter(({ current }) => !isUntouched(current));
    return isPurged(attachment, {
      assumptions: this.assumptions,
      time: this.clock.time,
      workItems: touched.map(({ current }) => current),
      updates: touched.flatMap(({ updates }) => updates),
      deletedUpdates: this.recycleBin.all.flatMap(({ updates }) => updates),
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
    const current = firstRevision(item, author);
    this.adopt([current], [{ id: 1, ...author, before: null, after: current }]);
    this.mirror({ ...current, relations: [] }, current, author);
    return current;
  }

  /** Puts in a work item with its past, instead of one with the same id. Throws a `RangeError` without a revision. */
  adopt(revisions: readonly WorkItem[], updates: readonly WorkItemUpdate[]): void {
    const current = revisions.at(-1);
    if (current === undefined) throw new RangeError('a work item has no revision');
    this.lastWorkItemId = Math.max(this.lastWorkItemId, current.id);
    this.histories.set(current.id, { current, revisions: [...revisions], updates: [...updates] });
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

  /** Moves a work item to the recycle bin, as a deletion does, and removes the links to it. Its id stays taken. */
  remove(id: number): void {
    const { current, revisions, updates } = this.history(id);
    this.mirror(current, { ...current, relations: [] }, this.userNow());
    this.recycleBin.put({ revisions, updates, deletedDate: this.clock.now });
    this.histories.delete(id);
  }

  /** Takes a work item from the recycle bin, in a new revision. Assumed: without its links to other work items. */
  putBack(id: number): WorkItem {
    const { revisions, updates } = this.recycleBin.take(id);
    this.adopt(revisions, updates);
    const item = this.workItem(id);
    const relations = item.relations.filter((relation) => !isWorkItemLink(relation));
    return this.save({ ...item, relations, fields: { ...item.fields } });
  }

  /** Whether the signed-in user may read a work item. */
  isReadable(id: number): boolean {
    const item = this.histories.get(id)?.current;
    return item !== undefined && isInReadableArea(item, this.hiddenAreas);
  }

  /** The same for the signed-in user: throws the service's refusal if it is in a hidden area. */
  readable(id: number): WorkItem {
    if (!this.isReadable(id)) throw noSuchWorkItem(id);
    return this.workItem(id);
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
    const isOnlyFiles = before.fields === next.fields && before.comments === next.comments;
    const rev = before.rev + 1;
    if (isOnlyFiles && this.assumptions.filesMoveChangedDate === 'no') return { ...next, rev };
    const fields = { ...next.fields, 'System.ChangedDate': author.date, 'System.ChangedBy': author.by };
    return { ...next, rev, fields };
  }

  private replace(history: History, after: WorkItem, author: Author): void {
    const before = history.current;
    keepRelations(before);
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
