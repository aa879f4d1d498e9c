import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { Dialog } from '../ui/dialog';

/** A text that the browser does not let a page copy, selected for the person to do it. */
export function CopyByHandDialog(props: {
  text: string;
  /** `the link` */
  what: string;
  onClose: () => void;
}): React.JSX.Element {
  const { text, what, onClose } = props;
  const field = React.useRef<HTMLTextAreaElement>(null);
  React.useEffect(() => field.current?.select(), []);
  return (
    <Dialog title={`Copy ${what}`} onClose={onClose}>
      <label className="field-block">
        The browser does not let Stapler copy here. Copy it with the keyboard.
        <textarea ref={field} className="field" readOnly={true} rows={3} value={text} />
      </label>
      <div className="dialog-buttons">
        <Button text="Close" onClick={onClose} />
      </div>
    </Dialog>
  );
}
