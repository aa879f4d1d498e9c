import type { LinkableAttachment } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../azure/work-item';
import type { Attachments } from '../attachments';

/** Result of linking. */
export interface Links {
  /** Reasons, by GUID. All others are attached. */
  readonly failures: ReadonlyMap<string, unknown>;
  /** Whether the history has made the link, also in an earlier attempt with a lost answer. */
  readonly isNew: (id: string) => boolean;
}

/** Creates a function to link files exactly once, without those that are attached already. */
export function createLinks(
  attachments: Pick<Attachments, 'read' | 'link'>,
  workItemId: number,
): (linkables: readonly LinkableAttachment[]) => Promise<Links> {
  /** GUIDs of attempts without a known success. */
  const tried = new Set<string>();
  return async (linkables) => {
    const attached = new Set(
      attachmentsOf(await attachments.read(workItemId)).map(({ url }) => attachmentIdOf(url)),
    );
    const missing = linkables.filter(({ reference }) => !attached.has(reference.id));
    for (const { reference } of missing) tried.add(reference.id);
    const { failures } =
      missing.length > 0
        ? await attachments.link(workItemId, missing)
        : { failures: new Map<string, unknown>() };
    const isDone = ({ reference }: LinkableAttachment): boolean => !failures.has(reference.id);
    const made = new Set(
      linkables.filter(isDone).flatMap(({ reference: { id } }) => (tried.delete(id) ? [id] : [])),
    );
    return { failures, isNew: (id) => made.has(id) };
  };
}
