import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { ErrorIcon } from '../../../ui/icons';
import { quoteName } from '../../../upload/messages/problems';
import type { Loading } from '../hooks';
import { useLoading } from '../hooks';
import type { Mode } from '../mode-switch';
import { ModeSwitch } from '../mode-switch';
import { describeInertParts } from '../office/inert-sentences';
import { canListParts, PartsViewer } from '../office/parts-viewer';
import { SearchField } from '../search-field';
import { MAX_COLUMNS } from '../table/column-widths';
import { TableRows } from '../table/table-rows';
import '../table/table.css';
import { useTableSearch } from '../table/use-table-search';
import type { ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import type { Workbook } from './read-workbook';
import { columnName, describeSize } from './workbook-sentences';

/** Shows the sheets of an Excel workbook as tables, or the parts of its file. */
export function WorkbookViewer(props: ViewerProps): React.JSX.Element {
  const [chosen, setChosen] = React.useState<Mode>();
  const modeSwitch = <ModeSwitch labels={[t('Table'), t('Parts')]} chosen={chosen} onChoose={setChosen} />;
  return chosen === 'other' ? (
    <PartsViewer {...props} leadingControls={modeSwitch} />
  ) : (
    <Sheets {...props} modeSwitch={modeSwitch} />
  );
}

function Sheets({
  modeSwitch,
  ...props
}: ViewerProps & { readonly modeSwitch: React.ReactNode }): React.JSX.Element {
  const { file, runTask } = props;
  const [sheet, setSheet] = React.useState<number>();
  const loading = useLoading(
    React.useCallback(
      (signal: AbortSignal) => runTask('readWorkbook', { bytes: file.bytes, sheet }, signal),
      [file, runTask, sheet],
    ),
  );
  // While another sheet is read, the last one stays.
  const last = React.useRef<Workbook>();
  if (loading.status === 'ready') last.current = loading.value;
  const { current: workbook } = last;
  if (workbook)
    return (
      <OpenWorkbook
        name={file.name}
        workbook={workbook}
        sheet={sheet ?? workbook.sheet}
        status={loading.status}
        modeSwitch={modeSwitch}
        onChoose={setSheet}
      />
    );
  if (loading.status === 'failed' && canListParts(loading.kind))
    return (
      <PartsViewer
        {...props}
        note={t("{name} can't be shown as a workbook, so its parts are listed.", {
          name: quoteName(file.name),
        })}
      />
    );
  return (
    <Loaded name={file.name} loading={loading}>
      {() => null}
    </Loaded>
  );
}

function OpenWorkbook(props: {
  name: string;
  /** Its rows are those of the last sheet that was read. */
  workbook: Workbook;
  /** The chosen sheet. */
  sheet: number;
  /** Whether the chosen sheet was read. */
  status: Loading<Workbook>['status'];
  modeSwitch: React.ReactNode;
  onChoose: (sheet: number) => void;
}): React.JSX.Element {
  const { name, workbook, sheet, status, modeSwitch, onChoose } = props;
  const { sheets, rows, totalRows, columns, inert } = workbook;
  const [wraps, setWraps] = React.useState(false);
  const table = React.useMemo(
    () => ({ header: Array.from({ length: columns }, (_, index) => columnName(index)), rows, columns }),
    [rows, columns],
  );
  const search = useTableSearch(rows, totalRows !== rows.length || columns > MAX_COLUMNS);
  const notShown = describeInertParts(inert);
  return (
    <ViewerFrame
      controls={
        <>
          {modeSwitch}
          <SearchField search={search} status={search.status} />
          <button type="button" className="bar-button" aria-pressed={wraps} onClick={() => setWraps(!wraps)}>
            {t('Wrap cells')}
          </button>
          <select
            className="field viewer-select"
            aria-label={t('Sheet')}
            value={sheet}
            onChange={({ target }) => onChoose(Number(target.value))}
          >
            {sheets.map((one, index) => (
              <option key={index} value={index}>
                {one.isHidden ? t('{name} (hidden)', { name: one.name }) : makeVisible(one.name)}
              </option>
            ))}
          </select>
          <span className="quiet" role="status">
            {status === 'loading' && t('Reading the file…')}
            {status === 'ready' && describeSize(workbook)}
          </span>
        </>
      }
    >
      {notShown !== undefined && <p className="quiet viewer-words">{notShown}</p>}
      {status === 'failed' ? (
        <p className="note viewer-note" role="alert">
          <ErrorIcon />
          <span>{t("The sheet {name} can't be shown.", { name: quoteName(sheets[sheet]?.name ?? '') })}</span>
        </p>
      ) : rows.length === 0 ? (
        <p className="quiet viewer-words">{t('The sheet is empty.')}</p>
      ) : (
        <TableRows
          key={workbook.sheet}
          name={name}
          table={table}
          layout={workbook}
          wraps={wraps}
          search={search}
        />
      )}
    </ViewerFrame>
  );
}
