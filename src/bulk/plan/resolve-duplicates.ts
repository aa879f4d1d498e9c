import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import { numberedName } from '../../upload/intake/attachment-name';
import { mayBeSameFolder } from '../../upload/intake/folder-mark';
import type { Problem } from '../../base/errors';
import type { Candidate } from './assign';
import type { DuplicatePolicy, FileId, PlanAttachment, PlanItem, PlannedAction, PlanPair } from './plan';
import { addTo, fold } from './plan';

/** Plans the actions of all candidates for one work item, in order and independently of other work items. */
export function resolveDuplicates(
  item: PlanItem,
  candidates: readonly Candidate[],
  policy: DuplicatePolicy,
  linkLimit: number | undefined,
  attachedBefore: ReadonlyMap<FileId, string> = new Map(),
): readonly PlanPair[] {
  const preliminary = nameIndependentActions(item, candidates, policy, attachedBefore);
  const names = distinctNames(candidates, preliminary);
  const existing = attachmentsByName(item.attachments);
  const actions = candidates.map(({ file, comment }, index) => {
    const sameName = existing.get(names[index]?.key ?? '') ?? [];
    const namesakes = sameName.filter((each) => mayBeSameFolder(each.comment, comment));
    return preliminary[index] ?? actionForDuplicates(namesakes, file.size, policy);
  });
  const withinCapacity = limitToCapacity(item, actions, linkLimit);
  return candidates.map(({ file, name, comment }, index) => ({
    fileId: file.id,
    workItemId: item.id,
    name: names[index]?.name ?? name,
    comment,
    fate: withinCapacity[index] ?? { kind: 'attach' },
  }));
}

/** Actions independent of the names. */
function nameIndependentActions(
  { problem, attachments }: PlanItem,
  candidates: readonly Candidate[],
  policy: DuplicatePolicy,
  attachedBefore: ReadonlyMap<FileId, string>,
): readonly (PlannedAction | undefined)[] {
  const contents = new Set<string>();
  const existing = new Set(attachments.map(({ attachmentId }) => attachmentId));
  return candidates.map(({ file: { id, contentKey, reference }, comment }) => {
    // Under any policy, running a plan again does nothing twice, and a work item takes a reference only once.
    const isAttached = [attachedBefore.get(id), reference?.id].some((known) => existing.has(known ?? ''));
    if (!isAttached) {
      if (problem) return { kind: 'blocked', problem };
      if (comment.length > MAX_COMMENT_LENGTH)
        return { kind: 'blocked', problem: { kind: 'comment-too-long' } };
      if (policy !== 'keep-both' && contentKey !== undefined && contents.has(contentKey))
        return { kind: 'skip', reason: 'same-content' };
    }
    if (contentKey !== undefined) contents.add(contentKey);
    return isAttached ? { kind: 'skip', reason: 'already-there' } : undefined;
  });
}

/** Whether a file leaves its name to others because it will not be attached. */
function releasesName(preliminary: PlannedAction | undefined): boolean {
  return (
    preliminary !== undefined && !(preliminary.kind === 'skip' && preliminary.reason === 'already-there')
  );
}

/** Makes names unique, ignoring case. The first file keeps its name; later ones get numbers. */
function distinctNames(
  candidates: readonly Candidate[],
  preliminary: readonly (PlannedAction | undefined)[],
): readonly Pick<Candidate, 'name' | 'key'>[] {
  const taken = new Set<string>();
  const isRepeated = candidates.map(({ key }, index) => {
    return !releasesName(preliminary[index]) && !isNew(taken, key);
  });
  if (!isRepeated.includes(true)) return candidates;
  const numbers = new Map<string, number>();
  return candidates.map((candidate, index) => {
    if (!isRepeated[index]) return candidate;
    for (let number = numbers.get(candidate.key) ?? 2; ; number++) {
      const name = numberedName(candidate.name, number);
      const key = fold(name);
      if (!isNew(taken, key)) continue;
      numbers.set(candidate.key, number + 1);
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

function actionForDuplicates(
  namesakes: readonly PlanAttachment[],
  size: number,
  policy: DuplicatePolicy,
): PlannedAction {
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
function limitToCapacity(
  { attachments, attachmentLimit, relationCount = attachments.length }: PlanItem,
  actions: readonly PlannedAction[],
  linkLimit = Infinity,
): readonly PlannedAction[] {
  const freeAttachments = attachmentLimit - attachments.length;
  const freeLinks = linkLimit - relationCount;
  const problem: Problem =
    freeAttachments <= freeLinks
      ? { kind: 'attachment-limit', limitCount: attachmentLimit }
      : { kind: 'link-limit', limitCount: linkLimit };
  let capacity = Math.min(freeAttachments, freeLinks);
  return actions.map((action) => {
    if (action.kind !== 'attach' && action.kind !== 'replace') return action;
    return capacity-- > 0 ? action : { kind: 'blocked', problem };
  });
}
