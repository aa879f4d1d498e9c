import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { copyText } from '../ui/copy-text';
import { mayDownload, saveFile } from '../ui/save-file';

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
