import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { formatBytes } from '../../base/format';
import { quoteName } from '../../upload/messages/problems';
import type { Loading } from './hooks';
import { useLoading } from './hooks';
import type { Mode } from './mode-switch';
import { ModeSwitch } from './mode-switch';
import { describeViewerProblem } from './sentences';
import { TextView } from './text/text-viewer';
import type { ViewedFile } from './viewer';
import { Loaded } from './viewer-frame';
import type { ViewerProblemKind } from './viewer-problem';

/** Problems of the formatted file only. */
const SOURCE_INSTEAD: ReadonlySet<ViewerProblemKind> = new Set(['takes-too-long', 'too-many-parts']);

/** Loads the formatted file, and shows it, or the source with the reason if it cannot be formatted. */
export function Formatted<T>(props: {
  file: ViewedFile;
  /** A memoized function. */
  load: (signal: AbortSignal) => Promise<T>;
  children: (value: T) => React.ReactNode;
}): React.JSX.Element {
  const { file, load, children } = props;
  return (
    <LoadedOrSource file={file} loading={useLoading(load)}>
      {children}
    </LoadedOrSource>
  );
}

/** As `Loaded`, but shows the source with the reason if the file cannot be formatted. */
export function LoadedOrSource<T>(props: {
  file: ViewedFile;
  loading: Loading<T>;
  children: (value: T) => React.ReactNode;
}): React.JSX.Element {
  const { file, loading, children } = props;
  if (loading.status === 'failed' && SOURCE_INSTEAD.has(loading.kind))
    return <TextView file={file} note={describeViewerProblem(loading.kind, file.name)} />;
  return (
    <Loaded name={file.name} loading={loading}>
      {children}
    </Loaded>
  );
}

/** Shows a file rendered or as source text, at the user's choice. Files too large to render are shown as source. */
export function SourceSwitch(props: {
  file: ViewedFile;
  /** Label of the rendered mode. */
  renderedLabel: string;
  /** Maximum size of a rendered file, in bytes. */
  maxBytes: number;
  /** @param modeSwitch The switch, for the controls of the rendered file. */
  render: (modeSwitch: React.ReactNode) => React.ReactNode;
}): React.JSX.Element {
  const { file, renderedLabel, maxBytes, render } = props;
  const [chosen, setChosen] = React.useState<Mode>();
  const isSource = chosen === 'other';
  if (file.bytes.size > maxBytes)
    return (
      <TextView
        file={file}
        note={t('{name} is larger than {size}, so its source is shown.', {
          name: quoteName(file.name),
          size: formatBytes(maxBytes),
        })}
      />
    );
  const modeSwitch = (
    <ModeSwitch labels={[renderedLabel, t('Source')]} chosen={chosen} onChoose={setChosen} />
  );
  return isSource ? <TextView file={file} leadingControls={modeSwitch} /> : <>{render(modeSwitch)}</>;
}
