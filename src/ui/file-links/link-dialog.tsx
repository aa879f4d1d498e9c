import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import { toProblem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import type { FileAddress } from '../../upload/file-links/file-address';
import { readFileAddress } from '../../upload/file-links/file-address';
import type { FileLinks } from '../../upload/file-links/file-links';
import type { LinkRequest } from '../../upload/file-links/link-requests';
import { describeLinkPlace, describeSecretLink } from '../../upload/messages/file-links';
import { describeError, joinSentences, quoteName } from '../../upload/messages/problems';
import { Dialog } from '../dialog';

/** Asks for the address of a file and a comment. Keeps both when adding the link fails. */
export function LinkDialog(props: {
  request: LinkRequest;
  link: (address: FileAddress, comment: string) => ReturnType<FileLinks['add']>;
  onClose: () => void;
}): React.JSX.Element {
  const { request, link, onClose } = props;
  const { replacedName } = request;
  const [text, setText] = React.useState('');
  const [comment, setComment] = React.useState('');
  const [isBusy, setBusy] = React.useState(false);
  const [failure, setFailure] = React.useState<string>();
  const noteId = React.useRef(`link-note-${Math.random().toString(36).slice(2)}`);
  const address = readFileAddress(text);

  async function add(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    if (!address) {
      setFailure(t('Enter an address that starts with https://.'));
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      await link(address, comment.trim());
      onClose();
    } catch (error) {
      setFailure(describeError(toProblem(error)));
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={
        replacedName === undefined
          ? t('Add link')
          : t('Link {name} instead', { name: quoteName(replacedName) })
      }
      onClose={onClose}
    >
      <form className="link-form" noValidate={true} onSubmit={(event) => void add(event)}>
        <p>
          {replacedName === undefined
            ? t('The file stays where it is. The work item gets a link to it.')
            : t(
                'Put the file where others can open it, such as SharePoint or Azure Repos. Then paste its address here.',
              )}
        </p>
        <label className="field-block">
          <span className="field-label">{t('Address')}</span>
          <input
            type="url"
            className="field"
            value={text}
            autoComplete="off"
            spellCheck={false}
            aria-required="true"
            aria-invalid={failure !== undefined && !address}
            aria-describedby={noteId.current}
            onChange={({ target }) => {
              setText(target.value);
              setFailure(undefined);
            }}
          />
        </label>
        <p id={noteId.current} className="quiet" role="status">
          {address && describeAddress(address)}
        </p>
        <label className="field-block">
          <span className="field-label">{t('Comment (optional)')}</span>
          <input
            type="text"
            className="field"
            value={comment}
            maxLength={MAX_COMMENT_LENGTH}
            autoComplete="off"
            onChange={({ target }) => setComment(target.value)}
          />
        </label>
        {failure !== undefined && (
          <p className="field-error" role="alert">
            {failure}
          </p>
        )}
        <div className="dialog-buttons">
          <Button text={t('Cancel')} onClick={onClose} />
          <Button
            type="submit"
            primary={true}
            text={isBusy ? t('Adding…') : t('Add link')}
            disabled={isBusy}
          />
        </div>
      </form>
    </Dialog>
  );
}

/** Says what the address tells about the file. */
function describeAddress({ place, name, isFile, hasSecret }: FileAddress): string {
  const fact = isFile
    ? [name, describeLinkPlace(place)].filter(Boolean).join(' · ')
    : t("This doesn't look like the address of a file. Only the Links tab will show it.");
  return joinSentences(fact, hasSecret && describeSecretLink());
}
