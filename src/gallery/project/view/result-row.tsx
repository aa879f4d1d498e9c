import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { CheckIcon, FileIcon } from '../../../ui/icons';
import { FileName } from '../../../ui/rich-text';
import { Moment } from '../../list/moment';
import { describeAge, describeSize } from '../../sentences';
import type { ProjectFile } from '../project-index';
import type { HubSession } from '../session/hub-session';
import { describeDuplicate, describeFoundParts, describeItem } from './hub-sentences';
import type { RowClicks } from './row-input';

/** One found file. Memoized: scrolling renders the list with each step. */
export const ResultRow = React.memo(function ResultRow(props: {
  row: number;
  /** `undefined` while it is being read. */
  file: ProjectFile | undefined;
  startPx: number;
  isSelected: boolean;
  /** Whether it is in the tab order. */
  isCurrent: boolean;
  /** Start of the current minute, in milliseconds since the epoch. */
  now: number;
  measure: (element: HTMLElement | null) => void;
  clicks: RowClicks;
  session: Pick<HubSession, 'openWorkItem' | 'files'>;
}): React.JSX.Element {
  const { row, file, startPx, isSelected, isCurrent, measure, clicks } = props;
  return (
    <div
      ref={measure}
      data-index={row}
      data-row={row}
      data-key={row}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={isSelected}
      aria-busy={file === undefined}
      tabIndex={isCurrent ? 0 : -1}
      className="hub-row hub-columns"
      style={{ transform: `translateY(${startPx}px)` }}
      onPointerDown={clicks.onPointerDown}
      onMouseDown={keepText}
      onClick={(event) => clicks.onClick(row, event)}
      onDoubleClick={() => clicks.onDoubleClick(row)}
    >
      {file ? <Cells {...props} file={file} /> : <Placeholder />}
    </div>
  );
});

function Cells(props: {
  row: number;
  file: ProjectFile;
  isCurrent: boolean;
  now: number;
  clicks: RowClicks;
  session: Pick<HubSession, 'openWorkItem' | 'files'>;
}): React.JSX.Element {
  const { row, file, isCurrent, now, clicks, session } = props;
  const { name, item, size, addedAt, addedBy, isInText } = file;
  const age = describeAge(addedAt, now);
  const parts = describeFoundParts(file);
  const marks = [isInText && t('In the text'), describeDuplicate(file)].filter(Boolean).join(' · ');
  return (
    <>
      <div role="gridcell" className="hub-name">
        <span
          className="gallery-check"
          aria-hidden="true"
          onClick={(event) => clicks.onCheck(row, event)}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <span className="gallery-check-box">
            <CheckIcon />
          </span>
        </span>
        <FileIcon name={name} />
        <span className={parts?.isIncomplete ? 'hub-name-text hub-name-incomplete' : 'hub-name-text'}>
          {session.files ? (
            <button
              type="button"
              className="gallery-open"
              tabIndex={-1}
              onClick={(event) => clicks.onOpen(row, event)}
            >
              <FileName name={name} />
            </button>
          ) : (
            <FileName name={name} />
          )}
          {parts && (
            <span
              className={parts.isIncomplete ? 'field-error hub-parts' : 'quiet hub-parts'}
              title={parts.text}
            >
              {parts.text}
            </span>
          )}
          {marks !== '' && <span className="quiet hub-marks">{marks}</span>}
        </span>
      </div>
      <div role="gridcell" className="hub-item">
        <button
          type="button"
          className="hub-open"
          tabIndex={isCurrent ? 0 : -1}
          title={describeItem(item)}
          aria-label={t('Open {workItem}', { workItem: describeItem(item) })}
          onClick={(event) => {
            event.stopPropagation();
            session.openWorkItem(item.id);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
          }}
        >
          #{item.id} <span className="quiet">{item.type}</span> <bdi>{item.title}</bdi>
        </button>
      </div>
      <div role="gridcell" className="hub-size">
        {describeSize(size)}
      </div>
      <div role="gridcell" className="hub-addedAt">
        <Moment at={addedAt} age={age} />
      </div>
      <div role="gridcell" className="hub-addedBy">
        <bdi title={addedBy}>{addedBy}</bdi>
      </div>
      <div role="gridcell" className="hub-area">
        <bdi title={item.area}>{item.area}</bdi>
      </div>
    </>
  );
}

function Placeholder(): React.JSX.Element {
  return (
    <div role="gridcell" className="hub-name">
      <span className="hub-placeholder" aria-hidden="true" />
      <span className="for-screen-readers">{t('Loading…')}</span>
    </div>
  );
}

/** Shift selects rows, not the text between two clicks. */
function keepText(event: React.MouseEvent): void {
  if (event.shiftKey) event.preventDefault();
}
