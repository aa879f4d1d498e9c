import * as React from 'react';
import { formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { ErrorIcon } from '../../../ui/icons';
import { quoteName } from '../../../upload/messages/problems';
import { describeViewerProblem } from '../sentences';
import type { ViewedFile, ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import type { EncodingChoice } from './encoding-field';
import { EncodingField, useText } from './encoding-field';
import { SearchField } from './search-field';
import './text.css';
import { TextLines } from './text-lines';
import type { LoadedText, TextParts } from './text-parts';
import { useLoadMore } from './use-load-more';
import { useSearch } from './use-search';

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
  const { loading, encodings } = useText(file);
  const [shownAnyway, setShownAnyway] = React.useState<ViewedFile>();
  return (
    <Loaded name={file.name} loading={loading}>
      {(parts) =>
        parts.loaded.isBinary && shownAnyway !== file ? (
          <ViewerFrame controls={leadingControls}>
            <p className="note viewer-words" role="status">
              <span>
                {t('{name} does not look like text.', { name: quoteName(file.name) })}{' '}
                <button type="button" className="link-button" onClick={() => setShownAnyway(file)}>
                  {t('Show anyway')}
                </button>
              </span>
            </p>
          </ViewerFrame>
        ) : (
          <OpenText
            name={file.name}
            parts={parts}
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
  name: string;
  parts: TextParts;
  encodings: EncodingChoice;
  leadingControls: React.ReactNode;
  note: string | undefined;
}): React.JSX.Element {
  const { name, parts, encodings, leadingControls, note } = props;
  const { text, failed, isLoading, loadMore, loadAll } = useLoadMore(parts);
  const [wraps, setWraps] = React.useState(true);
  const topRow = React.useRef(0);
  const search = useSearch(
    text,
    React.useCallback(() => topRow.current, []),
  );

  return (
    <ViewerFrame
      controls={
        <>
          {leadingControls}
          <SearchField search={search} isPartial={text.missingBytes > 0} />
          <button type="button" className="bar-button" aria-pressed={wraps} onClick={() => setWraps(!wraps)}>
            {t('Wrap lines')}
          </button>
          <EncodingField text={text} encodings={encodings} />
          {text.missingBytes > 0 && <MissingBytes text={text} isLoading={isLoading} onLoadAll={loadAll} />}
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
      <TextLines
        name={name}
        text={text}
        search={search}
        wraps={wraps}
        topRow={topRow}
        onLoadMore={loadMore}
      />
    </ViewerFrame>
  );
}

function MissingBytes(props: {
  text: LoadedText;
  isLoading: boolean;
  onLoadAll: () => void;
}): React.JSX.Element {
  const { text, isLoading, onLoadAll } = props;
  return (
    <span className="quiet" role="status">
      {isLoading ? t('Reading the file…') : t('{size} not shown', { size: formatBytes(text.missingBytes) })}{' '}
      <button
        type="button"
        className="link-button"
        aria-disabled={isLoading}
        onClick={({ currentTarget }) => {
          // The button disappears in the end.
          currentTarget.closest('.viewer')?.querySelector<HTMLElement>('.viewer-text')?.focus();
          onLoadAll();
        }}
      >
        {t('Load all')}
      </button>
    </span>
  );
}
