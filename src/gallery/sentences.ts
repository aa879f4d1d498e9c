import type { AttachedFile } from '../attached/attached-file';
import type { FileKind } from '../model/file-kind';
import { countFiles, formatBytes } from '../ui/format';
import type { Member } from './gallery-state';
import { quoteName } from '../ui/sentences';

/** Kinds as they stand on the buttons that choose them. */
export const KIND_NAMES: Readonly<Record<FileKind, string>> = {
  image: 'Images',
  video: 'Videos',
  audio: 'Sound',
  pdf: 'PDF',
  document: 'Documents',
  table: 'Tables',
  markdown: 'Markdown',
  json: 'JSON',
  text: 'Text',
  archive: 'Archives',
  email: 'Mail',
  other: 'Others',
};

const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** `Feb 3, 2026, 4:05 AM`, as it is written where the person is; empty where nobody knows. */
export function describeDate(at: number): string {
  return Number.isNaN(at) ? '' : dateFormat.format(at);
}

/** `3.4 MB`; empty where nobody knows. */
export function describeSize(size: number | undefined): string {
  return size === undefined ? '' : formatBytes(size);
}

/** `“a.png”`, or `3 files`. */
export function describeFiles(files: readonly Pick<AttachedFile, 'name'>[]): string {
  const [first, ...others] = files;
  return first && others.length === 0 ? quoteName(first.name) : countFiles(files.length);
}

/** `12 files, 3.4 MB`, or `3 of 12 files`. */
export function describeCount(shown: readonly AttachedFile[], all: readonly AttachedFile[]): string {
  if (shown.length < all.length) return `${shown.length} of ${countFiles(all.length)}`;
  const bytes = all.reduce((sum, { size = 0 }) => sum + size, 0);
  return `${countFiles(all.length)}, ${formatBytes(bytes)}`;
}

const KINSHIP_NAMES: Readonly<Record<Exclude<Member['kinship'], 'own'>, string>> = {
  parent: 'Parent',
  child: 'Child',
  related: 'Related',
};

/** `Parent: Epic 3 Offline first`, or `This work item`. */
export function describeMember({ kinship, type, workItemId, title }: Member): string {
  if (kinship === 'own') return 'This work item';
  return `${KINSHIP_NAMES[kinship]}: ${[type || 'Work item', workItemId, title].filter(Boolean).join(' ')}`;
}
