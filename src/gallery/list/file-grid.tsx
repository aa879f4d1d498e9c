import * as React from 'react';
import type { AttachedFile } from '../../attached/attached-file';
import { keyOfFile } from '../../attached/attached-file';
import type { Thumbnail } from '../../attached/thumbnails';
import { t } from '../../i18n/translate';
import { FileName } from '../../ui/file-name';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import type { FileClicks } from './file-clicks';
import { createFileClicks } from './file-clicks';
import { groupsOf } from './groups';
import { onListKey } from './select-keys';
import { describeDate, describeMember, describeSize } from '../sentences';
import { ThumbnailView } from './thumbnail-view';
import { useCurrentFocus } from './use-current-focus';
import { useGrowing } from './use-growing';
import { useThumbnails } from './use-thumbnails';

/** The files as cards with pictures. What is done with them stands above. */
export function FileGrid(props: { state: GalleryState; session: GallerySession }): React.JSX.Element {
  const { state, session } = props;
  const { shown, selection, isReadOnly, busy } = state;
  const count = useGrowing(shown.length);
  const { thumbnails, container } = useThumbnails<HTMLDivElement>(session, count);
  useCurrentFocus(container, selection.current);
  const clicks = React.useMemo(() => createFileClicks(session), [session]);
  const current = selection.current ?? (shown[0] && keyOfFile(shown[0]));
  return (
    <div className="gallery-files">
      <div
        ref={container}
        className="gallery-cards"
        role="listbox"
        aria-label={t('Attachments')}
        aria-multiselectable="true"
        onKeyDown={(event) =>
          onListKey(event, session, { columns: columnsIn(container.current), mayRemove: !isReadOnly })
        }
      >
        {groupsOf({ ...state, shown: shown.slice(0, count) }).map(({ member, files }) => (
          <div
            key={member.workItemId}
            role="group"
            aria-label={describeMember(member)}
            className="gallery-card-group"
          >
            {state.withFamily && (
              <p className="gallery-group-title" role="presentation">
                {describeMember(member)}
              </p>
            )}
            {files.map((file) => {
              const key = keyOfFile(file);
              return (
                <FileCard
                  key={key}
                  file={file}
                  isSelected={selection.keys.has(key)}
                  isCurrent={current === key}
                  isBusy={busy.has(key)}
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

/** One of them; it is drawn anew only when something of it has changed. */
const FileCard = React.memo(function FileCard(props: {
  file: AttachedFile;
  isSelected: boolean;
  isCurrent: boolean;
  isBusy: boolean;
  thumbnail: Thumbnail | undefined;
  clicks: FileClicks;
}): React.JSX.Element {
  const { file, isSelected, isCurrent, isBusy, thumbnail, clicks } = props;
  const { name, size, addedAt, addedBy, comment } = file;
  return (
    <div
      data-key={keyOfFile(file)}
      role="option"
      className="gallery-card"
      aria-selected={isSelected}
      aria-busy={isBusy}
      tabIndex={isCurrent ? 0 : -1}
      title={[describeDate(addedAt), addedBy, comment].filter(Boolean).join('\n')}
      onClick={(event) => clicks.onClick(file, event)}
      onDoubleClick={clicks.onDoubleClick}
    >
      <ThumbnailView name={name} thumbnail={thumbnail} />
      <FileName name={name} />
      <span className="quiet">{describeSize(size)}</span>
    </div>
  );
});

/** How many cards stand side by side. */
function columnsIn(cards: HTMLElement | null): number {
  const [first, ...others] = [...(cards?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];
  if (!first) return 1;
  const below = others.findIndex(({ offsetTop }) => offsetTop > first.offsetTop);
  return below < 0 ? others.length + 1 : below + 1;
}
