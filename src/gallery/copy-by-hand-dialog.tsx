import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import { Dialog } from '../ui/dialog';
import type { CopiedPart } from './copying';

/** Selected text for the person to copy, when the browser denies access to the clipboard. */
export function CopyByHandDialog(props: {
  text: string;
  part: CopiedPart;
  onClose: () => void;
}): React.JSX.Element {
  const { text, part, onClose } = props;
  const field = React.useRef<HTMLTextAreaElement>(null);
  React.useEffect(() => field.current?.select(), []);
  return (
    <Dialog title={describeCopying(part)} onClose={onClose}>
      <label className="field-block">
        {t('Copying is blocked here. Copy the selected text with the keyboard.')}
        <textarea ref={field} className="field" readOnly={true} rows={3} value={text} />
      </label>
      <div className="dialog-buttons">
        <Button text={t('Close')} onClick={onClose} />
      </div>
    </Dialog>
  );
}

function describeCopying(part: CopiedPart): string {
  switch (part) {
    case 'name':
      return t('Copy name');
    case 'link':
      return t('Copy link');
    case 'markdown-image':
      return t('Copy Markdown image');
    case 'markdown-link':
      return t('Copy Markdown link');
  }
}
