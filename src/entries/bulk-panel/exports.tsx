import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { ManualCopy } from '../../ui/copy-button';
import { copyText } from '../../ui/copy-text';
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
  /** Says that a text is copied. */
  readonly feedback: React.JSX.Element;
  /** Text to copy with the keyboard, if the browser refuses. */
  readonly manualCopy: React.JSX.Element | false;
}

/** Time the feedback stays, in milliseconds. */
const FEEDBACK_MS = 4_000;

/** Exports texts from a component. */
export function useExports(): Exports {
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
      <span className="quiet" role="status">
        {isCopied && t('Copied')}
      </span>
    ),
    manualCopy: refused !== '' && <ManualCopy text={refused} />,
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
  const { save, feedback, manualCopy } = useExports();
  return (
    <>
      <Button
        className="text-button"
        subtle={true}
        text={mayDownload() ? download : copy}
        onClick={() => save(file)}
      />
      {feedback}
      {manualCopy}
    </>
  );
}
