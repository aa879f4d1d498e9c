import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { ChevronIcon, ErrorIcon } from '../../../ui/icons';
import { formatDuration } from '../results/result-sentences';
import type { TraceAction } from './trace-log';

/** Maximum length of the first line of an error in a row, in UTF-16 units. */
const MAX_LINE_LENGTH = 300;

/** Maximum depth that is shown by an indent. */
const MAX_INDENT = 6;

/** An action, indented by its depth. It unfolds its details. */
export function ActionRow(props: {
  action: TraceAction;
  isOpen: boolean;
  onToggle: (index: number) => void;
  /** Details, while open. */
  children: React.ReactNode;
}): React.JSX.Element {
  const { action, isOpen, onToggle, children } = props;
  const { index, depth, title, target, error, startedAt, endedAt } = action;
  const hasFailed = error.text !== '';
  return (
    <div className="viewer-request">
      <button
        type="button"
        className="viewer-row-button viewer-action-head"
        aria-expanded={isOpen}
        style={{ paddingInlineStart: 12 + 16 * Math.min(depth, MAX_INDENT) }}
        onClick={() => onToggle(index)}
      >
        <ChevronIcon open={isOpen} />
        <span className="viewer-action-text">
          <span className="viewer-request-name">
            {hasFailed && <ErrorIcon />}
            <bdi className="viewer-action-title">
              {title === '' ? t('(no name)') : makeVisible(title)}
            </bdi>{' '}
            <bdi className="viewer-action-target quiet">{makeVisible(target)}</bdi>
          </span>
          {hasFailed && !isOpen && <bdi className="outcome-failed">{makeVisible(firstLine(error.text))}</bdi>}
        </span>
        <span className="quiet viewer-request-number">
          {endedAt === undefined ? t('Not finished') : formatDuration(Math.max(0, endedAt - startedAt))}
        </span>
      </button>
      {children}
    </div>
  );
}

/** Returns the first line of a text. */
function firstLine(text: string): string {
  return (
    text
      .trimStart()
      .slice(0, MAX_LINE_LENGTH)
      .split(/[\r\n]/, 1)[0] ?? ''
  );
}
