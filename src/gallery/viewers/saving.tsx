import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { isCancelled } from '../../base/errors';
import { ErrorIcon } from '../../ui/icons';
import { quoteName } from '../../upload/messages/problems';
import { describeViewerProblem } from './sentences';
import type { ViewerProps } from './viewer';
import type { ViewerProblemKind } from './viewer-problem';
import { ViewerProblem } from './viewer-problem';

/** State of the last save. */
type SavingState =
  | { readonly status: 'none' }
  | { readonly status: 'saving'; readonly name: string }
  | { readonly status: 'failed'; readonly name: string; readonly kind: ViewerProblemKind };

/** Saves parts of a file, one at a time. */
export interface Saving {
  readonly state: SavingState;
  /**
   * Starts to save a part and cancels the previous save. `undefined` if downloads are unavailable.
   *
   * @param name Name of the saved file.
   */
  readonly save: ((name: string, extract: (signal: AbortSignal) => Promise<Blob>) => void) | undefined;
  readonly cancel: () => void;
}

const NONE: SavingState = { status: 'none' };

/** Extracts parts of a file and downloads them. Unmounting cancels the current save. */
export function useSaving(saveAs: ViewerProps['saveAs']): Saving {
  const [state, setState] = React.useState(NONE);
  const aborter = React.useRef<AbortController>();
  React.useEffect(() => () => aborter.current?.abort(), []);

  const cancel = (): void => {
    aborter.current?.abort();
    setState(NONE);
  };
  const save = async (
    download: NonNullable<typeof saveAs>,
    name: string,
    extract: (signal: AbortSignal) => Promise<Blob>,
  ): Promise<void> => {
    cancel();
    const { signal } = (aborter.current = new AbortController());
    const settle = (next: SavingState): void => {
      if (!signal.aborted) setState(next);
    };
    settle({ status: 'saving', name });
    try {
      const bytes = await extract(signal);
      signal.throwIfAborted();
      await download(bytes, name);
      settle(NONE);
    } catch (error) {
      if (isCancelled(error)) settle(NONE);
      else
        settle({ status: 'failed', name, kind: error instanceof ViewerProblem ? error.kind : 'not-saved' });
    }
  };
  return { state, save: saveAs && ((name, extract) => void save(saveAs, name, extract)), cancel };
}

/** Progress or failure of the current save. */
export function SavingStatus({ saving }: { saving: Saving }): React.JSX.Element | null {
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
