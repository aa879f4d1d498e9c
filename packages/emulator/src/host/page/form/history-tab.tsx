import * as React from 'react';
import { formatTime } from '../format';
import { useHostPage } from '../host-page';
import {
  isAttachment,
  linksOf,
  textOf,
  type Relation,
  type WorkItem,
  type WorkItemUpdate,
} from '../work-item';
import { AttachmentButton } from './attachment-button';
import { linkText } from './links-tab';

/** Bookkeeping fields that change with every revision. */
const bookkeeping =
  /^System\.(Rev|Id|Watermark|AuthorizedDate|AuthorizedAs|RevisedDate|Changed(Date|By)|PersonId)$/;

/**
 * Revisions of the work item, newest first. Loaded when the tab is opened or the form has a newer revision.
 */
export function HistoryTab({ item }: { item: WorkItem }) {
  const { rest, messages } = useHostPage();
  const [updates, setUpdates] = React.useState<WorkItemUpdate[]>();
  React.useEffect(() => {
    let current = true;
    const show = (read: WorkItemUpdate[]): void => {
      if (current) setUpdates(read.reverse());
    };
    if (item.id > 0) rest.readUpdates(item.id).then(show, messages.showError);
    return () => {
      current = false;
    };
  }, [item, rest, messages]);

  if (item.id <= 0) return <p className="empty">A new work item has no history yet.</p>;
  if (!updates) return <p className="empty">Loading…</p>;
  return (
    <ol className="history">
      {updates.map((update) => (
        <li key={update.id}>
          <p>
            <strong>Revision {update.rev}</strong>
            {summaryOf(update)}
            <Attachments verb="added" relations={update.relations?.added} />
            <Attachments verb="removed" relations={update.relations?.removed} />
            <Attachments verb="changed" relations={update.relations?.updated} />
          </p>
          <p className="history-who">
            {[update.revisedBy?.displayName ?? 'Unknown user', formatTime(timeOf(update))]
              .filter(Boolean)
              .join(', ')}
          </p>
        </li>
      ))}
    </ol>
  );
}

interface AttachmentsProps {
  verb: string;
  relations: Relation[] | undefined;
}

function Attachments({ verb, relations = [] }: AttachmentsProps) {
  return (
    <>
      {relations.filter(isAttachment).map((attachment) => (
        <React.Fragment key={attachment.url}>
          {` · ${verb} attachment `}
          <AttachmentButton attachment={attachment} />
        </React.Fragment>
      ))}
    </>
  );
}

function summaryOf({ id, rev, fields = {}, relations = {} }: WorkItemUpdate): string {
  const names = Object.keys(fields)
    .filter((field) => !bookkeeping.test(field))
    .map((field) => field.replace(/^.*\./, ''));
  const parts = [
    ...(id === 1 ? ['created'] : names.length > 0 ? [`changed ${names.join(', ')}`] : []),
    ...linksOf({ id: 0, rev, fields: {}, relations: relations.added ?? [] }).map(
      (link) => `added link ${linkText(link)}`,
    ),
    ...linksOf({ id: 0, rev, fields: {}, relations: relations.removed ?? [] }).map(
      (link) => `removed link ${linkText(link)}`,
    ),
  ];
  return parts.map((part) => ` · ${part}`).join('');
}

/** When the revision was made. Its `revisedDate` is when the next one came, and 9999 as long as there is none. */
function timeOf({ fields }: WorkItemUpdate): string {
  return textOf(fields?.['System.ChangedDate']?.newValue);
}
