import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { CopyButton, ManualCopy } from '../../ui/copy-button';
import { ErrorIcon } from '../../ui/icons';
import { asReadProblem, describeError, quoteName } from '../../upload/messages/problems';
import { wordsAround } from '../../upload/texts/excerpt';
import type { GallerySession } from '../gallery-session';
import type { GalleryState, RemovedFile } from '../gallery-state';
import type { TextUse } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import type { RehomeOffer } from './rehome-offers';
import { rehomeOffers } from './rehome-offers';
import { MAX_FILES_PER_TEXT } from './text-files';
import type { CopiedHere } from './texts-state';
import { describeCopied, nameText, nameTexts } from './text-sentences';
import type { UsedFile } from './used-files';
import { removedButUsed } from './used-files';
import './texts.css';

interface TextsProps {
  readonly state: GalleryState;
  readonly session: GallerySession;
}

/** What the list of files in texts does not show: its progress and limits, and removed files that a text still uses. */
export function TextsLines({ state, session }: TextsProps): React.JSX.Element {
  return (
    <>
      <RemovedLines state={state} session={session} />
      {state.copied && <CopiedLine copied={state.copied} isBusy={state.busy.size > 0} session={session} />}
      {state.withTexts && !state.isFolded && <ListLines state={state} session={session} />}
    </>
  );
}

function ListLines({ state, session }: TextsProps): React.JSX.Element | null {
  const { texts, textsProblem } = state;
  if (textsProblem)
    return (
      <p className="note" role="alert">
        <ErrorIcon />
        <span>
          {t("Can't read the text of this work item.")} {describeError(asReadProblem(textsProblem))}
        </span>
        <Button className="text-button" subtle={true} text={t('Retry')} onClick={session.readAgain} />
      </p>
    );
  if (!texts?.withComments)
    return (
      <p className="quiet texts-line" role="status">
        {t('Reading the description, other fields, and comments…')}
      </p>
    );
  return (
    <>
      {texts.files.length === 0 && (
        <p className="quiet texts-line" role="status">
          {t('There are no images or files in the text.')}
        </p>
      )}
      {texts.cut.map((text) => (
        <p key={nameText(text)} className="quiet texts-line" role="status">
          {t('Only the first {count, number} images and files of {text} are listed.', {
            count: MAX_FILES_PER_TEXT,
            text: nameText(text),
          })}
        </p>
      ))}
      {rehomeOffers(state.workItemId, texts.files).map((offer) => (
        <RehomeLine key={offer.from} offer={offer} />
      ))}
    </>
  );
}

/** Command for images of another organization. */
function RehomeLine({ offer }: { offer: RehomeOffer }): React.JSX.Element {
  const [refused, setRefused] = React.useState<string>();
  return (
    <div className="quiet texts-line texts-command">
      <span>
        {t('To copy images of {organization} here, run this command:', { organization: offer.from })}
      </span>
      <code>{offer.command}</code>
      <CopyButton label={t('Copy command')} read={() => offer.command} onResult={setRefused} />
      {refused !== undefined && <ManualCopy text={refused} />}
    </div>
  );
}

/** Removed files that a text still uses, with an offer to keep them. */
function RemovedLines({ state, session }: TextsProps): React.JSX.Element {
  const [dismissed, setDismissed] = React.useState<ReadonlySet<RemovedFile>>(new Set());
  return (
    <>
      {removedButUsed(state)
        .filter(({ removed }) => !dismissed.has(removed))
        .map((used) => (
          <RemovedLine
            key={keyOfFile(used.removed.file)}
            used={used}
            isBusy={state.busy.size > 0}
            onKeep={() => void session.restore([used.removed])}
            onDismiss={() => setDismissed(new Set([...dismissed, used.removed]))}
          />
        ))}
    </>
  );
}

function RemovedLine(props: {
  used: UsedFile;
  isBusy: boolean;
  onKeep: () => void;
  onDismiss: () => void;
}): React.JSX.Element {
  const { used, isBusy, onKeep, onDismiss } = props;
  const { removed, inText } = used;
  const [isOpen, setOpen] = React.useState(false);
  return (
    <div className="note texts-removed" role="alert" data-keeps-focus="">
      <span>
        {t(
          '{name} is still used in: {texts}. Azure DevOps deletes removed files after 28 days, so it might be missing there.',
          { texts: nameTexts(inText), name: quoteName(removed.file.name) },
        )}
      </span>
      <Button className="text-button" disabled={isBusy} text={t('Keep the file')} onClick={onKeep} />
      <Button
        className="text-button"
        subtle={true}
        ariaExpanded={isOpen}
        text={t('Show where')}
        onClick={() => setOpen(!isOpen)}
      />
      <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={onDismiss} />
      {isOpen && (
        <ul className="texts-places">
          {inText.uses.map((use, index) => (
            <UsedPlace key={index} use={use} name={removed.file.name} />
          ))}
        </ul>
      )}
    </div>
  );
}

function UsedPlace({ use, name }: { use: TextUse; name: string }): React.JSX.Element {
  const { text, source, file } = use;
  const { before, after } = wordsAround(source, file);
  return (
    <li>
      <span className="field-label">{nameText(text)}</span>{' '}
      <bdi>
        {before} <mark>{name}</mark> {after}
      </bdi>
    </li>
  );
}

/** Progress or result of copying images from elsewhere. */
function CopiedLine(props: {
  copied: CopiedHere;
  isBusy: boolean;
  session: GallerySession;
}): React.JSX.Element {
  const { copied, isBusy, session } = props;
  if (copied.status === 'copying')
    return (
      <p className="note" role="status">
        {t('Copying image {at, number} of {count, number}…', { at: copied.done + 1, count: copied.total })}
      </p>
    );
  const canUndo = copied.rewritten.length > 0 && typeof copied.undoing !== 'number';
  return (
    <p className="note" role="status">
      <span>{describeCopied(copied)}</span>
      {canUndo && (
        <Button
          className="text-button"
          disabled={isBusy || copied.undoing === 'pending'}
          text={t('Undo')}
          onClick={() => void session.undoCopyHere()}
        />
      )}
      <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={session.dismissCopied} />
    </p>
  );
}
