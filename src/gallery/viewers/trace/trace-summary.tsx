import * as React from 'react';
import { formatMoment, listOf } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { ErrorIcon } from '../../../ui/icons';
import type { FindFile } from '../har/request-body';
import { InChunks } from '../in-chunks';
import { formatDuration } from '../results/result-sentences';
import { ResultText } from '../results/result-text';
import type { ViewerProps } from '../viewer';
import { Screenshot } from './screenshot';
import type { Trace } from './trace-log';

/** Number of pictures of the end of the trace. */
const MAX_FRAMES = 10;

/** Times from this one on count from 1970, in milliseconds. Smaller ones are those of an old trace. */
const MIN_MOMENT = Date.UTC(2015);

/** Facts about a trace, its errors, and its last pictures. */
export function TraceSummary(props: {
  trace: Trace;
  findFile: FindFile;
  openPart: ViewerProps['openPart'];
}): React.JSX.Element {
  const { trace, findFile, openPart } = props;
  const { title, browser, platform, errors, frames } = trace;
  const system = [browser, platform].filter(Boolean).join(' · ');
  const last = frames.slice(-MAX_FRAMES);
  return (
    <div className="viewer-summary">
      <p>
        <strong>
          <bdi>{title === '' ? t('Playwright trace') : makeVisible(title)}</bdi>
        </strong>{' '}
        <span className="quiet">
          {system !== '' && (
            <>
              <bdi>{makeVisible(system)}</bdi>
              {' · '}
            </>
          )}
          {describeRun(trace)}
        </span>
      </p>
      {errors.length > 0 && (
        <div className="note viewer-run-errors" role="note">
          <ErrorIcon />
          <ul aria-label={t('Errors of the trace')}>
            <InChunks
              count={errors.length}
              renderItem={(index) => (
                <li key={index}>
                  {errors[index] && <ResultText {...errors[index].message} />}
                  {errors[index] && errors[index].stack.text !== '' && (
                    <bdi className="quiet">
                      {makeVisible(errors[index].stack.text.split('\n', 1)[0] ?? '')}
                    </bdi>
                  )}
                </li>
              )}
            />
          </ul>
        </div>
      )}
      {describeLimits(trace).map((sentence) => (
        <p key={sentence} className="quiet">
          {sentence}
        </p>
      ))}
      {last.length > 0 && (
        <>
          <h3>{t('Last screenshots')}</h3>
          <ul className="viewer-film" aria-label={t('Last screenshots')}>
            {last.map((frame) => (
              <li key={frame.path}>
                <Screenshot frame={frame} start={trace.startedAt} findFile={findFile} openPart={openPart} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** `4.2 s · 14 Mar 2026, 15:09 · Playwright 1.50.0`, as far as known. */
function describeRun({ startedAt, endedAt, version }: Trace): string {
  return [
    formatDuration(endedAt - startedAt),
    startedAt >= MIN_MOMENT && formatMoment(new Date(startedAt)),
    version !== '' && t('Playwright {version}', { version: makeVisible(version) }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Sentences about parts of the trace that are not shown. */
function describeLimits(trace: Trace): readonly string[] {
  const { actions, totalActions, domSnapshots, skipped, isCut } = trace;
  const parts = [
    domSnapshots > 0 &&
      t('{count, plural, one {# snapshot of a page} other {# snapshots of pages}}', { count: domSnapshots }),
    skipped > 0 &&
      t(
        '{count, plural, one {# event that is too long or damaged} other {# events that are too long or damaged}}',
        {
          count: skipped,
        },
      ),
  ].filter((part) => part !== false);
  return [
    actions.length < totalActions &&
      t('The first {shown, number} of {count, number} actions are listed.', {
        shown: actions.length,
        count: totalActions,
      }),
    isCut && t('The trace is very large. Only its beginning is shown.'),
    parts.length > 0 && t('Not shown: {parts}.', { parts: listOf(parts) }),
  ].filter((sentence) => sentence !== false);
}
