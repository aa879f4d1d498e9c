import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import { describeProblem, quoteName } from '../../upload/messages/problems';
import { isGone } from '../sentences';

/** Question before a zip is stored on the server, for a frame without downloads. */
export function describeStoring(): string {
  return t(
    'Downloads are blocked here. Stapler can store the zip on your server for 30 days at a private link and download it from there.',
  );
}

/**
 * `Downloaded “Bug 30.zip” (37 files).`, or `“Bug 30.zip” is ready (36 of 37 files).`
 *
 * @param isStored Whether the zip is on the server, and not downloaded yet.
 */
export function describeZip(zipName: string, packed: number, wanted: number, isStored: boolean): string {
  const name = quoteName(zipName);
  const files =
    packed === wanted
      ? t('{count, plural, one {# file} other {# files}}', { count: packed })
      : t('{shown, number} of {count, plural, one {# file} other {# files}}', {
          shown: packed,
          count: wanted,
        });
  return isStored
    ? t('{name} is ready ({files}).', { name, files })
    : t('Downloaded {name} ({files}).', { name, files });
}

/** Reason why there is no zip. */
export function describeZipProblem(problem: Problem, zipName: string): string {
  const name = quoteName(zipName);
  if (isTooLarge(problem))
    return t('{name} is too large for Azure DevOps. Download fewer files at a time.', {
      name,
    });
  if (isGone(problem))
    return t(
      "{name} wasn't created. Its files aren't on the server anymore, or you don't have permission to view them.",
      {
        name,
      },
    );
  return describeProblem(problem, name);
}

/** Whether only a smaller zip can be stored. */
export function isTooLarge({ kind }: Problem): boolean {
  return kind === 'file-too-large' || kind === 'request-too-large';
}
