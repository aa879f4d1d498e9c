import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { NamedTextsFold } from '../har/named-texts-fold';
import type { FindFile } from '../har/request-body';
import { formatDuration } from '../results/result-sentences';
import { ResultText } from '../results/result-text';
import type { CutText } from '../results/test-results';
import type { Saving } from '../saving';
import type { ViewerProps } from '../viewer';
import { AttachmentList } from './attachment-list';
import { Screenshot } from './screenshot';
import type { Trace, TraceAction, TraceFrame } from './trace-log';

/** Details of an action: its error, the last picture before its end, its log and attachments. */
export function ActionDetails(props: {
  action: TraceAction;
  trace: Trace;
  findFile: FindFile;
  openPart: ViewerProps['openPart'];
  saving: Saving;
}): React.JSX.Element {
  const { action, trace, findFile, openPart, saving } = props;
  const { method, startedAt, endedAt, error, stack, log, parameters, attachments } = action;
  const frame = React.useMemo(() => lastFrame(trace, action), [trace, action]);
  const facts: readonly (readonly [string, string])[] = [
    [t('Started'), formatDuration(Math.max(0, startedAt - trace.startedAt))],
    [t('Duration'), endedAt === undefined ? '' : formatDuration(Math.max(0, endedAt - startedAt))],
    [t('Method'), method],
  ];
  return (
    <div className="viewer-request-details">
      <Text title={t('Error')} text={error} />
      <dl className="viewer-facts">
        {facts.map(
          ([name, value]) =>
            value !== '' && (
              <React.Fragment key={name}>
                <dt>{name}</dt>
                <dd>
                  <bdi>{makeVisible(value)}</bdi>
                </dd>
              </React.Fragment>
            ),
        )}
      </dl>
      {frame && (
        <>
          <h3>{t('Screenshot')}</h3>
          <Screenshot frame={frame} start={trace.startedAt} findFile={findFile} openPart={openPart} />
        </>
      )}
      <NamedTextsFold title={t('Parameters')} list={{ items: parameters, total: parameters.length }} />
      {attachments.length > 0 && (
        <>
          <h3>{t('Attachments')}</h3>
          <AttachmentList attachments={attachments} findFile={findFile} openPart={openPart} saving={saving} />
        </>
      )}
      <Text title={t('Log')} text={log} />
      <Text title={t('Stack trace')} text={stack} />
    </div>
  );
}

function Text({ title, text }: { title: string; text: CutText }): React.JSX.Element | null {
  if (text.text.trim() === '') return null;
  return (
    <>
      <h3>{title}</h3>
      <ResultText {...text} />
    </>
  );
}

/** Returns the last picture of its page at or before the end of an action. */
function lastFrame({ frames }: Trace, action: TraceAction): TraceFrame | undefined {
  const { pageId, startedAt, endedAt = startedAt } = action;
  for (let index = frames.length - 1; index >= 0; index--) {
    const frame = frames[index];
    if (frame && frame.time <= endedAt && (pageId === '' || frame.pageId === pageId)) return frame;
  }
  return undefined;
}
