import * as React from 'react';
import type { SortKey } from '../model/arrange';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import { readLimitsOf } from '../model/thumbnail-limits';
import type { Thumbnail } from '../model/thumbnails';
import { t } from '../../base/i18n/translate';
import { useStore } from '../../ui/hooks';
import { FileName } from '../../ui/rich-text';
import { useOneTabStop } from '../../ui/bar';
import { DownloadIcon, IconButton, TrashIcon } from '../../ui/icons';
import { NameField } from '../changes/name-field';
import { MoreButton } from '../file-actions';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { hasFolders } from '../gallery-state';
import { groupsOf, GroupTitle } from './groups';
import type { FileClicks } from './list-input';
import { onListKey } from './list-input';
import { Moment, useMinute } from './moment';
import { CheckBox, ThumbnailView, useFileList } from './use-file-list';
import { describeAge, describeSize, nameSortKey } from '../sentences';

const COLUMNS: readonly SortKey[] = ['name', 'size', 'addedAt', 'addedBy', 'folder', 'comment'];

/** The files as rows with all their facts. */
export function FileTable(props: { state: GalleryState; session: GallerySession }): React.JSX.Element {
  const { state, session } = props;
  const { shown, selection, arrangement, isReadOnly, busy } = state;
  const { container, count, currentKey, clicks, thumbnails, className } = useFileList<HTMLTableElement>(
    state,
    session,
    'rows',
  );
  const titles = useOneTabStop<HTMLTableRowElement>();
  const now = useMinute();
  const { editing } = useStore(session.renames);
  // The titles of groups name the folders.
  const withFolder = hasFolders(state) && !arrangement.byFolder;
  const columns = COLUMNS.filter((key) => key !== 'folder' || withFolder);
  return (
    <div className={className}>
      <table
        ref={container}
        className="gallery-table"
        role="grid"
        aria-label={t('Attachments')}
        aria-multiselectable="true"
        aria-rowcount={shown.length + 1}
      >
        <thead>
          <tr ref={titles}>
            {columns.map((key) => (
              <th
                key={key}
                scope="col"
                className={`gallery-${key}`}
                aria-sort={
                  arrangement.sortBy === key
                    ? arrangement.isDescending
                      ? 'descending'
                      : 'ascending'
                    : 'none'
                }
              >
                <button type="button" onClick={() => session.sortBy(key)}>
                  {nameSortKey(key)}
                  <span aria-hidden="true">
                    {arrangement.sortBy === key && (arrangement.isDescending ? ' ↓' : ' ↑')}
                  </span>
                </button>
              </th>
            ))}
            <th scope="col" className="gallery-actions">
              <span className="for-screen-readers">{t('Actions')}</span>
            </th>
          </tr>
        </thead>
        {groupsOf({ ...state, shown: shown.slice(0, count) }).map((group) => (
          <tbody
            key={group.key}
            data-work-item={group.member.workItemId}
            onKeyDown={(event) => onListKey(event, session, { columns: 1, canRemove: !isReadOnly })}
          >
            {group.title !== undefined && (
              <tr className="gallery-group">
                <th scope="rowgroup">
                  <div className="gallery-group-title">
                    <GroupTitle group={group} session={session} />
                  </div>
                </th>
              </tr>
            )}
            {group.files.map((file) => {
              const key = keyOfFile(file);
              const parts = state.split?.describeParts(file);
              return (
                <FileRow
                  key={key}
                  file={file}
                  isSelected={selection.keys.has(key)}
                  isCurrent={currentKey === key}
                  isBusy={busy.has(key)}
                  isReadOnly={isReadOnly || file.inText !== undefined}
                  withFolder={withFolder}
                  age={describeAge(file.addedAt, now)}
                  parts={parts?.text}
                  isIncomplete={parts?.isIncomplete === true}
                  isEditing={editing === key}
                  thumbnail={readLimitsOf(file, 'rows') && thumbnails.get(key)}
                  session={session}
                  clicks={clicks}
                />
              );
            })}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** One file. Memoized: a list can have hundreds. */
const FileRow = React.memo(function FileRow(props: {
  file: AttachedFile;
  isSelected: boolean;
  isCurrent: boolean;
  isBusy: boolean;
  isReadOnly: boolean;
  /** Whether the row names the folder of the file. */
  withFolder: boolean;
  /** See `describeAge`. */
  age: string;
  /** See `describeParts`. */
  parts: string | undefined;
  isIncomplete: boolean;
  /** Whether its name is a field. */
  isEditing: boolean;
  thumbnail: Thumbnail | undefined;
  session: GallerySession;
  clicks: FileClicks;
}): React.JSX.Element {
  const {
    file,
    isSelected,
    isCurrent,
    isBusy,
    isReadOnly,
    withFolder,
    age,
    parts,
    isIncomplete,
    isEditing,
    thumbnail,
    session,
    clicks,
  } = props;
  const row = React.useRef<HTMLTableRowElement>(null);
  const { name, size, addedAt, addedBy, folder, comment } = file;
  // Roving tab index: Tab stops at the current row and its buttons only.
  const tabIndex = isCurrent ? 0 : -1;
  const details = [withFolder && folder, comment].filter(Boolean).join(' · ');
  return (
    <tr
      ref={row}
      data-key={keyOfFile(file)}
      aria-selected={isSelected}
      aria-busy={isBusy}
      tabIndex={tabIndex}
      onPointerDown={clicks.onPointerDown}
      onClick={(event) => clicks.onClick(file, event)}
      onDoubleClick={clicks.onDoubleClick}
    >
      <td className="gallery-name">
        <div className="gallery-name-inner">
          <CheckBox file={file} clicks={clicks} />
          <ThumbnailView name={name} thumbnail={thumbnail} />
          <div className="gallery-name-text">
            {isEditing ? (
              <NameField
                file={file}
                session={session}
                onClose={(isByKey) => {
                  session.renames.edit(undefined);
                  if (isByKey) row.current?.focus();
                }}
              />
            ) : (
              <button
                type="button"
                className="gallery-open"
                tabIndex={-1}
                onClick={(event) => clicks.onOpen(file, event)}
              >
                <FileName name={name} />
              </button>
            )}
            {parts !== undefined && (
              <span className={isIncomplete ? 'field-error gallery-parts' : 'quiet gallery-parts'}>
                {parts}
              </span>
            )}
            <span className="quiet gallery-more">
              {describeSize(size)}
              {age && (
                <>
                  {size !== undefined && ' · '}
                  <Moment at={addedAt} age={age} />
                </>
              )}
              {addedBy && (
                <>
                  {' · '}
                  <bdi>{addedBy}</bdi>
                </>
              )}
            </span>
            {details !== '' && <span className="quiet gallery-more">{details}</span>}
          </div>
        </div>
      </td>
      <td className="gallery-size">{describeSize(size)}</td>
      <td className="gallery-addedAt">
        <Moment at={addedAt} age={age} />
      </td>
      <td className="gallery-addedBy">
        <bdi>{addedBy}</bdi>
      </td>
      {withFolder && (
        <td className="gallery-folder">
          <bdi title={folder}>{folder}</bdi>
        </td>
      )}
      <td className="gallery-comment">
        <bdi title={comment}>{comment}</bdi>
      </td>
      <td
        className="gallery-actions"
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
        }}
      >
        <div className="gallery-buttons">
          <IconButton
            label={t('Download {name}', { name })}
            icon={<DownloadIcon />}
            tabIndex={tabIndex}
            onClick={() => void session.download(file)}
          />
          {!isReadOnly && (
            <IconButton
              label={t('Remove {name}', { name })}
              icon={<TrashIcon />}
              tabIndex={tabIndex}
              onClick={() => void session.remove([file])}
            />
          )}
          <MoreButton files={[file]} tabIndex={tabIndex} />
        </div>
      </td>
    </tr>
  );
});
