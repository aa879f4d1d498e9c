import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../i18n/translate';
import { Dialog } from '../ui/dialog';
import type { CopiedPart } from './copy-sentences';
import { describeCopying } from './copy-sentences';

/** A text that the browser does not let a page copy, selected for the person to do it. */
export function CopyByHandDialog(props: {
  text: string;
  what: CopiedPart;
  onClose: () => void;
}): React.JSX.Element {
  const { text, what, onClose } = props;
  const field = React.useRef<HTMLTextAreaElement>(null);
  React.useEffect(() => field.current?.select(), []);
  return (
    <Dialog title={describeCopying(what)} onClose={onClose}>
      <label className="field-block">
        {t('The browser does not let Stapler copy here. Copy it with the keyboard.')}
        <textarea ref={field} className="field" readOnly={true} rows={3} value={text} />
      </label>
      <div className="dialog-buttons">
        <Button text={t('Close')} onClick={onClose} />
      </div>
    </Dialog>
  );
}
