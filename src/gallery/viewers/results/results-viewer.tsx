import * as React from 'react';
import { extensionOf } from '../../../base/file-kind';
import { t } from '../../../base/i18n/translate';
import { quoteName } from '../../../upload/messages/problems';
import { useLoading } from '../hooks';
import { Formatted, SourceSwitch } from '../source-switch';
import { TextView } from '../text/text-viewer';
import type { ViewerProps } from '../viewer';
import { Loaded } from '../viewer-frame';
import type { ResultFormat } from './result-format';
import { detectFormat } from './result-format';
import './results.css';
import { ResultsView } from './results-view';

/** Maximum size of a file to parse, in bytes: it is read into memory as a whole. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Shows the results of a test run. Any other file is shown as text: only the content tells. */
export function ResultsViewer(props: ViewerProps): React.JSX.Element {
  const { file } = props;
  const loading = useLoading(React.useCallback(() => detectFormat(file.bytes), [file]));
  return (
    <Loaded name={file.name} loading={loading}>
      {(format) =>
        format ? (
          <Results {...props} format={format} />
        ) : (
          <TextView
            file={file}
            note={
              extensionOf(file.name) === 'trx'
                ? t('{name} has no test results, so its source is shown.', { name: quoteName(file.name) })
                : undefined
            }
          />
        )
      }
    </Loaded>
  );
}

function Results({
  file,
  runTask,
  format,
}: ViewerProps & { readonly format: ResultFormat }): React.JSX.Element {
  const load = React.useCallback(
    (signal: AbortSignal) => runTask('readTestResults', { bytes: file.bytes, format }, signal),
    [file, runTask, format],
  );
  return (
    <SourceSwitch
      file={file}
      renderedLabel={t('Test results')}
      maxBytes={MAX_BYTES}
      render={(modeSwitch) => (
        <Formatted file={file} load={load}>
          {(results) => <ResultsView name={file.name} results={results} modeSwitch={modeSwitch} />}
        </Formatted>
      )}
    />
  );
}
