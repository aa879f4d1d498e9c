import * as React from 'react';
import { t } from '../i18n/translate';
import { ErrorIcon } from '../ui/icons';
import { quoteName } from '../ui/sentences';
import { describeViewerProblem } from './sentences';
import type { Saving } from './use-saving';

/** What becomes of the part that is being saved. */
export function SavingLine({ saving }: { saving: Saving }): React.JSX.Element | null {
  const { state, cancel } = saving;
  switch (state.status) {
    case 'none':
      return null;
    case 'saving':
      return (
        <p className="note viewer-note" role="status">
          <span>
            {t('Saving {name}…', { name: quoteName(state.name) })}{' '}
            <button type="button" className="link-button" onClick={cancel}>
              {t('Cancel')}
            </button>
          </span>
        </p>
      );
    case 'failed':
      return (
        <p className="note viewer-note" role="alert">
          <ErrorIcon />
          <span>{describeViewerProblem(state.kind, state.name)}</span>
        </p>
      );
  }
}
