import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { ErrorIcon } from '../../../ui/icons';
import { VirtualList } from '../../../ui/virtual-list';
import { WarningIcon } from '../har/request-list';
import { formatDuration } from '../results/result-sentences';
import { ResultText } from '../results/result-text';
import type { MessageKind, Trace, TraceMessage } from './trace-log';

/** Estimated height of a row, in CSS pixels. */
const ROW_PX = 60;

/** Messages of the pages and outputs of the test, in the order of time. */
export function MessageList({ trace }: { trace: Trace }): React.JSX.Element {
  const { messages, totalMessages, startedAt } = trace;
  if (messages.length === 0) return <p className="quiet viewer-words">{t('The trace has no messages.')}</p>;
  return (
    <>
      {messages.length < totalMessages && (
        <p className="quiet viewer-words">
          {t('The first {shown, number} of {count, number} are listed.', {
            shown: messages.length,
            count: totalMessages,
          })}
        </p>
      )}
      <VirtualList
        label={t('Console')}
        rows={messages}
        keyOf={keyOfMessage}
        estimatePx={ROW_PX}
        hasFoldingRows={true}
        isFocusable={true}
        renderRow={(message) => <Message message={message} start={startedAt} />}
      />
    </>
  );
}

function keyOfMessage({ index }: TraceMessage): number {
  return index;
}

function Message({ message, start }: { message: TraceMessage; start: number }): React.JSX.Element {
  const { kind, time, text, place } = message;
  const isError = kind === 'error' || kind === 'page';
  return (
    <div className="viewer-message">
      <span className="viewer-warning quiet">
        {isError && <ErrorIcon />}
        {kind === 'warning' && <WarningIcon />}
        <span>
          <span className={isError ? 'outcome-failed' : undefined}>{nameOfKind(kind)}</span>
          {' · '}
          {formatDuration(Math.max(0, time - start))}
          {place !== '' && (
            <>
              {' · '}
              <bdi>{makeVisible(place)}</bdi>
            </>
          )}
        </span>
      </span>
      <ResultText {...text} />
    </div>
  );
}

function nameOfKind(kind: MessageKind): string {
  switch (kind) {
    case 'error':
      return t('Error');
    case 'warning':
      return t('Warning');
    case 'page':
      return t('Page error');
    case 'stderr':
      return t('Error output');
    case 'stdout':
      return t('Output');
    case 'other':
      return t('Message');
  }
}
