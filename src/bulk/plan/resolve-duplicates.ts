import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import { numberedName } from '../../upload/intake/attachment-name';
import { mayBeSameFolder } from '../../upload/intake/folder-mark';
import { placesOf } from '../../upload/places';
import { wholeName } from '../../upload/volumes/volume-names';
import type { Problem } from '../../base/errors';
import type { Candidate } from './assign';
import type { PlannedContent } from './item-rules';
import { problemOfBreaks } from '../../upload/rules/policy/rule-sentences';
import { problemOfCandidate } from './item-rules';
import type { Namesake } from './namesakes';
import { attachmentsByName, splitFilesByName } from './namesakes';
import type { DuplicatePolicy, FileId, PlanItem, PlannedAction, PlannedFile } from './plan';
import { fold } from './plan';

const ATTACH: PlannedAction = { kind: 'attach' };

/** Plans the actions of all candidates for one work item, in order and independently of other work items. */
export type DuplicateResolver = (
  item: PlanItem,
  candidates: readonly Candidate[],
  policy: DuplicatePolicy,
  attachedBefore?: ReadonlyMap<FileId, string>,
) => readonly PlannedFile[];

/** Result for a work item without attachments, shared by all work items that it fits. */
interface SharedResult {
  readonly planned: readonly PlannedFile[];
  /** Folded names of the files to be. */
  readonly names: ReadonlySet<string>;
  /** Ids of the files that are on the server already. */
  readonly references: ReadonlySet<string>;
  /** Number of attachments to make. */
  readonly count: number;
  /** Whether some of the files are split: their volumes have other names. */
  readonly hasSplit: boolean;
}

/** Creates a resolver. It plans each list of candidates once, and shares the result among work items without duplicates. */
export function createDuplicateResolver(linkLimit?: number): DuplicateResolver {
  const results = new Map<readonly Candidate[], Partial<Record<DuplicatePolicy, SharedResult>>>();

  function sharedResultOf(candidates: readonly Candidate[], policy: DuplicatePolicy): SharedResult {
    const known = results.get(candidates) ?? {};
    results.set(candidates, known);
    return (known[policy] ??= resultWithoutAttachments(candidates, policy));
  }

  return (item, candidates, policy, attachedBefore) => {
    const shared = sharedResultOf(candidates, policy);
    const { problem, attachments } = item;
    const isShared =
      !problem &&
      !item.rules &&
      !attachedBefore &&
      shared.count <= capacityOf(item, linkLimit).count &&
      !attachments.some(
        ({ name, attachmentId }) =>
          shared.names.has(fold(name)) ||
          (shared.hasSplit && shared.names.has(fold(wholeName(name)))) ||
          shared.references.has(attachmentId),
      );
    return isShared ? shared.planned : resolveDuplicates(item, candidates, policy, linkLimit, attachedBefore);
  };
}

function resultWithoutAttachments(candidates: readonly Candidate[], policy: DuplicatePolicy): SharedResult {
  const empty = { id: 0, type: '', attachments: [], attachmentLimit: Infinity, problem: undefined };
  const planned = resolveDuplicates(empty, candidates, policy, undefined);
  return {
    planned,
    names: new Set(planned.map(({ name }) => fold(name))),
    references: new Set(candidates.flatMap(({ file: { reference } }) => (reference ? [reference.id] : []))),
    count: planned.reduce(
      (sum, { fate }, index) => sum + (fate.kind === 'attach' ? placesIn(candidates[index]) : 0),
      0,
    ),
    hasSplit: candidates.some(isSplit),
  };
}

/** Facts of a work item that matter for duplicates and for its capacity. */
type ResolvedItem = Pick<
  PlanItem,
  'id' | 'type' | 'attachments' | 'attachmentLimit' | 'relationCount' | 'rules' | 'problem'
>;

