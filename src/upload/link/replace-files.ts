import type { AttachmentReference, LinkableAttachment, WorkItem } from '../../azure/work-item';
import { isStaplerError } from '../../base/errors';
import type { AttachmentEditorServices, Replacements } from './edit-attachments';
import { createAttachmentEditor } from './edit-attachments';
import type { LinkOutcome, Linker } from './link-attachments';

type AttachmentId = AttachmentReference['id'];

/** Attachment to link, possibly in place of another one. */
export interface FileToLink extends LinkableAttachment {
  readonly replaces?: AttachmentId;
}

/** Attachment replaced by an upload. */
export interface ReplacedFile {
  readonly workItemId: number;
  /** The new file. */
  readonly successor: LinkableAttachment;
  /** The removed one. Its bytes stay on the server. */
  readonly former: LinkableAttachment;
}

/** Dependencies of `replaceFiles`. */
export interface ReplaceFilesOptions {
  readonly services: AttachmentEditorServices;
  readonly linker: Pick<Linker, 'link'>;
}

/** Result of linking files in place of attached ones. */
export interface ReplaceOutcome extends LinkOutcome {
  readonly replaced: readonly ReplacedFile[];
}

/** Links files, some in place of attached ones, and plainly if the one to replace is gone. Never rejects. */
export async function replaceFiles(
  { services, linker }: ReplaceFilesOptions,
  workItemId: number,
  files: readonly FileToLink[],
): Promise<ReplaceOutcome> {
  const replacing = files.filter(({ replaces }) => replaces !== undefined);
  const { left, ...outcome } = await replace(services, workItemId, replacing);
  const plain = files.filter((file) => file.replaces === undefined || left.includes(file));
  if (plain.length === 0) return outcome;
  const { workItem, failures } = await linker.link(workItemId, plain);
  return {
    workItem: workItem ?? outcome.workItem,
    failures: new Map([...outcome.failures, ...failures]),
    replaced: outcome.replaced,
  };
}

/** Resolves with the outcome, and with the files still to be linked: the ones they replace are gone. */
async function replace(
  services: AttachmentEditorServices,
  workItemId: number,
  files: readonly FileToLink[],
): Promise<ReplaceOutcome & { readonly left: readonly FileToLink[] }> {
  let result: Replacements;
  try {
    const replacements = files.map(({ replaces = '', ...successor }) => ({ id: replaces, successor }));
    result = await createAttachmentEditor(services).replaceAll(workItemId, replacements);
  } catch (error) {
    const isGone = isStaplerError(error) && error.kind === 'not-attached';
    const failures = new Map(isGone ? [] : files.map(({ reference }) => [reference.id, error]));
    return { workItem: undefined, failures, left: isGone ? files : [], replaced: [] };
  }
  return {
    workItem: result.workItem,
    failures: new Map(),
    left: files.filter(({ reference }) => result.unlinked.has(reference.id)),
    replaced: result.removed.flatMap((former): ReplacedFile[] => {
      const successor = files.find(({ replaces }) => replaces === former.reference.id);
      return successor ? [{ workItemId, successor, former }] : [];
    }),
  };
}

/**
 * Links the former files again and removes their successors, in one revision.
 *
 * @throws StaplerError `not-attached` if all successors are gone, or the reason of the refusal.
 */
export async function restoreReplaced(
  services: AttachmentEditorServices,
  workItemId: number,
  replaced: readonly ReplacedFile[],
): Promise<WorkItem> {
  const { workItem } = await createAttachmentEditor(services).replaceAll(
    workItemId,
    replaced.map(({ successor, former }) => ({ id: successor.reference.id, successor: former })),
  );
  return workItem;
}
