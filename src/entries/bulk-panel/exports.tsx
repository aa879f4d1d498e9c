import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { copyText } from '../../ui/copy-text';
import { MenuButton } from '../../ui/menu-button';
import { mayDownload, saveFile } from '../../ui/save-file';

/** A text to export as a file. */
export interface ExportFile {
  readonly name: string;
  readonly type: string;
  /** Called when it is exported. */
  readonly textOf: () => string;
}

/** Exports texts, with feedback for the screen. */
interface Exports {
  readonly copy: (text: string) => void;
  /** Downloads a file, or copies its text if the frame cannot download. */
  readonly save: (file: ExportFile) => void;
  readonly feedback: React.JSX.Element;
}

/** Time the feedback stays, in milliseconds. */
const FEEDBACK_MS = 4_000;

function useExports(): Exports {
  const [isCopied, setIsCopied] = React.useState(false);
  /** Text that the browser did not copy. */
  const [refused, setRefused] = React.useState('');
  React.useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = (text: string): void =>
    void copyText(text).then((hasCopied) => {
      setIsCopied(hasCopied);
      setRefused(hasCopied ? '' : text);
    });
  return {
    copy,
    save({ name, type, textOf }) {
      if (mayDownload()) saveFile(new Blob([textOf()], { type }), name);
      else copy(textOf());
    },
    feedback: (
      <>
        <span className="quiet" role="status">
          {isCopied && t('Copied')}
        </span>
        {refused && (
          <label className="problem-text">
            {t('Copying and downloading are blocked here. Copy the text with the keyboard.')}
            <textarea readOnly={true} rows={6} value={refused} />
          </label>
        )}
      </>
    ),
  };
}

/** Exports a text as a download, or to the clipboard if the frame cannot download. */
export function ExportButton(props: {
  /** Label for a download: `Download a template`. */
  download: string;
  /** Label for a copy: `Copy a template`. */
  copy: string;
  file: ExportFile;
}): React.JSX.Element {
  const { download, copy, file } = props;
  const { save, feedback } = useExports();
  return (
    <>
      <Button
        className="text-button"
        subtle={true}
        text={mayDownload() ? download : copy}
        onClick={() => save(file)}
      />
      {feedback}
    </>
  );
}

/** Menu to copy or save a report. */
export function ExportMenu(props: {
  /** Called when it is copied. */
  summaryOf: () => string;
  csv: ExportFile;
  json: ExportFile;
}): React.JSX.Element {
  const { summaryOf, csv, json } = props;
  const { copy, save, feedback } = useExports();
  const jsonText = mayDownload() ? t('Download report (JSON)') : t('Copy report (JSON)');
  return (
    <div className="panel-buttons panel-exports">
      {feedback}
      <MenuButton
        label={t('Export')}
        text={t('Export')}
        items={() => [
          { text: t('Copy summary'), onSelect: () => copy(summaryOf()) },
          { text: t('Copy report (CSV)'), onSelect: () => copy(csv.textOf()) },
          ...(mayDownload() ? [{ text: t('Download report (CSV)'), onSelect: () => save(csv) }] : []),
          { text: jsonText, onSelect: () => save(json) },
        ]}
      />
    </div>
  );
}
