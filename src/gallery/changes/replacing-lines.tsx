import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useStore } from '../../ui/hooks';
import { quoteName } from '../../upload/messages/problems';
import { describeWorkItem } from '../../upload/messages/work-items';
import { keyOfFile } from '../model/attached-file';
import { ProgressLine } from '../progress-line';
import type { Replacements, Replacing } from './replacing';

/** Progress of each replacement, or the question about a new file whose old one is gone. */
export function ReplacingLines({ replacements }: { replacements: Replacements }): React.JSX.Element {
  const replacing = useStore(replacements);
  return (
    <>
      {[...replacing.values()].map((each) => (
        <div key={keyOfFile(each.file)} className="gallery-job note">
          <ReplacingLine replacing={each} replacements={replacements} />
        </div>
      ))}
    </>
  );
}

function ReplacingLine(props: { replacing: Replacing; replacements: Replacements }): React.JSX.Element {
  const { replacing, replacements } = props;
  const { file, name, bytesSent, bytesTotal, unlinked, isBeside } = replacing;
  const cancel = (): void => replacements.cancel(file);
  if (unlinked)
    return (
      <>
        <span role="alert">
          {t("{name} was removed from {workItem} before it could be replaced. The new file isn't attached.", {
            name: quoteName(file.name),
            workItem: describeWorkItem(file.workItemId, file.workItemType),
          })}
        </span>
        <div className="gallery-buttons">
          <Button
            className="text-button"
            text={t('Attach anyway')}
            onClick={() => void replacements.attachAnyway(replacing)}
          />
          <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={cancel} />
        </div>
      </>
    );
  const progress = { bytesDone: bytesSent, bytesTotal, maxPercent: 99, onCancel: cancel };
  if (isBeside)
    return (
      <ProgressLine
        {...progress}
        text={t('Attaching {name}…', { name: quoteName(name) })}
        label={t('Attaching {name}…', { name })}
        cancelLabel={t('Cancel {name}', { name })}
      />
    );
  return (
    <ProgressLine
      {...progress}
      text={
        name === file.name
          ? t('Replacing {name}…', { name: quoteName(name) })
          : t('Replacing {name} with {newName}…', {
              name: quoteName(file.name),
              newName: quoteName(name),
            })
      }
      label={t('Replacing {name}…', { name: file.name })}
      cancelLabel={t('Cancel replacing {name}', { name: file.name })}
    />
  );
}
