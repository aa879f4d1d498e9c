import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { formatBytes } from '../../../base/format';
import { ErrorIcon } from '../../../ui/icons';
import { describeViewerProblem } from '../sentences';
import type { Loading } from '../hooks';
import { useLoading } from '../hooks';
import { LoadedOrSource, SourceSwitch } from '../source-switch';
import type { EncodingChoice } from '../text/encoding-field';
import { EncodingField, useText } from '../text/encoding-field';
import type { LoadedText, PartBytes, TextParts } from '../text/text-parts';
import { useLoadMore } from '../text/use-load-more';
import { TextView } from '../text/text-viewer';
import type { ViewedFile, ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import { MAX_COLUMNS } from './column-widths';
import type { Table } from './read-table';
import './table.css';
import { TableRows } from './table-rows';

const MIB = 1024 * 1024;

/** No tail: the end of a table is useless without the rows in between. */
const PART_BYTES: PartBytes = { whole: MIB / 2, head: MIB / 2, tail: 0, more: MIB };

/** Shows delimiter-separated values as a table or as source text. */
export function TableViewer({ file, runTask }: ViewerProps): React.JSX.Element {
  return (
    <SourceSwitch
      file={file}
      renderedLabel={t('Table')}
      maxBytes={Infinity}
      render={(modeSwitch) => <OpenTable file={file} runTask={runTask} modeSwitch={modeSwitch} />}
    />
  );
}

interface TableProps {
  readonly file: ViewedFile;
  readonly runTask: ViewerProps['runTask'];
  readonly modeSwitch: React.ReactNode;
}

function OpenTable(props: TableProps): React.JSX.Element {
  const { file } = props;
  const { loading, encodings } = useText(file, PART_BYTES);
  return (
    <Loaded name={file.name} loading={loading}>
      {(parts) =>
        // The text viewer asks before showing binary content.
        parts.loaded.isBinary ? (
          <TextView file={file} />
        ) : (
          <LoadedTable {...props} parts={parts} encodings={encodings} />
        )
      }
    </Loaded>
  );
}

/** Parses a table. While more of it is parsed, the table so far stays. */
function useTable({ file, runTask }: TableProps, { head, missingBytes }: LoadedText): Loading<Table> {
  const { name } = file;
  const loading = useLoading(
    React.useCallback(
      (signal: AbortSignal) =>
        runTask('readTable', { text: head.join('\n'), isCut: missingBytes > 0, name }, signal),
      [runTask, head, missingBytes, name],
    ),
  );
  const last = React.useRef(loading);
  if (loading.status !== 'loading') last.current = loading;
  return last.current;
}

function LoadedTable(
  props: TableProps & { readonly parts: TextParts; readonly encodings: EncodingChoice },
): React.JSX.Element {
  const { file, parts, encodings, modeSwitch } = props;
  const { name } = file;
  const { text, failed, loadMore } = useLoadMore(parts);
  const [wraps, setWraps] = React.useState(false);
  const loading = useTable(props, text);
  return (
    <LoadedOrSource file={file} loading={loading}>
      {(table) => (
        <ViewerFrame
          controls={
            <>
              {modeSwitch}
              <button
                type="button"
                className="bar-button"
                aria-pressed={wraps}
                onClick={() => setWraps(!wraps)}
              >
                {t('Wrap cells')}
              </button>
              <EncodingField text={text} encodings={encodings} />
              <span className="quiet" role="status">
                {describeSize(table)}
                {text.missingBytes > 0 &&
                  ` · ${t('{size} not shown', { size: formatBytes(text.missingBytes) })}`}
              </span>
              {text.missingBytes > 0 && (
                <button type="button" className="link-button" onClick={loadMore}>
                  {t('Load more')}
                </button>
              )}
            </>
          }
        >
          {failed && (
            <p className="note viewer-note" role="alert">
              <ErrorIcon />
              <span>{describeViewerProblem(failed, name)}</span>
            </p>
          )}
          <TableRows name={name} table={table} wraps={wraps} />
        </ViewerFrame>
      )}
    </LoadedOrSource>
  );
}

/** `1,234 rows`, with the number of visible columns if limited. */
function describeSize({ rows: { length: rows }, columns }: Table): string {
  return columns > MAX_COLUMNS
    ? t(
        '{rows, plural, one {# row} other {# rows}}, the first {shown, number} of {columns, number} columns',
        { rows, shown: MAX_COLUMNS, columns },
      )
    : t('{rows, plural, one {# row} other {# rows}}', { rows });
}
