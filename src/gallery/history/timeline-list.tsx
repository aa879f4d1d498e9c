import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { Facts } from './facts';
import { t } from '../../base/i18n/translate';
import { LongList } from '../../ui/long-list';
import { FileName, rich } from '../../ui/rich-text';
import { describeDate, describeSize } from '../sentences';
import type { HistoryEntry, Versions } from './history-model';
import { describeDay, describePartCount, describeTime } from './history-sentences';

/** Height of a row before it is measured, in CSS pixels. */
const ROW_PX = 56;

/** Row of the timeline. */
interface TimelineRow {
  readonly entry: HistoryEntry;
  /** Title of its day; missing below the first row of a day. */
  readonly day: string | undefined;
}

const keyOfRow = ({ entry }: TimelineRow): number => entry.key;

/** What happened to the files of a work item, the latest first, by day. */
export function TimelineList(props: {
  entries: readonly HistoryEntry[];
  /** Whether to say that there are no entries. */
  isEmpty: boolean;
  onCompare: (versions: Versions) => void;
}): React.JSX.Element {
  const { entries, isEmpty, onCompare } = props;
  const rows = React.useMemo(() => rowsOf(entries), [entries]);
  if (rows.length === 0) return <p>{isEmpty && t('No files were attached or removed yet.')}</p>;
  return (
    <div className="history-list">
      <LongList
        label={t('Timeline')}
        rows={rows}
        keyOf={keyOfRow}
        estimatePx={ROW_PX}
        isFocusable={true}
        renderRow={({ entry, day }) => <TimelineEntry {...{ entry, day, onCompare }} />}
      />
    </div>
  );
}

function rowsOf(entries: readonly HistoryEntry[]): readonly TimelineRow[] {
  let last: string | undefined;
  return entries.map((entry) => {
    const day = describeDay(entry.at);
    const isNew = day !== last;
    last = day;
    return { entry, day: isNew ? day : undefined };
  });
}

function TimelineEntry(
  props: TimelineRow & { readonly onCompare: (versions: Versions) => void },
): React.JSX.Element {
  const { entry, day, onCompare } = props;
  const { file, by, at, versions } = entry;
  const facts = [by, describeSize(file.size), describePartCount(file), commentOf(entry)].filter(
    (fact) => fact !== '',
  );
  return (
    <>
      {day !== undefined && <h3 className="history-day">{day}</h3>}
      <div className="history-row">
        <div className="history-words">
          <div className="history-event">{describeEvent(entry)}</div>
          <div className="quiet history-facts">
            {!Number.isNaN(at) && (
              <time dateTime={new Date(at).toISOString()} title={describeDate(at)}>
                {describeTime(at)}
              </time>
            )}
            <Facts facts={facts} />
          </div>
        </div>
        {versions && (
          <Button
            className="text-button"
            subtle={true}
            text={t('Compare')}
            ariaLabel={t('Compare {name} with the version before', { name: file.name })}
            onClick={() => onCompare(versions)}
          />
        )}
      </div>
    </>
  );
}

function describeEvent({ kind, file, before }: HistoryEntry): React.JSX.Element {
  const name = <FileName name={file.name} />;
  switch (kind) {
    case 'attached':
      return rich('Attached {name}', { name });
    case 'restored':
      return rich('Attached {name} again', { name });
    case 'renamed':
      return rich('Renamed {name} to {newName}', {
        name: <FileName name={before?.name ?? ''} />,
        newName: name,
      });
    case 'commented':
      return rich('Changed the comment of {name}', { name });
    case 'replaced':
      return rich('Replaced {name}', { name });
    case 'removed':
      return rich('Removed {name}', { name });
  }
}

/** Comment of the file; of a change, also the one before. */
function commentOf({ kind, file, before }: HistoryEntry): string {
  const after = file.comment === '' ? t('No comment') : file.comment;
  if (kind !== 'commented') return file.comment;
  return before && before.comment !== '' ? `${before.comment} → ${after}` : after;
}