function resolveDuplicates(
  item: ResolvedItem,
  candidates: readonly Candidate[],
  policy: DuplicatePolicy,
  linkLimit: number | undefined,
  attachedBefore: ReadonlyMap<FileId, string> = new Map(),
): readonly PlannedFile[] {
  const existing = attachmentsByName(item.attachments);
  const split = candidates.some(isSplit) ? splitFilesByName(item.attachments) : existing;
  const namesakesOf = (candidate: Candidate, key: string): readonly Namesake[] =>
    (isSplit(candidate) ? split : existing).get(key) ?? [];
  const preliminary = refuseByRules(
    item,
    candidates,
    nameIndependentActions(item, candidates, policy, attachedBefore),
    (candidate) => actionForNamesakes(namesakesOf(candidate, candidate.key), candidate, policy),
  );
  const names =
    policy === 'keep-names'
      ? candidates
      : distinctNames(candidates, preliminary, policy === 'keep-numbered' ? existing : undefined);
  const actions = candidates.map(
    (candidate, index) =>
      preliminary[index] ??
      actionForNamesakes(namesakesOf(candidate, names[index]?.key ?? candidate.key), candidate, policy),
  );
  const withinCapacity = limitToCapacity(item, actions, candidates.map(placesIn), linkLimit);
  return candidates.map(({ file, name, comment }, index) => ({
    fileId: file.id,
    name: names[index]?.name ?? name,
    comment,
    fate: withinCapacity[index] ?? ATTACH,
  }));
}

function isKeeping(policy: DuplicatePolicy): boolean {
  return policy === 'keep-both' || policy === 'keep-numbered' || policy === 'keep-names';
}

/** Actions independent of the names. */
function nameIndependentActions(
  { problem, attachments }: ResolvedItem,
  candidates: readonly Candidate[],
  policy: DuplicatePolicy,
  attachedBefore: ReadonlyMap<FileId, string>,
): readonly (PlannedAction | undefined)[] {
  const contents = new Set<string>();
  const existing = new Set(attachments.map(({ attachmentId }) => attachmentId));
  return candidates.map(({ file, comment, isForced = false }) => {
    const { id, contentKey, reference } = file;
    // Under any policy, running a plan again does nothing twice, and a work item takes a reference only once.
    const isAttached =
      existing.has(reference?.id ?? '') || (!isForced && existing.has(attachedBefore.get(id) ?? ''));
    if (!isAttached) {
      const obstacle = problem ?? file.problem;
      if (obstacle) return { kind: 'blocked', problem: obstacle };
      if (comment.length > MAX_COMMENT_LENGTH)
        return { kind: 'blocked', problem: { kind: 'comment-too-long' } };
      if (!isForced && !isKeeping(policy) && contentKey !== undefined && contents.has(contentKey))
        return { kind: 'skip', reason: 'same-content' };
    }
    if (contentKey !== undefined) contents.add(contentKey);
    return isAttached ? { kind: 'skip', reason: 'already-there' } : undefined;
  });
}

/** Refuses the files that break the rules of the work item. A file that is left out anyway needs no refusal. */
function refuseByRules(
  { id, type, rules }: ResolvedItem,
  candidates: readonly Candidate[],
  actions: readonly (PlannedAction | undefined)[],
  actionOf: (candidate: Candidate) => PlannedAction,
): readonly (PlannedAction | undefined)[] {
  if (!rules) return actions;
  return candidates.map((candidate, index) => {
    const known = actions[index];
    if (known || candidate.file.isVolume) return known;
    const fileOf = (): PlannedContent => {
      const { file, name, comment } = candidate;
      return { name, comment, size: file.size, contentType: file.contentType };
    };
    // Their number is a matter of capacity.
    const problem = problemOfCandidate(rules, candidate, fileOf, { id, type });
    if (!problem) return undefined;
    const action = actionOf(candidate);
    return action.kind === 'skip' ? action : { kind: 'blocked', problem };
  });
}

/** Whether a file leaves its name to others because it will not be attached. */
function releasesName(preliminary: PlannedAction | undefined): boolean {
  return (
    preliminary !== undefined && !(preliminary.kind === 'skip' && preliminary.reason === 'already-there')
  );
}

