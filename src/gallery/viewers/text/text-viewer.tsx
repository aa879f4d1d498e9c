import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { ErrorIcon } from '../../../ui/icons';
import { quoteName } from '../../../upload/messages/problems';
import { describeMatches } from '../matches';
import { SearchField } from '../search-field';
import { describeViewerProblem } from '../sentences';
import type { ViewedFile, ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import { ViewerMessage } from '../viewer-message';
import type { EncodingChoice } from './encoding-field';
import { EncodingField, useText } from './encoding-field';
import { LevelField, useLevelFilter } from './level-filter';
import { canHaveLevels } from './log-levels';
import { SECTION_ROWS, SectionField, sectionOf } from './sections';
import './text.css';
import type { TextFile } from './text-file';
import { openTextFile } from './text-file';
import type { Anchor } from './text-lines';
import { TextLines } from './text-lines';
import { useSearch } from './use-search';
import { useSyntax } from './use-syntax';
import { useScannedText } from './use-text-file';

/** Shows text, logs and source code. */
export function TextViewer({ file }: ViewerProps): React.JSX.Element {
  return <TextView file={file} />;
}

/** Text of a file. Other viewers use it for their source mode. */
export function TextView(props: {
  file: ViewedFile;
  /** Controls before those of the text. */
  leadingControls?: React.ReactNode;
  /** Message above the text. */
  note?: string | undefined;
}): React.JSX.Element {
  const { file, leadingControls, note } = props;
  const { loading, encodings } = useText(file, openTextFile);
  const [shownAnyway, setShownAnyway] = React.useState<ViewedFile>();
  return (
    <Loaded name={file.name} loading={loading}>
      {(text) =>
        text.isBinary && shownAnyway !== file ? (
          <ViewerFrame controls={leadingControls}>
            <ViewerMessage role="status" action={{ text: t('Show anyway'), run: () => setShownAnyway(file) }}>
              {t("{name} doesn't look like text.", { name: quoteName(file.name) })}
            </ViewerMessage>
          </ViewerFrame>
        ) : (
          <OpenText
            file={file}
            text={text}
            encodings={encodings}
            leadingControls={leadingControls}
            note={note}
          />
        )
      }
    </Loaded>
  );
}

function OpenText(props: {
  file: ViewedFile;
  text: TextFile;
  encodings: EncodingChoice;
  leadingControls: React.ReactNode;
  note: string | undefined;
}): React.JSX.Element {
  const { file, text, encodings, leadingControls, note } = props;
  const { name } = file;
  const syntaxOf = useSyntax(file, text.encoding);
  const { extent, failed, onFailure } = useScannedText(text);
  const { isComplete, rowCount, badBytes } = extent;
  const [wraps, setWraps] = React.useState(true);
  const topRow = React.useRef(0);
  const [anchor, setAnchor] = React.useState<Anchor>({ row: 0, isMatch: false });
  const filter = useLevelFilter(text, isComplete, onFailure);
  const { rows } = filter;
  const search = useSearch({
    ...{ text, isComplete, rows, onFailure },
    topRow: React.useCallback(() => topRow.current, []),
  });
  const { scrollRequests } = search;
  const matchRow = search.matches[search.current]?.row;
  React.useEffect(() => {
    if (matchRow !== undefined && scrollRequests > 0) setAnchor({ row: matchRow, isMatch: true });
  }, [matchRow, scrollRequests]);
  const sections = React.useMemo(() => sectionOf(anchor.row, rowCount, rows), [anchor, rowCount, rows]);
  const choose = (section: number): void =>
    setAnchor({ row: sections.rowAt(section * SECTION_ROWS), isMatch: false });

  return (
    <ViewerFrame
      controls={
        <>
          {leadingControls}
          <SearchField
            search={search}
            status={describeMatches(search.query, search.current, search.matches.length, search.isSearching)}
          />
          <button type="button" className="bar-button" aria-pressed={wraps} onClick={() => setWraps(!wraps)}>
            {t('Wrap lines')}
          </button>
          {canHaveLevels(name) && (
            <LevelField
              filter={{
                ...filter,
                choose: (level) => {
                  setAnchor({ row: topRow.current, isMatch: false });
                  filter.choose(level);
                },
              }}
            />
          )}
          <SectionField sections={sections} text={text} onChoose={choose} />
          <EncodingField encoding={text.encoding} badBytes={badBytes} encodings={encodings} />
          {!isComplete && !failed && (
            <span className="quiet" role="status">
              {t('Reading the file…')}
            </span>
          )}
        </>
      }
    >
      {note !== undefined && (
        <p className="note viewer-note" role="status">
          <span>{note}</span>
        </p>
      )}
      {failed && (
        <p className="note viewer-note" role="alert">
          <ErrorIcon />
          <span>{describeViewerProblem(failed, name)}</span>
        </p>
      )}
      {filter.found && sections.count === 0 ? (
        <p className="quiet viewer-words">{t('No lines match.')}</p>
      ) : (
        <TextLines
          {...{ name, text, extent, sections, anchor, search, wraps, topRow, syntaxOf, onFailure }}
          onSection={choose}
        />
      )}
    </ViewerFrame>
  );
}
