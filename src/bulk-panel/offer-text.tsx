import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { copyText } from '../ui/copy-text';

/** In a sandboxed frame the browser downloads nothing, and does not say so (host reference 5.1). */
const mayDownload = (): boolean => window.origin !== 'null';

/** How long the address of a download stays valid, in milliseconds. */
const DOWNLOAD_MS = 60_000;

/** A button that hands out a text as a file, or by the clipboard where the frame may not download. */
export function OfferText(props: {
  /** `the report as CSV`. */
  what: string;
  /** How the button begins where it downloads. */
  action: string;
  name: string;
  type: string;
  textOf: () => string;
}): React.JSX.Element {
  const { what, action, name, type, textOf } = props;
  const [byHand, setByHand] = React.useState('');
  const [isCopied, setIsCopied] = React.useState(false);
  const hand = async (): Promise<void> => {
    if (mayDownload()) {
      download(textOf(), name, type);
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
        text={mayDownload() ? `${action} ${what}` : isCopied ? 'Copied' : `Copy ${what}`}
        onClick={() => void hand()}
      />
      {byHand && (
        <label className="problem-text">
          The browser does not let Stapler copy or download here. Copy the text with the keyboard.
          <textarea readOnly={true} rows={6} value={byHand} />
        </label>
      )}
    </>
  );
}

function download(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), DOWNLOAD_MS);
}
