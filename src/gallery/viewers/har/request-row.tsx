import * as React from 'react';
import { formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { ErrorIcon } from '../../../ui/icons';
import { formatDuration } from '../results/result-sentences';
import type { HarRequest } from './har-log';
import { PHASES } from './har-log';
import type { Interval } from './har-sentences';
import { describeStatus, placeOf, shortType } from './har-sentences';

/** A request with its place in the waterfall. It unfolds its details. */
export function RequestRow(props: {
  request: HarRequest;
  /** Interval of the waterfall. `undefined` if no start is known. */
  interval: Interval | undefined;
  isOpen: boolean;
  onToggle: (index: number) => void;
  /** Details, while open. */
  children: React.ReactNode;
}): React.JSX.Element {
  const { request, interval, isOpen, onToggle, children } = props;
  const { method, url, type, bytes, durationMs, isFromCache, isFailed } = request;
  const { name, host } = placeOf(url);
  const status = describeStatus(request);
  return (
    <div className="viewer-request">
      <button
        type="button"
        className="viewer-row-button viewer-request-head"
        aria-expanded={isOpen}
        onClick={() => onToggle(request.index)}
      >
        <span className={`viewer-request-place ${isFailed ? 'viewer-request-failed' : ''}`}>
          <span className="viewer-request-name">
            {isFailed && <ErrorIcon />}
            <bdi className="viewer-request-method">{makeVisible(method)}</bdi>{' '}
            <bdi className="viewer-request-file">{makeVisible(name)}</bdi>
          </span>
          {host !== '' && <bdi className="viewer-request-host quiet">{makeVisible(host)}</bdi>}
        </span>
        <span className={`viewer-request-status ${isFailed ? 'outcome-failed' : ''}`} title={status}>
          <bdi>{status}</bdi>
        </span>
        <span className="quiet">
          <bdi>{shortType(type)}</bdi>
        </span>
        <span className="viewer-request-number quiet">
          {isFromCache ? t('From cache') : bytes !== undefined && formatBytes(bytes)}
        </span>
        <span className="viewer-request-number quiet">
          {durationMs !== undefined && formatDuration(durationMs)}
        </span>
        <Waterfall request={request} interval={interval} />
      </button>
      {children}
    </div>
  );
}

/** Bar of the phases. Their heights and borders differ, to be told apart without color. */
function Waterfall(props: { request: HarRequest; interval: Interval | undefined }): React.JSX.Element {
  const { request, interval } = props;
  const { startedAt, durationMs = 0, phasesMs } = request;
  if (!interval || startedAt === undefined) return <span className="viewer-waterfall" />;
  const whole = Math.max(1, interval.to - interval.from);
  const percent = (ms: number): string => `${Math.min(100, (100 * ms) / whole)}%`;
  return (
    <span className="viewer-waterfall" aria-hidden="true">
      <span
        className="viewer-waterfall-bar"
        style={{ insetInlineStart: percent(startedAt - interval.from), width: percent(durationMs) }}
      >
        {phasesMs.length === 0 ? (
          <span className="viewer-phase phase-unknown" style={{ flexGrow: 1 }} />
        ) : (
          PHASES.map(
            (phase, index) =>
              (phasesMs[index] ?? 0) > 0 && (
                <span
                  key={phase}
                  className={`viewer-phase phase-${phase}`}
                  style={{ flexGrow: phasesMs[index] }}
                />
              ),
          )
        )}
      </span>
    </span>
  );
}
