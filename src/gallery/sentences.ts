import type { SortKey } from './model/arrange';
import type { AttachedFile } from './model/attached-file';
import type { Period } from './model/filters';
import { t } from '../base/i18n/translate';
import type { FileKind } from '../base/file-kind';
import { formatBytes, formatMoment } from '../base/format';
import { formatAge } from '../base/format-age';
import type { Problem } from '../base/errors';
import { describeProblem, quoteName } from '../upload/messages/problems';
import { describeRelated } from '../upload/messages/work-items';
import type { Member } from './gallery-state';

type Named = Pick<AttachedFile, 'name'>;

const KIND_NAMES: Readonly<Record<FileKind, () => string>> = {
  image: () => t('Images'),
  video: () => t('Videos'),
  audio: () => t('Audio'),
  pdf: () => t('PDF'),
  document: () => t('Documents'),
  table: () => t('Tables'),
  markdown: () => t('Markdown'),
  json: () => t('JSON'),
  text: () => t('Text'),
  archive: () => t('Archives'),
  email: () => t('Email'),
  other: () => t('Other'),
};

/** `Images`. */
export function nameKind(kind: FileKind): string {
  return KIND_NAMES[kind]();
}

const PERIOD_NAMES: Readonly<Record<Period['name'], () => string>> = {
  today: () => t('Today'),
  week: () => t('Last 7 days'),
  month: () => t('Last 30 days'),
  older: () => t('Older'),
};

/** `Last 7 days`. */
export function namePeriod({ name }: Pick<Period, 'name'>): string {
  return PERIOD_NAMES[name]();
}

/** `Images (12)`, for a choice of a filter. */
export function withCount(name: string, count: number): string {
  return t('{name} ({count, number})', { name, count });
}

/** Text of a filter's button: `Type`, `Type: Images`, or `Type (2)`. */
export function describeChoice(filter: string, choices: readonly string[]): string {
  const [choice] = choices;
  if (choice === undefined) return filter;
  return choices.length === 1
    ? t('{filter}: {choice}', { filter, choice })
    : withCount(filter, choices.length);
}

const SORT_NAMES: Readonly<Record<SortKey, () => string>> = {
  name: () => t('Name'),
  kind: () => t('Type'),
  size: () => t('Size'),
  addedAt: () => t('Attached'),
  addedBy: () => t('Attached by'),
  folder: () => t('Folder'),
  comment: () => t('Comment'),
};

/** Name of a sort key, used as the title of its column. */
export function nameSortKey(key: SortKey): string {
  return SORT_NAMES[key]();
}

/** `Feb 3, 2026, 4:05 AM`, in the person's language; empty when unknown. */
export function describeDate(at: number): string {
  return Number.isNaN(at) ? '' : formatMoment(new Date(at));
}

/** `2 hours ago`, `yesterday`, `Feb 3, 2026`; empty when unknown. Times in milliseconds since the epoch. */
export function describeAge(at: number, now: number): string {
  return Number.isNaN(at) ? '' : formatAge(at, now);
}

/** `3.4 MB`; empty when unknown. */
export function describeSize(size: number | undefined): string {
  return size === undefined ? '' : formatBytes(size);
}

/** Quoted name of a single file; `undefined` for several files. */
export function onlyName(files: readonly Named[]): string | undefined {
  const [first, ...others] = files;
  return first && others.length === 0 ? quoteName(first.name) : undefined;
}

/** `12 files, 3.4 MB`, or `3 of 12 files`. */
export function describeCount(shown: readonly AttachedFile[], all: readonly AttachedFile[]): string {
  const count = all.length;
  if (shown.length < count)
    return t('{shown, number} of {count, plural, one {# file} other {# files}}', {
      shown: shown.length,
      count,
    });
  const bytes = all.reduce((sum, { size = 0 }) => sum + size, 0);
  return t('{count, plural, one {# file, {size}} other {# files, {size}}}', {
    count,
    size: formatBytes(bytes),
  });
}

/** `More actions for “a.png”`, or `More actions for 3 files`. @param format Formats the name of a single file. */
export function describeMoreActions(files: readonly Named[], format: (name: string) => string): string {
  const [first, ...others] = files;
  return first && others.length === 0
    ? t('More actions for {name}', { name: format(first.name) })
    : t('{count, plural, one {More actions for # file} other {More actions for # files}}', {
        count: files.length,
      });
}

/** `Parent: Epic 3 Offline first`, or `This work item`. */
export function describeMember({ kinship, type, workItemId, title }: Member): string {
  return kinship === 'own' ? t('This work item') : describeRelated(kinship, { id: workItemId, type, title });
}

/** Reason why a file could not be read, and advice. */
export function describeUnread(problem: Problem, fileName: string): string {
  const name = quoteName(fileName);
  if (isGone(problem))
    return t("{name} isn't on the server anymore, or you don't have permission to view it.", { name });
  if (problem.kind === 'no-permission')
    return t("You don't have permission to view {name}. Ask a project administrator.", { name });
  return describeProblem(problem, name);
}

/** Whether the server has no file at this address, or none for this person. */
export function isGone({ status }: Problem): boolean {
  return status === 404;
}
