import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { Facts } from './facts';
import { toProblem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import { ErrorIcon } from '../../ui/icons';
import { LongList } from '../../ui/long-list';
import { FileName } from '../../ui/rich-text';
import { SavePrompt } from '../../ui/save-prompt';
import type { GallerySession } from '../gallery-session';
import { formatAmount, formatPercent, listOf } from '../../base/format';
import { ProgressBar } from '../../ui/progress-bar';
import { quoteName } from '../../upload/messages/problems';
import { useStore } from '../../ui/hooks';
import { describeAge, describeDate, describeSize, describeUnread } from '../sentences';
import type { FileHistory } from './file-history-session';
import {
  describeFailure,
  describePartCount,
  describeRestoration,
  describeTimeLeft,
  describeWork,
} from './history-sentences';
import type { HistoryState } from './history-state';
import { idOf } from './history-state';
import type { RemovedRow } from './split-history';
import { removedRowsOf } from './split-history';

/** Height of a row before it is measured, in CSS pixels. */
const ROW_PX = 64;

/** Parts of the dialog for the list. */
interface RemovedListProps {
  readonly state: HistoryState;
  readonly history: FileHistory;
  readonly session: GallerySession;
  /** Whether to say that there are no files. */
  readonly isEmpty: boolean;
  readonly isReadOnly: boolean;
}

/** Files that are not attached anymore, the latest removal first, with the commands to restore them. */
export function RemovedList(props: RemovedListProps): React.JSX.Element {
  const { state, history, session, isEmpty, isReadOnly } = props;
  const rows = React.useMemo(() => removedRowsOf(state.removed), [state.removed]);
  const [unread, setUnread] = React.useState('');
  const downloading = [...useStore(session.downloads).values()].filter(({ isLong }) => isLong);
  const download = ({ file }: RemovedRow): void => {
    setUnread('');
    session.downloads
      .start(file)
      .catch((error: unknown) => setUnread(describeUnread(toProblem(error), file.name)));
  };
  return (
    <>
      <p className="quiet">
        {t(
          "Azure DevOps keeps removed files for 28 days. It isn't known whether a restored file is kept for longer. A new copy is.",
        )}
      </p>
      {!isReadOnly && rows.length > 0 && <RestoreBar rows={rows} state={state} history={history} />}
      <SavePrompt gate={session.gate} hostId={history.workItemId} workItemId={history.workItemId} files={0} />
      <WorkLine state={state} history={history} />
      {downloading.map(({ file, bytesRead }) => (
        <Progress
          key={file.reference.id}
          text={t('Downloading {name}…', { name: quoteName(file.name) })}
          done={bytesRead}
          total={Math.max(bytesRead, file.size ?? 0)}
          onCancel={() => session.downloads.cancel(file)}
        />
      ))}
      {unread && (
        <p className="note history-note" role="alert">
          <ErrorIcon />
          <span>{unread}</span>
        </p>
      )}
      {rows.length === 0 ? (
        <p>{isEmpty && t('No removed files.')}</p>
      ) : (
        <div className="history-list">
          <LongList
            label={t('Recently removed')}
            rows={rows}
            keyOf={idOf}
            estimatePx={ROW_PX}
            renderRow={(row) => (
              <RemovedFileRow
                {...{ row, state }}
                onSelect={isReadOnly ? undefined : (isSelected) => history.select(row.entries, isSelected)}
                onDownload={() => download(row)}
              />
            )}
          />
        </div>
      )}
    </>
  );
}

function RestoreBar({
  rows,
  state,
  history,
}: Pick<RemovedListProps, 'state' | 'history'> & {
  readonly rows: readonly RemovedRow[];
}): React.JSX.Element {
  const { removed, selected, work } = state;
  const count = rows.filter((row) => isSelected(row, state)).length;
  const isDisabled = work !== undefined || selected.size === 0;
  return (
    <div className="history-bar" data-keeps-focus="">
      <label>
        <input
          type="checkbox"
          checked={selected.size === removed.length}
          disabled={work !== undefined}
          onChange={({ target }) => history.select(removed, target.checked)}
        />
        {t('Select all')}
      </label>
      <span className="quiet" role="status">
        {count > 0 && t('{count, plural, one {# selected} other {# selected}}', { count })}
      </span>
      <Button
        primary={true}
        text={t('Restore')}
        disabled={isDisabled}
        onClick={() => void history.restore('restore')}
      />
      <Button
        text={t('Restore as a new copy')}
        disabled={isDisabled}
        onClick={() => void history.restore('copy')}
      />
    </div>
  );
}

/** Progress or result of a restoration. */
function WorkLine({ state, history }: Pick<RemovedListProps, 'state' | 'history'>): React.JSX.Element {
  const { work, restoration } = state;
  if (work?.step === 'copying')
    return (
      <Progress text={describeWork(work)} done={work.done} total={work.total} onCancel={history.cancel} />
    );
  const text = work ? describeWork(work) : restoration && describeRestoration(restoration);
  return (
    <div className={text ? 'note history-note' : ''}>
      <span role="status">{text}</span>
      {work?.step === 'checking' && (
        <Button className="text-button" subtle={true} text={t('Cancel')} onClick={history.cancel} />
      )}
      {!work && restoration && restoration.linked.length > 0 && (
        <Button className="text-button" text={t('Undo')} onClick={() => void history.undo()} />
      )}
    </div>
  );
}

function Progress(props: {
  text: string;
  /** In bytes. */
  done: number;
  total: number;
  onCancel: () => void;
}): React.JSX.Element {
  const { text, done, total, onCancel } = props;
  const percent = Math.floor((100 * done) / Math.max(1, total));
  const amount = formatAmount(done, total);
  return (
    <div className="note history-note">
      <div className="gallery-job-progress">
        <div className="gallery-job-words">
          <span>{text}</span>
          <span className="quiet">{amount}</span>
        </div>
        <ProgressBar label={text} percent={percent} valueText={listOf([formatPercent(percent), amount])} />
      </div>
      <Button className="text-button" subtle={true} text={t('Cancel')} onClick={onCancel} />
    </div>
  );
}

/** Whether all attachments of a file are selected. */
function isSelected({ entries }: RemovedRow, { selected }: HistoryState): boolean {
  return entries.every((entry) => selected.has(idOf(entry)));
}

function RemovedFileRow(props: {
  row: RemovedRow;
  state: HistoryState;
  /** Missing if files can't be restored. */
  onSelect: ((isSelected: boolean) => void) | undefined;
  onDownload: () => void;
}): React.JSX.Element {
  const { row, state, onSelect, onDownload } = props;
  const { file, entries } = row;
  const { by = '', at = NaN } = entries[0] ?? {};
  const now = Date.now();
  const [failure] = entries.flatMap((entry) => state.failures.get(idOf(entry)) ?? []);
  const facts = [
    describeSize(file.size),
    describePartCount(file),
    file.comment,
    entries.every((entry) => state.copied.has(idOf(entry)))
      ? t('Restored as a new copy')
      : describeTimeLeft(at, now),
  ].filter((fact) => fact !== '');
  return (
    <div className="history-row">
      <label className="history-words">
        {onSelect && (
          <input
            type="checkbox"
            aria-label={file.name}
            checked={isSelected(row, state)}
            disabled={state.work !== undefined}
            onChange={({ target }) => onSelect(target.checked)}
          />
        )}
        <span>
          <span className="history-event">
            <FileName name={file.name} />
          </span>
          <span className="quiet history-facts">
            {by === '' ? t('Removed') : t('Removed by {name}', { name: by })}{' '}
            <span title={describeDate(at)}>{describeAge(at, now)}</span>
            <Facts facts={facts} />
          </span>
          {failure && <span className="field-error">{describeFailure(failure, file)}</span>}
        </span>
      </label>
      <Button
        className="text-button"
        subtle={true}
        text={t('Download')}
        ariaLabel={t('Download {name}', { name: file.name })}
        onClick={onDownload}
      />
    </div>
  );
}
