import type { RestServer } from './rest-server';

/**
 * Verifies the number of complete reads of each existing file.
 *
 * @throws Error naming the deviation.
 */
export function verifyRead(
  { attachments, tally, refusals }: RestServer,
  { bytesEach, timesEach }: { readonly bytesEach: number; readonly timesEach: number },
): void {
  const problems = refusals.length > 0 ? ['The server has refused requests.'] : [];
  const times = attachments.timesRead();
  for (const [id, count] of times)
    if (count !== timesEach) problems.push(`${id} was read ${count} times in place of ${timesEach}.`);
  const expected = times.size * timesEach * bytesEach;
  if (tally.bytesSent !== expected)
    problems.push(`${tally.bytesSent} bytes of files were read in place of ${expected}.`);
  if (problems.length > 0) throw new Error(problems.slice(0, 5).join(' '));
}
