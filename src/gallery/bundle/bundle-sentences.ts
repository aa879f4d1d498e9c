import { formatBytes, listOf } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { joinSentences, quoteName } from '../../upload/messages/problems';
import type { AttachedFile } from '../model/attached-file';
import type { BundledArchive, Bundling } from './bundling';
import type { ArchivePlan } from './plan-archives';

/** Zips named in a sentence; more are counted. */
const MAX_NAMES = 2;

/** Comment of a zip: `50 attachments, bundled by Stapler`. */
export function describeArchive({ length: count }: readonly AttachedFile[]): string {
  return t('{count, number} attachments, bundled by Stapler', { count });
}

/** The step of the work: `Checking “attachments 2026-03-12.zip”…` */
export function describeStep({ step, name: archive }: NonNullable<Bundling['running']>): string {
  const name = quoteName(archive);
  switch (step) {
    case 'reading':
      return t('Reading the files for {name}…', { name });
    case 'sending':
      return t('Uploading {name}…', { name });
    case 'checking':
      return t('Checking {name}…', { name });
  }
}

/** `Bundled 50 files into “attachments 2026-03-12.zip”.` */
export function describeBundled(bundled: readonly BundledArchive[]): string {
  const count = bundled.reduce((sum, { removed }) => sum + removed.length, 0);
  const names = bundled.map(({ archive }) => archive.name);
  return t('{count, plural, one {Bundled # file into {zips}.} other {Bundled # files into {zips}.}}', {
    count,
    zips: nameZips(names),
  });
}

/**
 * The expected result.
 *
 * @param attached Number of attachments of the work item now.
 */
export function describePlan({ archives, leftOut }: ArchivePlan, attached: number): string {
  const files = archives.flatMap((archive) => archive.files);
  const size = files.reduce((sum, file) => sum + (file.size ?? 0), 0);
  const left =
    leftOut.length > 0
      ? t(
          '{count, plural, one {# file stays as it is: no other file fits into a zip with it.} other {# files stay as they are: no other file fits into a zip with them.}}',
          { count: leftOut.length },
        )
      : undefined;
  if (archives.length === 0) return joinSentences(t('There are no files to bundle.'), left);
  return joinSentences(
    t('{count, number} files ({size}) move into {zips}.', {
      count: files.length,
      size: formatBytes(size),
      zips: nameZips(archives.map(({ name }) => name)),
    }),
    t(
      '{count, plural, one {The work item will have # attachment.} other {The work item will have # attachments.}}',
      { count: attached - files.length + archives.length },
    ),
    left,
  );
}

function nameZips(names: readonly string[]): string {
  return names.length > MAX_NAMES
    ? t('{count, number} zips', { count: names.length })
    : listOf(names.map(quoteName));
}
