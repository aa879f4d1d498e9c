import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { describeViewerProblem } from './sentences';
import type { Loading } from './hooks';
import { ViewerMessage } from './viewer-message';
import type { ViewerProblemKind } from './viewer-problem';

/** Layout of every viewer: controls above, the file below. */
export function ViewerFrame(props: {
  /** Buttons and fields, if any. */
  controls?: React.ReactNode;
  /** Called for keys while the focus is inside. */
  onKeyDown?: (event: React.KeyboardEvent) => void;
  children: React.ReactNode;
}): React.JSX.Element {
  const { controls, onKeyDown, children } = props;
  return (
    <div className="viewer" onKeyDown={onKeyDown}>
      {controls !== undefined && (
        <div className="viewer-controls" role="group" aria-label={t('View')}>
          {controls}
        </div>
      )}
      <div className="viewer-body">{children}</div>
    </div>
  );
}

/** Error message in place of the file. */
export function ViewerError({ kind, name }: { kind: ViewerProblemKind; name: string }): React.JSX.Element {
  return <ViewerMessage role="alert">{describeViewerProblem(kind, name)}</ViewerMessage>;
}

/** Renders a loaded value, a loading message or an error. */
export function Loaded<T>(props: {
  name: string;
  loading: Loading<T>;
  children: (value: T) => React.ReactNode;
}): React.JSX.Element {
  const { name, loading, children } = props;
  switch (loading.status) {
    case 'loading':
      return (
        <p className="quiet viewer-words" role="status">
          {t('Reading the file…')}
        </p>
      );
    case 'failed':
      return <ViewerError kind={loading.kind} name={name} />;
    case 'ready':
      return <>{children(loading.value)}</>;
  }
}
