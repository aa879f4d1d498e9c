import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { copyText } from '../ui/copy-text';

/** How long the button says what came of it, in milliseconds. */
const TOLD_MS = 4_000;

/** Puts a text on the clipboard. */
export function CopyButton({ textOf }: { textOf: () => string }): React.JSX.Element {
  const [told, tell] = React.useState('');
  React.useEffect(() => {
    if (told === '') return;
    const timer = setTimeout(() => tell(''), TOLD_MS);
    return () => clearTimeout(timer);
  }, [told]);
  return (
    <>
      <Button
        className="text-button"
        subtle={true}
        text={told || 'Copy the report'}
        onClick={() =>
          void copyText(textOf()).then((worked) => tell(worked ? 'Copied' : 'The browser refused'))
        }
      />
      <span className="for-screen-readers" role="status">
        {told}
      </span>
    </>
  );
}
