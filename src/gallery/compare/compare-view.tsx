import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import type { FileKind } from '../../base/file-kind';
import type { Problem } from '../../base/errors';
import { isCancelled, toProblem } from '../../base/errors';
import { openImage } from '../viewers/image/image-source';
import { describeViewerProblem } from '../viewers/sentences';
import type { ViewerProblemKind } from '../viewers/viewer-problem';
import { problemKindOf, ViewerProblem } from '../viewers/viewer-problem';
import type { ComparisonAccess } from './comparison-access';
import { describeDate } from '../sentences';
import { describeUnread } from '../sentences';
import { CompareImages } from './compare-images';
import { CompareTexts } from './compare-texts';
import type { TextComparison } from './diff-texts';

type Pair<T> = readonly [T, T];

/** State of reading two files. */
type Reading =
  | { readonly status: 'reading' }
  | { readonly status: 'failed'; readonly name: string; readonly problem: Problem }
  /** The viewer of such files cannot show it. */
  | { readonly status: 'not-shown'; readonly name: string; readonly kind: ViewerProblemKind }
  | { readonly status: 'images'; readonly urls: Pair<string> }
  | { readonly status: 'comparing' }
  | { readonly status: 'texts'; readonly comparison: Extract<TextComparison, { areTexts: true }> }
  | { readonly status: 'neither' };

/** Kinds of files whose lines say nothing to a person, although some have no NUL. */
const WITHOUT_LINES: ReadonlySet<FileKind> = new Set(['image', 'video', 'audio', 'pdf', 'archive']);

/** Largest text to compare, in bytes. Both texts are in memory more than once. */
const MAX_TEXT_BYTES = 32 * 1024 * 1024;

interface CompareProps {
  /** The older file first. */
  readonly files: Pair<AttachedFile>;
  readonly session: ComparisonAccess;
}

/** Differences between two images or two texts. */
export function CompareView({ files, session }: CompareProps): React.JSX.Element {
  const { reading, retry } = useReading(files, session);
  const [before, after] = files;
  const downloads = (
    <span className="compare-downloads">
      {files.map((file, index) => (
        <Button
          key={index}
          className="text-button"
          text={t('Download {name}', { name: file.name })}
          onClick={() => void session.download(file)}
        />
      ))}
    </span>
  );
  switch (reading.status) {
    case 'reading':
      return <p role="status">{t('Reading both files…')}</p>;
    case 'comparing':
      return <p role="status">{t('Comparing…')}</p>;
    case 'failed':
      return (
        <p role="alert">
          {describeUnread(reading.problem, reading.name)}{' '}
          <Button className="text-button" subtle={true} text={t('Retry')} onClick={retry} />
        </p>
      );
    case 'not-shown':
      if (reading.kind === 'takes-too-long')
        return (
          <p role="alert">
            {t('Comparing these files takes too long. Download them to compare them in another app.')}{' '}
            {downloads}
          </p>
        );
      return (
        <p role="alert">
          {describeViewerProblem(reading.kind, reading.name)} {downloads}
        </p>
      );
    case 'images':
      return (
        <CompareImages
          before={{ name: before.name, date: describeDate(before.addedAt), url: reading.urls[0] }}
          after={{ name: after.name, date: describeDate(after.addedAt), url: reading.urls[1] }}
          downloads={downloads}
        />
      );
    case 'texts':
      return <CompareTexts comparison={reading.comparison} />;
    case 'neither':
      return (
        <p role="status">
          {t(
            'Only two images or two texts can be compared. Download these files to compare them in another app.',
          )}{' '}
          {downloads}
        </p>
      );
  }
}

function useReading(
  files: Pair<AttachedFile>,
  session: CompareProps['session'],
): { readonly reading: Reading; readonly retry: () => void } {
  const [reading, setReading] = React.useState<Reading>({ status: 'reading' });
  const [attempt, setAttempt] = React.useState(0);
  React.useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const update = (next: Reading): void => {
      if (!signal.aborted) setReading(next);
    };
    update({ status: 'reading' });
    void readBoth(files, session, signal, () => update({ status: 'comparing' }))
      .catch((error: unknown): Reading =>
        error instanceof ViewerProblem
          ? { status: 'not-shown', name: files[0].name, kind: error.kind }
          : // The browser can lose the bytes of a blob after the download.
            { status: 'failed', name: files[0].name, problem: toProblem(error) },
      )
      .then(update);
    return () => controller.abort();
  }, [files, session, attempt]);
  return { reading, retry: () => setAttempt(attempt + 1) };
}

/**
 * @param signal Releases the addresses of images as well.
 * @param onCompare Called before two texts are compared.
 */
async function readBoth(
  files: Pair<AttachedFile>,
  session: CompareProps['session'],
  signal: AbortSignal,
  onCompare: () => void,
): Promise<Reading> {
  const areImages = files.every(({ kind }) => kind === 'image');
  const blobs: Blob[] = [];
  for (const file of files) {
    try {
      blobs.push(await session.readBytes(file, signal));
    } catch (error) {
      if (isCancelled(error)) return { status: 'reading' };
      return { status: 'failed', name: file.name, problem: toProblem(error) };
    }
  }
  const [first = new Blob(), second = new Blob()] = blobs;
  if (signal.aborted) return { status: 'reading' };
  if (areImages) return openBoth(files, [first, second], signal);
  const isComparable = (file: AttachedFile): boolean => !WITHOUT_LINES.has(file.kind);
  if (!files.every(isComparable) || blobs.some(({ size }) => size > MAX_TEXT_BYTES))
    return { status: 'neither' };
  onCompare();
  const comparison = await session.runTask('compareTexts', [first, second], signal);
  return comparison.areTexts ? { status: 'texts', comparison } : { status: 'neither' };
}

async function openBoth(files: Pair<AttachedFile>, blobs: Pair<Blob>, signal: AbortSignal): Promise<Reading> {
  const urls: string[] = [];
  for (const [index, { name }] of files.entries()) {
    try {
      urls.push(await openImage(blobs[index] ?? new Blob(), name, signal));
    } catch (error) {
      return { status: 'not-shown', name, kind: problemKindOf(error) };
    }
  }
  const [before = '', after = ''] = urls;
  return { status: 'images', urls: [before, after] };
}
