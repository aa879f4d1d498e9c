import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import type { Thumbnail } from '../model/thumbnails';
import { t } from '../../base/i18n/translate';
import { FileName } from '../../ui/rich-text';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { groupsOf } from './groups';
import type { FileClicks } from './list-input';
import { onListKey } from './list-input';
import { CheckBox, ThumbnailView, useFileList } from './use-file-list';
import { describeDate, describeMember, describeSize } from '../sentences';

/** The files as cards with thumbnails. The actions are in the toolbar. */
export function FileGrid(props: { state: GalleryState; session: GallerySession }): React.JSX.Element {
  const { state, session } = props;
  const { shown, selection, isReadOnly, busy } = state;
  const { container, count, currentKey, clicks, thumbnails, className } = useFileList<HTMLDivElement>(
    state,
    session,
    'cards',
  );
  return (
    <div className={className}>
      <div
        ref={container}
        className="gallery-cards"
        role="listbox"
        aria-label={t('Attachments')}
        aria-multiselectable="true"
        onKeyDown={(event) =>
          onListKey(event, session, { columns: columnsIn(container.current), canRemove: !isReadOnly })
        }
      >
        {groupsOf({ ...state, shown: shown.slice(0, count) }).map(({ key, member, title, files }) => (
          <div
            key={key}
            data-work-item={member.workItemId}
            role="group"
            aria-label={title ?? describeMember(member)}
            className="gallery-card-group"
          >
            {title !== undefined && (
              <p className="gallery-group-title" role="presentation">
                {title}
              </p>
            )}
            {files.map((file) => {
              const key = keyOfFile(file);
              return (
                <FileCard
                  key={key}
                  file={file}
                  isSelected={selection.keys.has(key)}
                  isCurrent={currentKey === key}
                  isBusy={busy.has(key)}
                  parts={state.split?.describeParts(file)?.text}
                  thumbnail={thumbnails.get(key)}
                  clicks={clicks}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

/** One file. Memoized: a list can have hundreds. */
const FileCard = React.memo(function FileCard(props: {
  file: AttachedFile;
  isSelected: boolean;
  isCurrent: boolean;
  isBusy: boolean;
  /** See `describeParts`. */
  parts: string | undefined;
  thumbnail: Thumbnail | undefined;
  clicks: FileClicks;
}): React.JSX.Element {
  const { file, isSelected, isCurrent, isBusy, parts, thumbnail, clicks } = props;
  const { name, size, addedAt, addedBy, folder, comment } = file;
  return (
    <div
      data-key={keyOfFile(file)}
      role="option"
      className="gallery-card"
      aria-selected={isSelected}
      aria-busy={isBusy}
      tabIndex={isCurrent ? 0 : -1}
      title={[parts, describeDate(addedAt), addedBy, folder, comment].filter(Boolean).join('\n')}
      onPointerDown={clicks.onPointerDown}
      onClick={(event) => clicks.onClick(file, event)}
      onDoubleClick={clicks.onDoubleClick}
    >
      <CheckBox file={file} clicks={clicks} />
      <ThumbnailView name={name} thumbnail={thumbnail} />
      <FileName name={name} isNarrow={true} />
      <span className="quiet">{[describeSize(size), parts].filter(Boolean).join(' · ')}</span>
    </div>
  );
});

/** Cards per row. */
function columnsIn(cards: HTMLElement | null): number {
  const [first, ...others] = [...(cards?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];
  if (!first) return 1;
  const below = others.findIndex(({ offsetTop }) => offsetTop > first.offsetTop);
  return below < 0 ? others.length + 1 : below + 1;
}
