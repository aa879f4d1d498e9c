import { ATTACHMENTS_PER_WORK_ITEM, LONGEST_COMMENT } from '../model/attachment';
import { numberedName } from '../model/attachment-name';
import type { Problem } from '../model/errors';
import type { Wish } from './assign';
import { fold } from './fold';
import { addTo } from './lists';
import type { DuplicatePolicy, Fate, FileId, PlanAttachment, PlanItem, PlanPair } from './plan';

/** Plans the actions of all candidates for one work item, in order and independently of other work items. */
export function settle(
  item: PlanItem,
  wishes: readonly Wish[],
  policy: DuplicatePolicy,
  linkLimit: number | undefined,
  before: ReadonlyMap<FileId, string> = new Map(),
): readonly PlanPair[] {
  const early = earlyFates(item, wishes, policy, before);
  const names = distinctNames(wishes, early);
  const there = attachmentsByName(item.attachments);
  const fates = wishes.map(({ file }, index) => {
    const namesakes = there.get(names[index]?.key ?? '') ?? [];
    return early[index] ?? fateBeside(namesakes, file.size, policy);
  });
  const final = withinRoom(item, fates, linkLimit);
  return wishes.map(({ file, name, comment }, index) => ({
    fileId: file.id,
    workItemId: item.id,
    name: names[index]?.name ?? name,
    comment,
    fate: final[index] ?? { kind: 'attach' },
  }));
}

/** Actions independent of the names. */
function earlyFates(
  { problem, attachments }: PlanItem,
  wishes: readonly Wish[],
  policy: DuplicatePolicy,
  before: ReadonlyMap<FileId, string>,
): readonly (Fate | undefined)[] {
  const contents = new Set<string>();
  const there = new Set(attachments.map(({ attachmentId }) => attachmentId));
  return wishes.map(({ file: { id, contentKey }, comment }) => {
    // Under any policy, running a plan again does nothing twice.
    const isThere = there.has(before.get(id) ?? '');
    if (!isThere) {
      if (problem) return { kind: 'blocked', problem };
      if (comment.length > LONGEST_COMMENT) return { kind: 'blocked', problem: { kind: 'comment-too-long' } };
      if (policy !== 'keep-both' && contentKey !== undefined && contents.has(contentKey))
        return { kind: 'skip', reason: 'same-content' };
    }
    if (contentKey !== undefined) contents.add(contentKey);
    return isThere ? { kind: 'skip', reason: 'already-there' } : undefined;
  });
}

/** Whether a file leaves its name to others because it will not be attached. */
function leavesName(early: Fate | undefined): boolean {
  return early !== undefined && !(early.kind === 'skip' && early.reason === 'already-there');
}

/** Makes names unique, ignoring case. The first file keeps its name; later ones get numbers. */
function distinctNames(
  wishes: readonly Wish[],
  early: readonly (Fate | undefined)[],
): readonly Pick<Wish, 'name' | 'key'>[] {
  const taken = new Set<string>();
  const isLater = wishes.map(({ key }, index) => {
    return !leavesName(early[index]) && !isNew(taken, key);
  });
  if (!isLater.includes(true)) return wishes;
  const numbers = new Map<string, number>();
  return wishes.map((wish, index) => {
    if (!isLater[index]) return wish;
    for (let number = numbers.get(wish.key) ?? 2; ; number++) {
      const name = numberedName(wish.name, number);
      const key = fold(name);
      if (!isNew(taken, key)) continue;
      numbers.set(wish.key, number + 1);
      return { name, key };
    }
  });
}

/** Adds `key`. Returns whether it is new. */
function isNew(taken: Set<string>, key: string): boolean {
  const { size } = taken;
  return taken.add(key).size > size;
}

function attachmentsByName(
  attachments: readonly PlanAttachment[],
): ReadonlyMap<string, readonly PlanAttachment[]> {
  const byName = new Map<string, PlanAttachment[]>();
  for (const attachment of attachments) addTo(byName, fold(attachment.name), attachment);
  return byName;
}

function fateBeside(namesakes: readonly PlanAttachment[], size: number, policy: DuplicatePolicy): Fate {
  switch (policy) {
    case 'skip':
      return namesakes.some((namesake) => namesake.size === size)
        ? { kind: 'skip', reason: 'already-there' }
        : { kind: 'attach' };
    case 'replace':
      return namesakes.length > 0
        ? { kind: 'replace', attachmentIds: namesakes.map(({ attachmentId }) => attachmentId) }
        : { kind: 'attach' };
    case 'keep-both':
      return { kind: 'attach' };
  }
}

/**
 * Blocks candidates beyond the capacity of the work item, from the end. A replacement frees no capacity: the old
 * attachment is removed only after the new one is there.
 */
function withinRoom(
  { attachments, relationCount = attachments.length }: PlanItem,
  fates: readonly Fate[],
  linkLimit = Infinity,
): readonly Fate[] {
  const places = ATTACHMENTS_PER_WORK_ITEM - attachments.length;
  const links = linkLimit - relationCount;
  const problem: Problem =
    places <= links
      ? { kind: 'attachment-limit', limitCount: ATTACHMENTS_PER_WORK_ITEM }
      : { kind: 'link-limit', limitCount: linkLimit };
  let room = Math.min(places, links);
  return fates.map((fate) => {
    if (fate.kind !== 'attach' && fate.kind !== 'replace') return fate;
    return room-- > 0 ? fate : { kind: 'blocked', problem };
  });
}
