import type { RestServer } from './rest-server';

/** What must be on a work item when all is done. */
export interface Expectation {
  readonly workItemId: number;
  readonly names: readonly string[];
  /** Size of each file. */
  readonly bytesEach: number;
}

/** Proves that each file has arrived whole and is linked once, to its work item. @throws Error naming what is not so. */
export function verify(server: RestServer, expectations: readonly Expectation[]): void {
  const problems = server.refusals.length > 0 ? ['The server has refused requests.'] : [];
  const seen = new Set<string>();
  for (const { workItemId, names, bytesEach } of expectations) {
    const linked = server.workItems.linkedTo(workItemId);
    if (
      !sameNames(
        names,
        linked.map(({ name }) => name),
      )
    ) {
      problems.push(`Work item ${workItemId} has ${linked.length} of ${names.length} files, or others.`);
    }
    for (const { attachmentId, name } of linked) {
      const bytes = server.attachments.bytesOf(attachmentId);
      if (bytes !== bytesEach) problems.push(`${name} has ${bytes ?? 'no'} bytes in place of ${bytesEach}.`);
      if (seen.has(attachmentId)) problems.push(`${name} is linked twice.`);
      seen.add(attachmentId);
    }
  }
  if (problems.length > 0) throw new Error(problems.slice(0, 5).join(' '));
}

function sameNames(expected: readonly string[], actual: readonly string[]): boolean {
  return [...expected].sort().join('\n') === [...actual].sort().join('\n');
}
