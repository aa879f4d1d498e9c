import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { formatBytes } from '../../../base/format';
import { ErrorIcon } from '../../../ui/icons';
import { describeViewerProblem } from '../sentences';
import { SourceSwitch } from '../source-switch';
import type { EncodingChoice } from '../text/encoding-field';
import { EncodingField, useText } from '../text/encoding-field';
import type { TextParts } from '../text/text-parts';
import { useLoadMore } from '../text/use-load-more';
import { TextView } from '../text/text-viewer';
import type { ViewedFile, ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import type { Table } from './read-table';
import { readTable, TABLE_PART_BYTES } from './read-table';
import './table.css';
import { TableRows } from './table-rows';

/** Maximum number of columns. People do not read longer rows. */
const MAX_COLUMNS = 200;

/** Shows delimiter-separated values as a table or as source text. */
export function TableViewer({ file }: ViewerProps): React.JSX.Element {
  return (
    <SourceSwitch
      file={file}
      renderedLabel={t('Table')}
      maxBytes={Infinity}
      render={(modeSwitch) => <OpenTable file={file} modeSwitch={modeSwitch} />}
    />
  );
}

function OpenTable({
  file,
  modeSwitch,
}: {
  file: ViewedFile;
  modeSwitch: React.ReactNode;
}): React.JSX.Element {
  const { loading, encodings } = useText(file, TABLE_PART_BYTES);
  return (
    <Loaded name={file.name} loading={loading}>
      {(parts) =>
        // The text viewer asks before showing binary content.
        parts.loaded.isBinary ? (
          <TextView file={file} />
        ) : (
          <LoadedTable name={file.name} parts={parts} encodings={encodings} modeSwitch={modeSwitch} />
        )
      }
    </Loaded>
  );
}

function LoadedTable(props: {
  name: string;
  parts: TextParts;
  encodings: EncodingChoice;
  modeSwitch: React.ReactNode;
}): React.JSX.Element {
  const { name, parts, encodings, modeSwitch } = props;
  const { text, failed, loadMore } = useLoadMore(parts);
  const [wraps, setWraps] = React.useState(false);
  const table = React.useMemo(() => readTable(text, name), [text, name]);
  return (
    <ViewerFrame
      controls={
        <>
          {modeSwitch}
          <button type="button" className="bar-button" aria-pressed={wraps} onClick={() => setWraps(!wraps)}>
            {t('Wrap cells')}
          </button>
          <EncodingField text={text} encodings={encodings} />
          <span className="quiet" role="status">
            {describeSize(table)}
            {text.missingBytes > 0 && ` · ${t('{size} not shown', { size: formatBytes(text.missingBytes) })}`}
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
      <TableRows name={name} table={table} maxColumns={MAX_COLUMNS} wraps={wraps} />
    </ViewerFrame>
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
