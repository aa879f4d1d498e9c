import { wholeName } from '../../../src/upload/volumes/volume-names';
import type { RestServer } from './rest-server';

/** Expected attachments of a work item. */
export interface Expectation {
  readonly workItemId: number;
  readonly names: readonly string[];
  /** Size of each file. */
  readonly bytesEach: number;
}

/**
 * Verifies that each file, or its parts together, is complete and linked once, to its work item; or to each of many, by one upload.
 *
 * @param linksEach Number of work items per file.
 * @throws Error naming the deviation.
 */
export function verify(server: RestServer, expectations: readonly Expectation[], linksEach = 1): void {
  const problems = server.refusals.length > 0 ? ['The server has refused requests.'] : [];
  const links = new Map<string, number>();
  for (const { workItemId, names, bytesEach } of expectations) {
    const linked = server.workItems.linkedTo(workItemId);
    const wholes = new Map<string, number>();
    for (const { attachmentId, name } of linked)
      wholes.set(
        wholeName(name),
        (wholes.get(wholeName(name)) ?? 0) + (server.attachments.bytesOf(attachmentId) ?? NaN),
      );
    if (!sameNames(names, [...wholes.keys()]))
      problems.push(`Work item ${workItemId} has ${wholes.size} of ${names.length} files, or others.`);
    for (const [name, bytes] of wholes)
      if (bytes !== bytesEach) problems.push(`${name} has ${bytes} bytes in place of ${bytesEach}.`);
    for (const { attachmentId } of linked) links.set(attachmentId, (links.get(attachmentId) ?? 0) + 1);
    if (new Set(linked.map(({ attachmentId }) => attachmentId)).size < linked.length)
      problems.push(`Work item ${workItemId} has the same file twice.`);
  }
  for (const [id, count] of links)
    if (count !== linksEach) problems.push(`${id} is linked ${count} times in place of ${linksEach}.`);
  if (problems.length > 0) throw new Error(problems.slice(0, 5).join(' '));
}

function sameNames(expected: readonly string[], actual: readonly string[]): boolean {
  return [...expected].sort().join('\n') === [...actual].sort().join('\n');
}
