import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { CopyButton, ManualCopy } from '../../../ui/copy-button';

/** Saves a file to the person's disk; missing if the frame cannot save files. */
export type SaveFile = ((bytes: Blob, name: string) => void) | undefined;

/** Button to save a table, or to copy it where the frame cannot save files. */
export function CsvButton(props: {
  text: string;
  /** Name of the saved file. */
  name: string;
  write: () => string;
  save: SaveFile;
}): React.JSX.Element {
  const { text, name, write, save } = props;
  const [refused, setRefused] = React.useState<string>();
  if (save)
    return <Button text={text} onClick={() => save(new Blob([write()], { type: 'text/csv' }), name)} />;
  return (
    <>
      {refused !== undefined && <ManualCopy text={refused} />}
      <CopyButton label={t('Copy as CSV')} read={write} onResult={setRefused} />
    </>
  );
}
