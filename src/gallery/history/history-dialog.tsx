import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { Dialog } from '../../ui/dialog';
import { useStore } from '../../ui/hooks';
import { ErrorIcon } from '../../ui/icons';
import { useKeptFocus } from '../../ui/use-focus';
import type { GallerySession } from '../gallery-session';
import { withCount } from '../sentences';
import { createFileHistory } from './file-history-session';
import type { Versions } from './history-model';
import { describeFailedAction, describeReading } from './history-sentences';
import { RemovedList } from './removed-list';
import { removedRowsOf } from './split-history';
import { TimelineList } from './timeline-list';
import './history.css';

/** Props of `HistoryDialog`. */
export interface HistoryDialogProps {
  readonly session: GallerySession;
  readonly onCompare: (versions: Versions) => void;
  readonly onClose: () => void;
}

type View = 'timeline' | 'removed';

/** The history of the files of the work item in the form, and its removed files. */
export function HistoryDialog({ session, onCompare, onClose }: HistoryDialogProps): React.JSX.Element {
  const [history] = React.useState(() => createFileHistory(session.historyOptions));
  const state = useStore(history);
  const { isReadOnly } = useStore(session);
  const [view, setView] = React.useState<View>('timeline');
  const container = useKeptFocus(() => container.current?.querySelector('[aria-pressed="true"]') ?? null);
  React.useEffect(() => {
    void history.read();
    return history.close;
  }, [history]);
  const { entries, removed, isReading, updatesRead, isCut, failed } = state;
  const isFirstReading = isReading && entries.length === 0;
  const tab = (each: View, text: string): React.JSX.Element => (
    <button type="button" aria-pressed={view === each} onClick={() => setView(each)}>
      {text}
    </button>
  );
  return (
    <Dialog title={t('History of files')} isLarge={true} onClose={onClose}>
      <div className="history" ref={container}>
        <div className="tabs" role="group" aria-label={t('Show as')}>
          {tab('timeline', t('Timeline'))}
          {tab('removed', withCount(t('Recently removed'), removedRowsOf(removed).length))}
        </div>
        {failed && (
          <p className="note history-note" role="alert">
            <ErrorIcon />
            <span>{describeFailedAction(failed)}</span>
            <Button
              className="text-button"
              subtle={true}
              text={t('Retry')}
              onClick={() => void history.retry()}
            />
          </p>
        )}
        <p className="quiet" role="status">
          {isFirstReading && describeReading(updatesRead)}
        </p>
        {isCut && (
          <p className="quiet">
            {t("This work item has more than {count, number} changes. Later ones aren't listed.", {
              count: updatesRead,
            })}
          </p>
        )}
        {view === 'timeline' ? (
          <TimelineList isEmpty={!isReading && !failed} entries={entries} onCompare={onCompare} />
        ) : (
          <RemovedList
            {...{ state, history, session }}
            isEmpty={!isReading && !failed}
            isReadOnly={isReadOnly}
          />
        )}
      </div>
      <div className="dialog-buttons">
        <Button text={t('Close')} onClick={onClose} />
      </div>
    </Dialog>
  );
}
