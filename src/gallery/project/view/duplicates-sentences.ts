import { formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import type { ComparisonState } from '../duplicates/content-comparison';
import type { CompareCost, DuplicateSummary } from '../project-index';

/** Number and size of the groups, proven ones first. */
export function describeGroups({ proven, probable, cost }: DuplicateSummary): readonly string[] {
  const sentences = [
    proven.groups > 0 &&
      t(
        'There {count, plural, one {is # group} other {are # groups}} of files with the same content. Removing all but the oldest frees {size}.',
        { count: proven.groups, size: formatBytes(proven.freedBytes) },
      ),
    probable.groups > 0 &&
      t(
        'There {count, plural, one {is # group} other {are # groups}} of files that are probably the same, by name and size. Their copies take {size}.',
        { count: probable.groups, size: formatBytes(probable.copyBytes) },
      ),
  ].filter((sentence) => sentence !== false);
  if (sentences.length > 0) return sentences;
  return [cost.files > 0 ? t('No duplicates are known yet.') : t('There are no duplicates.')];
}

/** Cost of a comparison, before it begins. */
export function describeCompareCost({ files, bytes, requests }: CompareCost): string {
  return t(
    '{count, plural, one {# file has a size that another file has, too.} other {# files have a size that another file has, too.}} Comparing them reads up to {size} in about {requests, plural, one {# request} other {# requests}}.',
    { count: files, requests, size: formatBytes(bytes) },
  );
}

/** `1,200 of 3,000 files compared · 12 MB read · 3 groups found`. */
export function describeComparison({ done, total, bytesRead, groups }: ComparisonState): string {
  return [
    t('{done, number} of {total, plural, one {# file} other {# files}} compared', { done, total }),
    t('{size} read', { size: formatBytes(bytesRead) }),
    t('{count, plural, one {# group found} other {# groups found}}', { count: groups }),
  ].join(' · ');
}
