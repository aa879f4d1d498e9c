import * as React from 'react';
import { listOf } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { useObjectUrl } from '../hooks';
import { MarkdownFootnotes, MarkdownPart } from '../markdown/markdown-blocks';
import { MarkdownPictures } from '../markdown/markdown-pictures';
import type { MarkdownText } from '../markdown/parse-markdown';
import type { CodeRuns } from '../text/highlight-emitter';
import type { ShownOutput } from './notebook';
import type { NotebookRow } from './notebook-rows';
import { OutputText } from './output-text';
import { asInTerminal } from './terminal-lines';

/** Maximum length of the name of a type on the screen, in UTF-16 units. */
const MAX_TYPE_LENGTH = 100;

/** Maximum number of types that are named. */
const MAX_TYPES = 10;

/** Maximum length of a text alternative, in UTF-16 units. */
const MAX_WORDS_LENGTH = 500;

interface RowProps {
  /** Maximum length of its text that is shown, in UTF-16 units. */
  readonly limit: number;
  readonly onMore: () => void;
  /** Runs of its code in the colors of its language. */
  readonly syntax?: CodeRuns | undefined;
}

/** A row of a notebook. */
export function NotebookRowView({
  row,
  ...rest
}: RowProps & { readonly row: NotebookRow }): React.JSX.Element {
  return (
    <div className={`viewer-cell-row viewer-cell-${row.kind} ${row.startsCell ? 'viewer-cell-start' : ''}`}>
      <RowContent row={row} {...rest} />
    </div>
  );
}

function RowContent({ row, ...rest }: RowProps & { readonly row: NotebookRow }): React.JSX.Element {
  switch (row.kind) {
    case 'markdown':
      return (
        <MarkdownPictures pictures={row.pictures}>
          <MarkdownRow text={row.text} part={row.part} />
        </MarkdownPictures>
      );
    case 'raw':
      return (
        <>
          <p className="quiet">{t('Raw text')}</p>
          <OutputText text={row.text} {...rest} />
        </>
      );
    case 'code':
      return (
        <>
          <p className="viewer-run quiet">{describeRun(row.runNumber)}</p>
          <div className="viewer-code">
            <OutputText text={row.source} {...rest} />
          </div>
        </>
      );
    case 'output':
      return <OutputRow shown={row.shown} {...rest} />;
    case 'hidden':
      return <p className="quiet">{describeHidden(row.types, row.hasText)}</p>;
    case 'more-outputs':
      return (
        <p className="quiet">
          {t('The first {shown, number} of {count, number} outputs of this cell are shown.', {
            shown: row.shown,
            count: row.total,
          })}
        </p>
      );
  }
}

function MarkdownRow({ text, part }: { text: MarkdownText; part: number }): React.JSX.Element {
  const blocks = text.parts[part];
  return (
    <div className="viewer-markdown" dir="auto">
      {blocks ? <MarkdownPart text={text} blocks={blocks} /> : <MarkdownFootnotes text={text} />}
    </div>
  );
}

function describeRun(runNumber: number | undefined): string {
  return runNumber === undefined ? t('Code, not run') : t('Code [{count}]', { count: String(runNumber) });
}

function OutputRow(
  props: RowProps & { readonly shown: Exclude<ShownOutput, { kind: 'markdown' }> },
): React.JSX.Element {
  const { shown, ...rest } = props;
  switch (shown.kind) {
    case 'image':
      return <ImageOutput bytes={shown.bytes} words={shown.words} />;
    case 'text':
      return (
        <>
          <p className="for-screen-readers">{t('Output')}</p>
          <OutputText text={shown.text} {...rest} />
        </>
      );
    case 'stream':
      return (
        <>
          <p className={shown.isError ? 'quiet' : 'for-screen-readers'}>
            {shown.isError ? t('Error output') : t('Output')}
          </p>
          <TerminalText text={shown.text} {...rest} />
        </>
      );
    case 'error':
      return (
        <div className="viewer-cell-error">
          <p className="field-error">
            <OutputTitle text={shown.title} />
          </p>
          <TerminalText text={shown.traceback} {...rest} />
        </div>
      );
  }
}

function OutputTitle({ text }: { text: string }): React.JSX.Element {
  return <bdi>{makeVisible(text.slice(0, MAX_WORDS_LENGTH))}</bdi>;
}

function TerminalText({ text, ...rest }: RowProps & { readonly text: string }): React.JSX.Element {
  const shown = React.useMemo(() => asInTerminal(text), [text]);
  return <OutputText text={shown} {...rest} />;
}

function ImageOutput({ bytes, words }: { bytes: Blob; words: string }): React.JSX.Element {
  const url = useObjectUrl(bytes, bytes.type);
  const [isBroken, setIsBroken] = React.useState(false);
  if (isBroken) return <p className="quiet">{t("This output is an image that this browser can't show.")}</p>;
  return (
    <img
      className="viewer-cell-image"
      src={url}
      alt={makeVisible(words.slice(0, MAX_WORDS_LENGTH)) || t('Image output')}
      onError={() => setIsBroken(true)}
    />
  );
}

/** Says which forms of an output are not shown. */
function describeHidden(types: readonly string[], hasText: boolean): string {
  if (types.length === 1 && types[0] === 'text/html')
    return hasText
      ? t('This output is HTML. Only its text is shown.')
      : t("This output is HTML and isn't shown.");
  const names = types.slice(0, MAX_TYPES).map((type) => makeVisible(type.slice(0, MAX_TYPE_LENGTH)));
  return t("This output has parts that aren't shown: {types}.", { types: listOf(names) });
}
