import type { AttachmentReference, LinkableAttachment, Relation, WorkItem } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../azure/work-item';
import type { PatchOperation } from '../../azure/rest/work-items';
import type { ProblemKind } from '../../base/errors';
import { isStaplerError, StaplerError } from '../../base/errors';
import type { FrameServices } from '../frame-services';
import { removeRelationsPatch, restoreRelationsPatch, setNamePatch } from './json-patch';
import { createListPatches } from './list-patches';
import { indexesOf } from './relation-list';

/** Dependencies of `renameAttachments` and `renameAttachment`. */
export type RenameServices = Pick<
  FrameServices,
  'workItems' | 'mutex' | 'runtime' | 'capabilities' | 'learned' | 'getPerson'
>;

/** Requested names by GUID. */
type Names = Map<AttachmentReference['id'], string>;

/**
 * Gives attachments of one work item their requested names, in one revision. Skips those that are gone. Holds the mutex
 * of the work item.
 *
 * @throws StaplerError if the server refuses or ignores the names.
 */
export function renameAttachments(
  services: RenameServices,
  workItemId: number,
  misnamed: readonly LinkableAttachment[],
): Promise<WorkItem> {
  const names: Names = new Map(misnamed.map(({ reference, name }) => [reference.id, name]));
  return rename(services, workItemId, names, { canLinkAgain: false, check: () => undefined });
}

/**
 * Renames one attachment, in one revision. Keeps its comment, and the names and order of the others. Holds the mutex of
 * the work item.
 *
 * If the server ignores or refuses a new name of a relation, the relation is added again in one patch, with the name in
 * its URL as well.
 *
 * @throws StaplerError `not-attached` if it is gone, `refused` if the server keeps the old name, or the reason of the
 *   refusal.
 */
export function renameAttachment(
  services: RenameServices,
  workItemId: number,
  id: AttachmentReference['id'],
  name: string,
): Promise<WorkItem> {
  function check(before: WorkItem): void {
    if (indexesOf(before, [id]).length > 0) return;
    throw new StaplerError('not-attached', `Work item ${workItemId} does not have that attachment any more.`);
  }
  return rename(services, workItemId, new Map([[id, name]]), { canLinkAgain: true, check });
}

/** Differences between the two kinds of renames. */
interface RenameRules {
  /** Whether a relation with its old name may be added again. A new link has just ignored its name. */
  readonly canLinkAgain: boolean;
  /** Throws if the work item, as read, cannot be changed. */
  readonly check: (before: WorkItem) => void;
}

function rename(
  services: RenameServices,
  workItemId: number,
  names: Names,
  { canLinkAgain, check }: RenameRules,
): Promise<WorkItem> {
  const { updateWithRetry, changeAt } = createListPatches(services);
  let linksAgain = false;

  return services.mutex.lock(workItemId, () =>
    updateWithRetry(workItemId, async (before) => {
      check(before);
      const wrong = findWrong(before, names);
      if (wrong.length === 0) return { done: before };
      const changes = linksAgain ? linkAgainPatch(before, wrong) : namePatch(wrong);
      const patched = await changeAt(before, indexesIn(wrong), changes).catch((error: unknown) => {
        // After a shift of the list, the attachment to add is still there.
        if (!canLinkAgain || !isOfKind(error, linksAgain ? 'already-linked' : 'refused')) throw error;
        linksAgain = true;
      });
      if (!patched) return {};
      const { after, error } = patched;
      const strays = addStrayNames(names, before, after);
      const ids = wrong.map(({ id }) => id);
      const areThere = indexesOf(after, ids).length === ids.length;
      if (areThere && findWrong(after, names).length === 0) return { done: after };
      if (error) return { error };
      if (linksAgain) throw new StaplerError('refused', `Work item ${workItemId} keeps the old name.`);
      linksAgain = canLinkAgain && areThere && strays === 0;
      return {};
    }),
  );
}

interface WrongName {
  readonly id: AttachmentReference['id'];
  readonly index: number;
  readonly wanted: string;
}

function findWrong({ relations }: WorkItem, names: Names): readonly WrongName[] {
  return relations.flatMap(({ url, name }, index) => {
    const id = attachmentIdOf(url) ?? '';
    const wanted = names.get(id);
    return wanted === undefined || wanted === name ? [] : [{ id, index, wanted }];
  });
}

function indexesIn(wrong: readonly WrongName[]): readonly number[] {
  return wrong.map(({ index }) => index);
}

function namePatch(wrong: readonly WrongName[]): readonly PatchOperation[] {
  return wrong.map(({ index, wanted }) => setNamePatch(index, wanted));
}

/** Removes the relations and adds them with their names in the URL. Refused as a whole if an index is wrong. */
function linkAgainPatch({ relations }: WorkItem, wrong: readonly WrongName[]): readonly PatchOperation[] {
  const renamed = wrong.flatMap(({ index, wanted }): Relation[] => {
    const relation = relations[index];
    if (!relation) return [];
    const url = new URL(relation.url);
    url.searchParams.set('fileName', wanted);
    return [{ ...relation, url: url.href, attributes: { ...relation.attributes, name: wanted } }];
  });
  return [...removeRelationsPatch(indexesIn(wrong)), ...restoreRelationsPatch(renamed)];
}

/**
 * A link of another user may shift the indexes of a patch. Each attachment with a changed name gets its own one back.
 *
 * @returns The number of such attachments.
 */
function addStrayNames(names: Names, before: WorkItem, after: WorkItem): number {
  const namesAfter = new Map(attachmentsOf(after).map(({ url, name }) => [attachmentIdOf(url), name]));
  const strays = attachmentsOf(before).flatMap(({ url, name }) => {
    const id = attachmentIdOf(url);
    const isRenamed = id !== undefined && namesAfter.has(id) && namesAfter.get(id) !== name;
    return isRenamed && !names.has(id) ? [[id, name] as const] : [];
  });
  for (const [id, name] of strays) names.set(id, name);
  return strays.length;
}

function isOfKind(error: unknown, kind: ProblemKind): boolean {
  return isStaplerError(error) && error.kind === kind;
}
