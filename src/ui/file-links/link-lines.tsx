import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { WorkItem } from '../../azure/work-item';
import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import type { FileAddress } from '../../upload/file-links/file-address';
import type { FileLink, FileLinks, FileLinksOptions, OpenLinkItem } from '../../upload/file-links/file-links';
import { createFileLinks, titleOf } from '../../upload/file-links/file-links';
import type { LinkRequest } from '../../upload/file-links/link-requests';
import { endLinkRequest } from '../../upload/file-links/link-requests';
import { describeLinkPlace, describeSecretLink } from '../../upload/messages/file-links';
import { describeError, describeProblem, joinSentences, quoteName } from '../../upload/messages/problems';
import { copyText } from '../copy-text';
import { CommentDialog } from '../comment-dialog';
import { useStore } from '../hooks';
import { CopyIcon, EditIcon, ErrorIcon, FileIcon, IconButton, LinkIcon, TrashIcon } from '../icons';
import { FileName } from '../rich-text';
import '../save-line.css';
import { LinkDialog } from './link-dialog';
import './links.css';

/** Linked files of a work item, the offer to link another one, and the dialog for an address. */
export function LinkLines(props: {
  item: OpenLinkItem;
  /** As it was read last. */
  workItem: WorkItem | undefined;
  /** Pasted or dropped address. */
  offered: FileAddress | undefined;
  request: LinkRequest | undefined;
  edges: FileLinksOptions;
  /** Called after the answer to the offer. */
  onAnswered: () => void;
}): React.JSX.Element {
  const { item, workItem, offered, request, edges, onAnswered } = props;
  const [session] = React.useState(() => createFileLinks(edges));
  React.useEffect(() => {
    if (workItem) session.onRead(workItem);
  }, [session, workItem]);
  const state = useStore(session);
  const links = state.links.filter(({ workItemId }) => workItemId === item.id);
  const { removed, failed } = state;
  return (
    <div className="linked-files" data-keeps-focus="">
      {offered && (
        <LinkOffer
          key={offered.url}
          address={offered}
          link={(address) => session.add({ ...address, workItemId: item.id, comment: '' })}
          onAnswered={onAnswered}
        />
      )}
      {removed && (
        <p className="line-text">
          <span role="status">{t('Removed the link to {name}.', { name: quoteName(titleOf(removed)) })}</span>
          <Button className="text-button" text={t('Undo')} onClick={() => void session.undo()} />
          <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={session.dismiss} />
        </p>
      )}
      {failed && (
        <p className="line-text" role="alert">
          <ErrorIcon />
          <span>{describeProblem(failed.problem, quoteName(titleOf(failed.link)))}</span>
          <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={session.dismiss} />
        </p>
      )}
      {links.length > 0 && (
        <>
          <h3 className="linked-files-title quiet">{t('Linked files')}</h3>
          <ul className="linked-files-list" aria-label={t('Linked files')}>
            {links.map((link) => (
              <LinkRow
                key={link.url}
                link={link}
                changes={item.canChange ? session : undefined}
                isBusy={state.busy.has(link.url)}
              />
            ))}
          </ul>
        </>
      )}
      {request && item.canChange && (
        <LinkDialog
          request={request}
          link={(address, comment) =>
            session.add({ ...address, workItemId: item.id, comment }, request.onLinked)
          }
          onClose={endLinkRequest}
        />
      )}
    </div>
  );
}

function LinkRow(props: {
  link: FileLink;
  isBusy: boolean;
  /** Missing if links cannot be changed. */
  changes: Pick<FileLinks, 'remove' | 'changeComment'> | undefined;
}): React.JSX.Element {
  const { link, isBusy, changes } = props;
  const { url, host, place, comment, name } = link;
  const title = titleOf(link);
  const [isCopied, setCopied] = React.useState(false);
  const [isEditing, setEditing] = React.useState(false);
  return (
    <li>
      <FileIcon name={title} />
      <span className="linked-file">
        <a className="link-button" href={url} target="_blank" rel="noreferrer noopener">
          <FileName name={title} />
        </a>
        <span className="linked-file-place quiet" title={host}>
          {[describeLinkPlace(place), host].filter(Boolean).join(' · ')}
        </span>
        {name !== '' && comment !== '' && <span className="quiet">{comment}</span>}
      </span>
      <IconButton
        label={t('Copy link to {name}', { name: title })}
        icon={<CopyIcon />}
        onClick={() => void copyText(url).then(setCopied)}
      />
      {changes && (
        <>
          <IconButton
            label={t('Edit comment for {name}', { name: title })}
            icon={<EditIcon />}
            isDisabled={isBusy}
            onClick={() => setEditing(true)}
          />
          <IconButton
            label={t('Remove the link to {name}', { name: title })}
            icon={<TrashIcon />}
            isDisabled={isBusy}
            onClick={() => void changes.remove(link)}
          />
        </>
      )}
      {changes && isEditing && (
        <CommentDialog
          name={title}
          comment={comment}
          limit={MAX_COMMENT_LENGTH}
          onSave={(text) => changes.changeComment(link, text)}
          onClose={() => setEditing(false)}
        />
      )}
      <span className="for-screen-readers" role="status">
        {isCopied && t('Copied')}
      </span>
    </li>
  );
}

/** Offers to link a pasted or dropped address. */
function LinkOffer(props: {
  address: FileAddress;
  link: (address: FileAddress) => ReturnType<FileLinks['add']>;
  onAnswered: () => void;
}): React.JSX.Element {
  const { address, link, onAnswered } = props;
  const [isBusy, setBusy] = React.useState(false);
  const [problem, setProblem] = React.useState<Problem>();
  const name = address.name || address.host;

  async function add(): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      await link(address);
      onAnswered();
    } catch (error) {
      setProblem(toProblem(error));
      setBusy(false);
    }
  }

  return (
    <div className="save-line" role="group" aria-label={t('Address of a file')}>
      <p className="line-text" role="status">
        <LinkIcon />
        <span>
          {joinSentences(
            t('This is the address of {name} on {host}.', { name: quoteName(name), host: address.host }),
            address.hasSecret && describeSecretLink(),
          )}
        </span>
      </p>
      {problem && (
        <p className="field-error" role="alert">
          {describeError(problem)}
        </p>
      )}
      <div className="save-line-choices">
        <Button
          primary={true}
          text={t('Add link to {name}', { name })}
          disabled={isBusy}
          onClick={() => void add()}
        />
        <Button text={t('Dismiss')} disabled={isBusy} onClick={onAnswered} />
      </div>
    </div>
  );
}
