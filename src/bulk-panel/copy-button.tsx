import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../i18n/translate';
import { copyText } from '../ui/copy-text';

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
