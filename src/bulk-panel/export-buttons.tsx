import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../i18n/translate';
import { copyText } from '../ui/copy-text';
import { mayDownload, saveFile } from '../ui/save-file';

/** A button that hands out a text as a file, or by the clipboard where the frame may not download. */
export function ExportButton(props: {
  /** What the button says where it downloads: `Download the report (CSV)`. */
  download: string;
  /** What it says where it copies: `Copy the report (CSV)`. */
  copy: string;
  name: string;
  type: string;
  textOf: () => string;
}): React.JSX.Element {
  const { download, copy, name, type, textOf } = props;
  const [byHand, setByHand] = React.useState('');
  const [isCopied, setIsCopied] = React.useState(false);
  const hand = async (): Promise<void> => {
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
        onClick={() => void hand()}
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

/** How long the button says what came of it, in milliseconds. */
const TOLD_MS = 4_000;

/** Puts a text on the clipboard. */
export function CopyButton({ textOf }: { textOf: () => string }): React.JSX.Element {
  const [hasWorked, setHasWorked] = React.useState<boolean>();
  React.useEffect(() => {
    if (hasWorked === undefined) return;
    const timer = setTimeout(() => setHasWorked(undefined), TOLD_MS);
    return () => clearTimeout(timer);
  }, [hasWorked]);
  const told = hasWorked === undefined ? '' : hasWorked ? t('Copied') : t('The browser refused');
  return (
    <>
      <Button
        className="text-button"
        subtle={true}
        text={told || t('Copy the report')}
        onClick={() => void copyText(textOf()).then(setHasWorked)}
      />
      <span className="for-screen-readers" role="status">
        {told}
      </span>
    </>
  );
}
