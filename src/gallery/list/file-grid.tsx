import * as React from 'react';
import { keyOfFile } from '../../attached/attached-file';
import { FileName } from '../../ui/file-name';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { groupsOf } from './groups';
import { modeOfClick, onListKey } from './select-keys';
import { describeDate, describeMember, describeSize } from '../sentences';
import { ThumbnailView } from './thumbnail-view';
import { useCurrentFocus } from './use-current-focus';
import { useThumbnails } from './use-thumbnails';

/** The files as cards with pictures. What is done with them stands above. */
export function FileGrid(props: { state: GalleryState; session: GallerySession }): React.JSX.Element {
  const { state, session } = props;
  const { shown, selection, isReadOnly, busy } = state;
  const { thumbnails, container } = useThumbnails<HTMLDivElement>(session);
  useCurrentFocus(container, selection.current);
  const current = selection.current ?? (shown[0] && keyOfFile(shown[0]));
  return (
    <div className="gallery-files">
      <div
        ref={container}
        className="gallery-cards"
        role="listbox"
        aria-label="Attachments"
        aria-multiselectable="true"
        onKeyDown={(event) =>
          onListKey(event, session, { columns: columnsIn(container.current), mayRemove: !isReadOnly })
        }
      >
        {groupsOf(state).map(({ member, files }) => (
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
                <div
                  key={key}
                  data-key={key}
                  role="option"
                  className="gallery-card"
                  aria-selected={selection.keys.has(key)}
                  aria-busy={busy.has(key)}
                  tabIndex={current === key ? 0 : -1}
                  title={[describeDate(file.addedAt), file.addedBy, file.comment].filter(Boolean).join('\n')}
                  onClick={(event) => session.select(file, modeOfClick(event))}
                  onDoubleClick={() => session.preview(file)}
                >
                  <ThumbnailView file={file} thumbnails={thumbnails} />
                  <FileName name={file.name} />
                  <span className="quiet">{describeSize(file.size)}</span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

/** How many cards stand side by side. */
function columnsIn(cards: HTMLElement | null): number {
  const [first, ...others] = [...(cards?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];
  if (!first) return 1;
  const below = others.findIndex(({ offsetTop }) => offsetTop > first.offsetTop);
  return below < 0 ? others.length + 1 : below + 1;
}
