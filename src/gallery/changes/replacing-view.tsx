import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import { quoteName } from '../../upload/messages/problems';
import { describeWorkItem } from '../../upload/messages/work-items';
import { useStore } from '../../ui/hooks';
import type { GallerySession } from '../gallery-session';
import { ProgressLine } from '../progress-line';
import type { Replacements, Replacing } from './replacing';

/**
 * Lets the person pick the new file for a replacement.
 *
 * @returns The file input, to be rendered once, and a function to open it during a click or key press.
 */
export function useSuccessorPicker(session: Pick<GallerySession, 'replacements' | 'copyHere'>): {
  readonly input: React.JSX.Element;
  readonly pickSuccessor: (file: AttachedFile) => void;
} {
  const picker = React.useRef<HTMLInputElement>(null);
  const replaced = React.useRef<AttachedFile>();
  const input = (
    <input
      ref={picker}
      type="file"
      hidden={true}
      aria-label={t('Replacement file')}
      tabIndex={-1}
      onChange={({ target }) => {
        const [picked] = target.files ?? [];
        // Otherwise the same file cannot be picked twice in a row.
        target.value = '';
        const { current: file } = replaced;
        if (!picked || !file) return;
        // A file in a text gets another address.
        if (file.inText) void session.copyHere([file], picked);
        else void session.replacements.start(file, picked);
      }}
    />
  );
  return {
    input,
    pickSuccessor(file) {
      replaced.current = file;
      picker.current?.click();
    },
  };
}

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
  const { file, name, bytesSent, bytesTotal, unlinked } = replacing;
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
  return (
    <ProgressLine
      text={
        name === file.name
          ? t('Replacing {name}…', { name: quoteName(name) })
          : t('Replacing {name} with {newName}…', {
              name: quoteName(file.name),
              newName: quoteName(name),
            })
      }
      label={t('Replacing {name}…', { name: file.name })}
      bytesDone={bytesSent}
      bytesTotal={bytesTotal}
      maxPercent={99}
      cancelLabel={t('Cancel replacing {name}', { name: file.name })}
      onCancel={cancel}
    />
  );
}