/**
 * Makes names unique, ignoring case. The first file keeps its name; later ones get numbers.
 *
 * @param existing Folded names on the work item, to be avoided by files that are not there yet. Default: none.
 */
function distinctNames(
  candidates: readonly Candidate[],
  preliminary: readonly (PlannedAction | undefined)[],
  existing: ReadonlyMap<string, unknown> = new Map(),
): readonly Pick<Candidate, 'name' | 'key'>[] {
  const taken = new Set<string>(existing.keys());
  const isRepeated = candidates.map(({ key }, index) => {
    if (preliminary[index] && existing.has(key)) return false;
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

function isSplit({ file }: Candidate): boolean {
  return file.volumeBytes !== undefined;
}

/** @param sameName Attachments of its name, from any folder. */
function actionForNamesakes(
  sameName: readonly Namesake[],
  { file, comment, isForced }: Candidate,
  policy: DuplicatePolicy,
): PlannedAction {
  const namesakes = sameName.filter((each) => mayBeSameFolder(each.comment, comment));
  return actionForDuplicates(namesakes, file.size, isForced ? 'keep-both' : policy);
}

function actionForDuplicates(
  namesakes: readonly Namesake[],
  size: number,
  policy: DuplicatePolicy,
): PlannedAction {
  switch (policy) {
    case 'skip':
      return namesakes.some((namesake) => namesake.size === size)
        ? { kind: 'skip', reason: 'already-there' }
        : ATTACH;
    case 'replace':
      return namesakes.length > 0
        ? { kind: 'replace', attachmentIds: namesakes.flatMap(({ ids }) => ids) }
        : ATTACH;
    case 'skip-name':
      return namesakes.length > 0 ? { kind: 'skip', reason: 'same-name' } : ATTACH;
    case 'keep-both':
    case 'keep-numbered':
    case 'keep-names':
      return ATTACH;
  }
}

function placesIn(candidate: Candidate | undefined): number {
  return candidate ? placesOf(candidate.file) : 0;
}

/**
 * Blocks candidates beyond the capacity of the work item, from the end. A split file fits as a whole, or not at all. A
 * replacement frees no capacity: the old attachment is removed only after the new one is there. Only a policy counts what
 * is left after it.
 *
 * @param places Number of attachments that each candidate becomes.
 */
function limitToCapacity(
  item: ResolvedItem,
  actions: readonly PlannedAction[],
  places: readonly number[],
  linkLimit: number | undefined,
): readonly PlannedAction[] {
  const { problem, count } = capacityOf(item, linkLimit);
  const { rules = {}, attachments } = item;
  const { maxFiles } = rules;
  let capacity = count;
  let allowed = maxFiles === undefined ? Infinity : maxFiles - attachments.length;
  return actions.map((action, index) => {
    if (action.kind !== 'attach' && action.kind !== 'replace') return action;
    const needed = places[index] ?? 1;
    if (maxFiles !== undefined && action.kind === 'attach' && allowed < needed)
      return { kind: 'blocked', problem: problemOfBreaks(rules, [{ rule: 'maxFiles', maxFiles }]) };
    if (capacity < needed) return { kind: 'blocked', problem };
    capacity -= needed;
    if (action.kind === 'attach') allowed -= needed;
    return action;
  });
}

/** Number of attachments a work item has room for, and the problem of those beyond it. */
function capacityOf(
  { attachments, attachmentLimit, relationCount = attachments.length }: ResolvedItem,
  linkLimit = Infinity,
): { readonly count: number; readonly problem: Problem } {
  const freeAttachments = attachmentLimit - attachments.length;
  const freeLinks = linkLimit - relationCount;
  return freeAttachments <= freeLinks
    ? { count: freeAttachments, problem: { kind: 'attachment-limit', limitCount: attachmentLimit } }
    : { count: freeLinks, problem: { kind: 'link-limit', limitCount: linkLimit } };
}
