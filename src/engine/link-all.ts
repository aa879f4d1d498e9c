import type { LinkableAttachment } from '../azure/work-item';
import { isCancelled, toProblem } from '../base/errors';
import { isTransient } from '../base/problem-traits';
import { retry } from '../base/retry';
import type { Attachments } from '../gallery/attachments';
import type { Links } from '../gallery/history/link-once';
import { createLinks } from '../gallery/history/link-once';
import type { Engine } from './engine';

/**
 * Links attachments to a work item exactly once, also if passing faults hide the outcome.
 *
 * @throws StaplerError if nothing could be tried, CancelledError after an abort.
 */
export async function linkAll(
  { services: { runtime } }: Pick<Engine, 'services'>,
  attachments: Pick<Attachments, 'read' | 'link'>,
  workItemId: number,
  linkables: readonly LinkableAttachment[],
  signal: AbortSignal,
): Promise<Links> {
  const link = createLinks(attachments, workItemId);
  const made = new Set<string>();
  let failures: ReadonlyMap<string, unknown> = new Map();
  if (linkables.length === 0) return { failures, isNew: () => false };
  let hasOutcome = false;
  const linkOnce = async (): Promise<void> => {
    const outcome = await link(linkables);
    hasOutcome = true;
    failures = outcome.failures;
    for (const { reference } of linkables) if (outcome.isNew(reference.id)) made.add(reference.id);
    const passing = [...failures.values()].find((error) => isTransient(toProblem(error)));
    if (passing !== undefined) throw passing as Error;
  };
  await retry(linkOnce, { runtime, signal }).catch((error: unknown) => {
    // The reasons are in the rows.
    if (isCancelled(error) || !hasOutcome) throw error;
  });
  return { failures, isNew: (id) => made.has(id) };
}
