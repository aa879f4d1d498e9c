import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import { copyText } from './copy-text';
import './copy-button.css';

/** Time the button shows `Copied`, in milliseconds. */
const COPIED_MS = 4_000;

/** Copies a text, read at the click. */
export function CopyButton(props: {
  label: string;
  read: () => string;
  /** Called with the text if the browser refuses to copy, else with `undefined`. */
  onResult: (refused: string | undefined) => void;
  className?: string;
}): React.JSX.Element {
  const { label, read, onResult, className = 'text-button' } = props;
  const [isCopied, setIsCopied] = React.useState(false);

  React.useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async (): Promise<void> => {
    const text = read();
    const hasCopied = await copyText(text);
    setIsCopied(hasCopied);
    onResult(hasCopied ? undefined : text);
  };

  return (
    <>
      <Button className={className} text={isCopied ? t('Copied') : label} onClick={() => void copy()} />
      <span className="for-screen-readers" role="status">
        {isCopied && t('Copied')}
      </span>
    </>
  );
}

/** Selected text to copy with the keyboard, for pages without access to the clipboard. */
export function ManualCopy({ text }: { text: string }): React.JSX.Element {
  const area = React.useRef<HTMLTextAreaElement>(null);
  React.useEffect(() => {
    area.current?.focus();
    area.current?.select();
  }, [text]);
  return (
    <label className="problem-text">
      {t('Copying is blocked here. Copy the selected text with the keyboard.')}
      <textarea ref={area} readOnly={true} rows={6} value={text} />
    </label>
  );
}
