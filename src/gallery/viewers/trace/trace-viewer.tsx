import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { quoteName } from '../../../upload/messages/problems';
import type { Archive } from '../archive/open-archive';
import '../har/har.css';
import { useLoading } from '../hooks';
import type { Mode } from '../mode-switch';
import { ModeSwitch } from '../mode-switch';
import '../results/results.css';
import type { ViewerProps } from '../viewer';
import { Loaded } from '../viewer-frame';
import type { ViewerProblemKind } from '../viewer-problem';
import { TraceView } from './trace-view';
import './trace.css';

/** Problems that the list of entries has as well. */
const WITHOUT_ENTRIES: ReadonlySet<ViewerProblemKind> = new Set(['unreadable', 'internal']);

/** Shows a trace of Playwright, or the entries of its archive. */
export function TraceViewer(
  props: ViewerProps & {
    readonly archive: Archive;
    /**
     * Lists the entries.
     *
     * @param leadingControls Controls before those of the list.
     * @param note Reason for the list.
     */
    readonly renderEntries: (leadingControls?: React.ReactNode, note?: string) => React.JSX.Element;
  },
): React.JSX.Element {
  const { file, runTask, archive, renderEntries } = props;
  const [chosen, setChosen] = React.useState<Mode>();
  const loading = useLoading(
    React.useCallback((signal: AbortSignal) => runTask('readTrace', file.bytes, signal), [file, runTask]),
  );
  const modeSwitch = <ModeSwitch labels={[t('Trace'), t('Entries')]} chosen={chosen} onChoose={setChosen} />;
  if (loading.status === 'failed' && !WITHOUT_ENTRIES.has(loading.kind))
    return renderEntries(
      undefined,
      t("{name} can't be shown as a Playwright trace, so its entries are listed.", {
        name: quoteName(file.name),
      }),
    );
  // Other programs use the same extension.
  if (loading.status === 'ready' && !loading.value) return renderEntries();
  if (chosen === 'other') return renderEntries(modeSwitch);
  return (
    <Loaded name={file.name} loading={loading}>
      {(trace) => trace && <TraceView {...props} trace={trace} archive={archive} modeSwitch={modeSwitch} />}
    </Loaded>
  );
}
