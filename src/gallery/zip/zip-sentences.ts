import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import { describeProblem, quoteName } from '../../upload/messages/problems';

/** Question before a zip is stored on the server, for a frame without downloads. */
export function describeStoring(): string {
  return t(
    'Azure DevOps Server lets a form save nothing by itself. Stapler can put the zip on the server for 30 days, seen by nobody without its address, and download it from there.',
  );
}

/** Reason why a file could not be read, and advice. */
export function describeUnread(problem: Problem, fileName: string): string {
  const name = quoteName(fileName);
  if (isGone(problem)) return t('{name} is not on the server any more, or you may not see it.', { name });
  if (problem.kind === 'no-permission')
    return t("{name}: you may not read it. Ask its project's administrator for permission.", { name });
  return describeProblem(problem, name);
}

/** `“Bug 30.zip” holds 36 of 37 files.` */
export function describeZip(zipName: string, packed: number, wanted: number): string {
  const name = quoteName(zipName);
  return packed === wanted
    ? t('{name} holds {count, plural, one {# file} other {# files}}.', { name, count: packed })
    : t('{name} holds {packed, number} of {count, plural, one {# file} other {# files}}.', {
        name,
        packed,
        count: wanted,
      });
}

/** Reason why there is no zip. */
export function describeZipProblem(problem: Problem, zipName: string): string {
  const name = quoteName(zipName);
  if (problem.kind === 'file-too-large' || problem.kind === 'request-too-large')
    return t('{name} is larger than Azure DevOps accepts. Download the files one by one, or fewer at once.', {
      name,
    });
  if (isGone(problem))
    return t('{name} was not made: the files are not on the server any more, or you may not see them.', {
      name,
    });
  return describeProblem(problem, name);
}

function isGone({ status }: Problem): boolean {
  return status === 404;
}
