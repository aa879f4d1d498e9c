import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { quoteName } from '../../../upload/messages/problems';
import { ContentFrame } from '../content-frame';
import { InChunks } from '../in-chunks';
import { JsonViewer } from '../json/json-viewer';
import { Formatted, SourceSwitch } from '../source-switch';
import type { ViewerProps } from '../viewer';
import { ViewerFrame } from '../viewer-frame';
import { CodeColors } from '../markdown/code-colors';
import '../markdown/markdown.css';
import '../text/text.css';
import { useCellColors } from './use-cell-colors';
import type { Notebook } from './notebook';
import './notebook.css';
import { NotebookRowView } from './notebook-row';
import { rowsOf } from './notebook-rows';
import { LENGTHS } from './output-text';

/** Maximum size of a formatted notebook, in bytes: it is read into memory as a whole. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Shows a Jupyter notebook without running it. Other JSON is shown by its own viewer. */
export function NotebookViewer(props: ViewerProps): React.JSX.Element {
  const { file, runTask } = props;
  const load = React.useCallback(
    (signal: AbortSignal) => runTask('readNotebook', file.bytes, signal),
    [file, runTask],
  );
  return (
    <SourceSwitch
      file={file}
      renderedLabel={t('Notebook')}
      maxBytes={MAX_BYTES}
      render={(modeSwitch) => (
        <Formatted file={file} load={load}>
          {(result) => {
            switch (result.status) {
              case 'notebook':
                return <Cells name={file.name} notebook={result.notebook} modeSwitch={modeSwitch} />;
              case 'no-json':
                return <JsonViewer {...props} />;
              case 'other-json':
                return (
                  <ViewerFrame>
                    <p className="note viewer-note" role="status">
                      <span>
                        {t("{name} isn't a notebook, so it's shown as JSON.", { name: quoteName(file.name) })}
                      </span>
                    </p>
                    <JsonViewer {...props} />
                  </ViewerFrame>
                );
            }
          }}
        </Formatted>
      )}
    />
  );
}

function Cells(props: { name: string; notebook: Notebook; modeSwitch: React.ReactNode }): React.JSX.Element {
  const { name, notebook, modeSwitch } = props;
  const { cells, total, kernel } = notebook;
  const rows = React.useMemo(() => rowsOf(notebook), [notebook]);
  const markdown = React.useMemo(
    () => rows.flatMap((row) => (row.kind === 'markdown' && row.part === 0 ? [row.text] : [])),
    [rows],
  );
  const [limits, setLimits] = React.useState<ReadonlyMap<number, number>>(new Map());
  const colors = useCellColors(notebook.language, rows);
  const limitOf = (index: number): number => limits.get(index) ?? LENGTHS.first;
  return (
    <ContentFrame
      leadingControls={modeSwitch}
      facts={
        <span className="quiet" role="status">
          {t('{count, plural, one {# cell} other {# cells}}', { count: total })}
          {kernel !== '' && (
            <>
              {' · '}
              <bdi>{makeVisible(kernel)}</bdi>
            </>
          )}
        </span>
      }
      messages={
        cells.length < total && (
          <p className="note viewer-note" role="status">
            <span>
              {t('The first {shown, number} of {count, number} cells are shown.', {
                shown: cells.length,
                count: total,
              })}
            </span>
          </p>
        )
      }
      label={t('Text of {name}', { name })}
      className="viewer-notebook"
      isCut={cells.length < total}
    >
      {rows.length === 0 ? (
        <p className="quiet viewer-words">{t('The notebook is empty.')}</p>
      ) : (
        <CodeColors texts={markdown}>
          <ul aria-label={t('Cells of {name}', { name })}>
            <InChunks
              count={rows.length}
              renderItem={(index) =>
                rows[index] && (
                  <li key={index}>
                    <NotebookRowView
                      row={rows[index]}
                      limit={limitOf(index)}
                      syntax={colors.get(index)}
                      onMore={() => setLimits(new Map([...limits, [index, limitOf(index) + LENGTHS.more]]))}
                    />
                  </li>
                )
              }
            />
          </ul>
        </CodeColors>
      )}
    </ContentFrame>
  );
}
