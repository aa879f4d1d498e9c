import * as React from 'react';
import { formatNumber } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { makeVisible } from '../../base/visible-text';
import { useStore } from '../../ui/hooks';
import { FileName } from '../../ui/rich-text';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { readingStep } from '../../ui/reading-step';
import { ThumbnailView, useVisibleKeys } from '../list/use-file-list';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import type { Thumbnail } from '../model/thumbnails';
import { describeDate, describeSize } from '../sentences';
import { columnsIn, filesThatFit, latestFiles } from './latest-files';
import './strip.css';

/** Tiles of the latest files, and one that leads to all others. They are one tab stop. */
export function Strip(props: {
  state: GalleryState;
  session: GallerySession;
  /** Shows the list instead. */
  onUnfold: () => void;
}): React.JSX.Element | null {
  const { state, session, onUnfold } = props;
  // Without those in texts while only the strip is shown.
  const { listed: files, workItemId, busy, isReadOnly, split } = state;
  const latest = React.useMemo(() => latestFiles({ files, workItemId }), [files, workItemId]);
  const strip = React.useRef<HTMLDivElement>(null);
  const columns = useColumns(strip);
  const count = filesThatFit(latest.length, columns);
  const tiles = React.useMemo(() => latest.slice(0, count), [latest, count]);
  const rest = latest.length - count;
  const [current, setCurrent] = React.useState(0);
  const last = tiles.length - (rest > 0 ? 0 : 1);
  const at = Math.min(current, last);
  const arrived = useArrived(latest);
  const thumbnails = useStore(session.thumbnails);
  const onVisible = React.useCallback(
    (keys: ReadonlySet<string>) =>
      session.thumbnails.show(
        tiles.filter((file) => keys.has(keyOfFile(file))),
        'strip',
      ),
    [session, tiles],
  );
  useVisibleKeys(strip, onVisible, tiles);

  function onKeyDown(event: React.KeyboardEvent): void {
    const file = tiles[at];
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Delete') {
      if (file && !isReadOnly) void session.remove([file]);
    } else {
      const next = targetOf(event.key, at, last);
      if (next === undefined) return;
      strip.current?.querySelector<HTMLElement>(`[data-index="${next}"] button`)?.focus();
    }
    event.preventDefault();
  }

  return (
    <div
      ref={strip}
      role="list"
      aria-label={t('Latest attachments')}
      className="strip"
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => {
        const index = target.closest<HTMLElement>('[data-index]')?.dataset['index'];
        if (index !== undefined) setCurrent(Number(index));
      }}
    >
      {tiles.map((file, index) => {
        const key = keyOfFile(file);
        return (
          <div key={key} role="listitem" data-index={index}>
            <Tile
              file={file}
              isCurrent={index === at}
              isBusy={busy.has(key)}
              isNew={arrived.has(key)}
              parts={split?.describeParts(file)?.text}
              thumbnail={thumbnails.get(key)}
              onPreview={session.preview}
            />
          </div>
        );
      })}
      {rest > 0 && (
        <div role="listitem" data-index={tiles.length}>
          <button
            type="button"
            className="strip-tile"
            tabIndex={at === tiles.length ? 0 : -1}
            onClick={onUnfold}
          >
            <span className="strip-more">+{formatNumber(rest)}</span>
            <span className="strip-name">{t('Show all')}</span>
          </button>
        </div>
      )}
    </div>
  );
}

const Tile = React.memo(function Tile(props: {
  file: AttachedFile;
  /** Whether it is in the tab order. */
  isCurrent: boolean;
  isBusy: boolean;
  /** Whether it was attached a moment ago. */
  isNew: boolean;
  /** See `describeParts`. */
  parts: string | undefined;
  thumbnail: Thumbnail | undefined;
  onPreview: (file: AttachedFile) => void;
}): React.JSX.Element {
  const { file, isCurrent, isBusy, isNew, parts, thumbnail, onPreview } = props;
  const { name, size, addedAt, addedBy } = file;
  return (
    <button
      type="button"
      data-key={keyOfFile(file)}
      className={isNew ? 'strip-tile strip-tile-new' : 'strip-tile'}
      aria-label={name}
      aria-busy={isBusy}
      title={[makeVisible(name), describeSize(size), parts, describeDate(addedAt), addedBy]
        .filter(Boolean)
        .join('\n')}
      tabIndex={isCurrent ? 0 : -1}
      onClick={() => onPreview(file)}
    >
      <ThumbnailView name={name} thumbnail={thumbnail} />
      <span className="strip-name">
        <FileName name={name} isNarrow={true} />
      </span>
    </button>
  );
});

/** Index of the tile that a key leads to; `undefined` if none. */
function targetOf(key: string, at: number, last: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const step = readingStep(key);
  return step === 0 ? undefined : Math.min(last, Math.max(0, at + step));
}

function useColumns(strip: React.RefObject<HTMLElement>): number {
  const [columns, setColumns] = React.useState(2);
  React.useLayoutEffect(() => {
    const element = strip.current;
    if (!element) return;
    const measure = (): void => setColumns(columnsIn(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [strip]);
  return columns;
}

/** Returns the keys of the files that were not there at first. */
function useArrived(files: readonly AttachedFile[]): ReadonlySet<string> {
  const first = React.useRef<ReadonlySet<string>>();
  first.current ??= new Set(files.map(keyOfFile));
  return new Set(files.map(keyOfFile).filter((key) => !first.current?.has(key)));
}
