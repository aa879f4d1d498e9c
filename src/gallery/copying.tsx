import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import { Dialog } from '../ui/dialog';

/** Part of a file to copy to the clipboard. */
export type CopiedPart = 'name' | 'link' | 'markdown-image' | 'markdown-link';

/** Time to show that something was copied, in milliseconds. */
const NOTICE_MS = 4_000;

/** @returns The part copied a moment ago, and a function to set it. */
export function useCopiedNotice(): readonly [CopiedPart | undefined, (part: CopiedPart) => void] {
  const [copied, setCopied] = React.useState<CopiedPart>();
  React.useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(undefined), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, setCopied];
}

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
        {t('The browser does not let Stapler copy here. Copy it with the keyboard.')}
        <textarea ref={field} className="field" readOnly={true} rows={3} value={text} />
      </label>
      <div className="dialog-buttons">
        <Button text={t('Close')} onClick={onClose} />
      </div>
    </Dialog>
  );
}

/** Message after a copy. */
export function describeCopied(part: CopiedPart): string {
  switch (part) {
    case 'name':
      return t('Copied the name.');
    case 'link':
      return t('Copied the link.');
    case 'markdown-image':
      return t('Copied the Markdown image.');
    case 'markdown-link':
      return t('Copied the Markdown link.');
  }
}

function describeCopying(part: CopiedPart): string {
  switch (part) {
    case 'name':
      return t('Copy the name');
    case 'link':
      return t('Copy the link');
    case 'markdown-image':
      return t('Copy the Markdown image');
    case 'markdown-link':
      return t('Copy the Markdown link');
  }
}
