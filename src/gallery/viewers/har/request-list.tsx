import * as React from 'react';
import { formatMoment } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { Glyph } from '../../../ui/icons';
import { VirtualList } from '../../../ui/virtual-list';
import { SavingStatus, useSaving } from '../saving';
import { useOpenRows } from '../use-open-rows';
import type { ViewerProps } from '../viewer';
import type { HarRequest, RequestLog } from './har-log';
import type { Interval } from './har-sentences';
import { describeLog, intervalOf } from './har-sentences';
import type { FindFile } from './request-body';
import { RequestDetailsView } from './request-details-view';
import { RequestRow } from './request-row';

/** Estimated height of a row, in CSS pixels. */
const ROW_PX = 45;

/** A summary, and the requests in a list with a waterfall. */
export function RequestList(
  props: Omit<ViewerProps, 'file'> & {
    readonly label: string;
    readonly log: RequestLog;
    /** Requests of the log that match the filter. */
    readonly shown: readonly HarRequest[];
    /** Finds the content of a request in the archive of a Playwright trace. */
    readonly findFile?: FindFile;
  },
): React.JSX.Element {
  const { label, log, shown, saveAs, runTask, openPart, findFile } = props;
  const { openRows, toggle } = useOpenRows();
  const interval = React.useMemo(() => intervalOf(log.requests), [log]);
  const saving = useSaving(saveAs);
  return (
    <>
      <SavingStatus saving={saving} />
      <div className="viewer-scroll viewer-requests" data-scrolls="">
        <div>
          <Summary log={log} interval={interval} />
          {shown.length === 0 ? (
            log.requests.length > 0 && <p className="quiet viewer-words">{t('No requests match.')}</p>
          ) : (
            <>
              <Columns />
              <VirtualList
                label={label}
                rows={shown}
                keyOf={keyOfRequest}
                estimatePx={ROW_PX}
                hasFoldingRows={true}
                renderRow={(request) => {
                  const isOpen = openRows.has(request.index);
                  return (
                    <RequestRow request={request} interval={interval} isOpen={isOpen} onToggle={toggle}>
                      {isOpen && (
                        <RequestDetailsView
                          source={log.source}
                          request={request}
                          runTask={runTask}
                          openPart={openPart}
                          save={saving.save}
                          findFile={findFile}
                        />
                      )}
                    </RequestRow>
                  );
                }}
              />
            </>
          )}
        </div>
      </div>
    </>
  );
}

function keyOfRequest({ index }: HarRequest): number {
  return index;
}

function Summary(props: { log: RequestLog; interval: Interval | undefined }): React.JSX.Element {
  const { log, interval } = props;
  const { requests, total, damaged, isCut, creator } = log;
  const listed = requests.length + damaged;
  return (
    <div className="viewer-summary">
      {requests.length > 0 && (
        <p>
          <strong>{describeLog(log)}</strong>
          <span className="quiet">
            {interval && ` · ${formatMoment(new Date(interval.from))}`}
            {creator !== '' && (
              <>
                {' · '}
                <bdi>{makeVisible(creator)}</bdi>
              </>
            )}
          </span>
        </p>
      )}
      {listed === 0 && <p className="quiet">{t('There are no requests.')}</p>}
      {requests.some(({ hasSecrets }) => hasSecrets) && (
        <p className="viewer-warning">
          <WarningIcon />
          <span>{t('This file contains cookies or tokens. Share it only with people you trust.')}</span>
        </p>
      )}
      {listed < total && (
        <p className="quiet">
          {t('The first {shown, number} of {count, number} requests are listed.', {
            shown: listed,
            count: total,
          })}
        </p>
      )}
      {damaged > 0 && (
        <p className="quiet">
          {t(
            "{count, plural, one {# request can't be read and isn't} other {# requests can't be read and aren't}} listed.",
            { count: damaged },
          )}
        </p>
      )}
      {isCut && <p className="quiet">{t('The file is incomplete. Later requests are missing.')}</p>}
    </div>
  );
}

/** A triangle with an exclamation mark. */
export function WarningIcon(): React.JSX.Element {
  return (
    <Glyph path="M8 1.500 15 14H1L8 1.500zm0 2L2.700 13h10.600L8 3.500zM7.500 6.500h1v3.500h-1V6.500zm0 4.500h1v1h-1v-1z" />
  );
}

/** Names of the columns. The rows say themselves what they show. */
function Columns(): React.JSX.Element {
  return (
    <div className="viewer-request-columns quiet" aria-hidden="true">
      <span>{t('Name')}</span>
      <span>{t('Status')}</span>
      <span>{t('Type')}</span>
      <span className="viewer-request-number">{t('Size')}</span>
      <span className="viewer-request-number">{t('Time')}</span>
      <span>{t('Waterfall')}</span>
    </div>
  );
}
