import type { Problem } from '../../model/errors';
import { countFiles } from '../../ui/format';
import { describeProblem, quoteName } from '../../ui/sentences';

/** What is asked before a zip is put on the server, where a form cannot save it. */
export const ASK_TO_STORE =
  'Azure DevOps Server lets a form save nothing by itself. Stapler can put the zip on the server for 30 days, seen by nobody without its address, and download it from there.';

/** Why a file could not be read, and what to do. */
export function describeUnread(problem: Problem, name: string): string {
  if (isGone(problem)) return `${quoteName(name)} is not on the server any more, or you may not see it.`;
  if (problem.kind === 'no-permission')
    return `${quoteName(name)}: you may not read it. Ask its project's administrator for permission.`;
  return describeProblem(problem, quoteName(name));
}

/** `“Bug 30.zip” holds 36 of 37 files.` */
export function describeZip(name: string, packed: number, wanted: number): string {
  const files = packed === wanted ? countFiles(packed) : `${packed} of ${countFiles(wanted)}`;
  return `${quoteName(name)} holds ${files}.`;
}

/** Why there is no zip. */
export function describeZipProblem(problem: Problem, name: string): string {
  if (problem.kind === 'file-too-large' || problem.kind === 'request-too-large')
    return `${quoteName(name)} is larger than Azure DevOps accepts. Download the files one by one, or fewer at once.`;
  if (isGone(problem))
    return `${quoteName(name)} was not made: the files are not on the server any more, or you may not see them.`;
  return describeProblem(problem, quoteName(name));
}

function isGone({ status }: Problem): boolean {
  return status === 404;
}
