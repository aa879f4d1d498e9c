import * as React from 'react';
import type { Encoding } from '../../../base/decode-text';
import { scanUtf8 } from '../../../base/decode-text';
import { t } from '../../../base/i18n/translate';
import { formatBytes } from '../../../base/format';
import { ErrorIcon } from '../../../ui/icons';
import { describeViewerProblem } from '../sentences';
import type { Loading } from '../hooks';
import { useLoading } from '../hooks';
import { SearchField } from '../search-field';
import { LoadedOrSource, SourceSwitch } from '../source-switch';
import type { EncodingChoice } from '../text/encoding-field';
import { EncodingField, useText } from '../text/encoding-field';
import type { TextBeginning } from '../text/beginning';
import { readBeginning } from '../text/beginning';
import { TextView } from '../text/text-viewer';
import type { ViewedFile, ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import type { ViewerProblemKind } from '../viewer-problem';
import { MAX_COLUMNS } from './column-widths';
import type { Table } from './read-table';
import './table.css';
import { TableRows } from './table-rows';
import { useTableSearch } from './use-table-search';

/** Bytes that are read at first, and more on request. */
const FIRST_BYTES = 512 * 1024;
const MORE_BYTES = 1024 * 1024;

const NO_TABLE: Table = { header: [], rows: [], columns: 0 };

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
  const { loading, encodings } = useText(file, readFirst);
  return (
    <Loaded name={file.name} loading={loading}>
      {(first) =>
        // The text viewer asks before showing binary content.
        first.isBinary ? (
          <TextView file={file} />
        ) : (
          <LoadedTable {...props} first={first} encodings={encodings} />
        )
      }
    </Loaded>
  );
}

function readFirst(bytes: Blob, chosen: Encoding | undefined): Promise<TextBeginning> {
  return readBeginning(bytes, FIRST_BYTES, chosen);
}

/** Reads more and more of a text. The text so far stays meanwhile, and after a failure. */
function useGrowingText(
  { bytes }: ViewedFile,
  first: TextBeginning,
): {
  readonly text: TextBeginning;
  readonly failed: ViewerProblemKind | undefined;
  readonly loadMore: () => void;
} {
  const { encoding } = first;
  const [maxBytes, setMaxBytes] = React.useState(FIRST_BYTES);
  const loading = useLoading(
    React.useCallback(
      () => (maxBytes === FIRST_BYTES ? Promise.resolve(first) : readBeginning(bytes, maxBytes, encoding)),
      [bytes, first, maxBytes, encoding],
    ),
  );
  const last = React.useRef(first);
  if (loading.status === 'ready') last.current = loading.value;
  return {
    text: last.current,
    failed: loading.status === 'failed' ? loading.kind : undefined,
    loadMore: () => setMaxBytes(last.current.bytes.length + MORE_BYTES),
  };
}

/** Parses a table. While more of it is parsed, the table so far stays. */
function useTable({ file, runTask }: TableProps, { text, missingBytes }: TextBeginning): Loading<Table> {
  const { name } = file;
  const loading = useLoading(
    React.useCallback(
      (signal: AbortSignal) => runTask('readTable', { text, isCut: missingBytes > 0, name }, signal),
      [runTask, text, missingBytes, name],
    ),
  );
  const last = React.useRef(loading);
  if (loading.status !== 'loading') last.current = loading;
  return last.current;
}

function LoadedTable(
  props: TableProps & { readonly first: TextBeginning; readonly encodings: EncodingChoice },
): React.JSX.Element {
  const { file, first, encodings, modeSwitch } = props;
  const { name } = file;
  const { text, failed, loadMore } = useGrowingText(file, first);
  const badBytes = React.useMemo(
    () => (text.encoding === 'utf-8' ? scanUtf8(text.bytes, true).badBytes : 0),
    [text],
  );
  const [wraps, setWraps] = React.useState(false);
  const loading = useTable(props, text);
  const { rows, columns } = loading.status === 'ready' ? loading.value : NO_TABLE;
  const search = useTableSearch(rows, text.missingBytes > 0 || columns > MAX_COLUMNS);
  return (
    <LoadedOrSource file={file} loading={loading}>
      {(table) => (
        <ViewerFrame
          controls={
            <>
              {modeSwitch}
              <SearchField search={search} status={search.status} />
              <button
                type="button"
                className="bar-button"
                aria-pressed={wraps}
                onClick={() => setWraps(!wraps)}
              >
                {t('Wrap cells')}
              </button>
              <EncodingField encoding={text.encoding} badBytes={badBytes} encodings={encodings} />
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
          <TableRows name={name} table={table} wraps={wraps} search={search} />
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
