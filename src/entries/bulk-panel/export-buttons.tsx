import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { copyText } from '../../ui/copy-text';
import { mayDownload, saveFile } from '../../ui/save-file';

/** Exports a text as a download, or to the clipboard if the frame cannot download. */
export function ExportButton(props: {
  /** Label for a download: `Download the report (CSV)`. */
  download: string;
  /** Label for a copy: `Copy the report (CSV)`. */
  copy: string;
  name: string;
  type: string;
  textOf: () => string;
}): React.JSX.Element {
  const { download, copy, name, type, textOf } = props;
  const [byHand, setByHand] = React.useState('');
  const [isCopied, setIsCopied] = React.useState(false);
  const exportText = async (): Promise<void> => {
    if (mayDownload()) {
      saveFile(new Blob([textOf()], { type }), name);
      return;
    }
    const text = textOf();
    const worked = await copyText(text);
    setIsCopied(worked);
    setByHand(worked ? '' : text);
  };
  return (
    <>
      <Button
        className="text-button"
        subtle={true}
        text={mayDownload() ? download : isCopied ? t('Copied') : copy}
        onClick={() => void exportText()}
      />
      {byHand && (
        <label className="problem-text">
          {t('The browser does not let Stapler copy or download here. Copy the text with the keyboard.')}
          <textarea readOnly={true} rows={6} value={byHand} />
        </label>
      )}
    </>
  );
}

/** Time the button shows the result, in milliseconds. */
const FEEDBACK_MS = 4_000;

/** Copies a text to the clipboard. */
export function CopyButton({ textOf }: { textOf: () => string }): React.JSX.Element {
  const [hasWorked, setHasWorked] = React.useState<boolean>();
  React.useEffect(() => {
    if (hasWorked === undefined) return;
    const timer = setTimeout(() => setHasWorked(undefined), FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [hasWorked]);
  const feedback = hasWorked === undefined ? '' : hasWorked ? t('Copied') : t('The browser refused');
  return (
    <>
      <Button
        className="text-button"
        subtle={true}
        text={feedback || t('Copy the report')}
        onClick={() => void copyText(textOf()).then(setHasWorked)}
      />
      <span className="for-screen-readers" role="status">
        {feedback}
      </span>
    </>
  );
}
