import * as React from 'react';
import { downloadAttachment } from '../attachments';
import { useHostPage, useTask } from '../host-page';
import { attachmentsOf, nameOf, textOf, type WorkItem } from '../work-item';
import { AttachmentButton } from './attachment-button';
import { formatBytes, formatTime } from '../format';

/** The host's own list of attachments. It knows those of the last load and learns of others by a refresh. */
export function AttachmentsTab({ item }: { item: WorkItem }) {
  const { rest } = useHostPage();
  const run = useTask();
  const attachments = attachmentsOf(item);
  if (attachments.length === 0) return <p className="empty">There are no attachments in this work item.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className="number">
            Size
          </th>
          <th scope="col">Date attached</th>
          <th scope="col">Comments</th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {attachments.map((attachment) => (
          <tr key={attachment.url}>
            <th scope="row" className="wrap">
              <AttachmentButton attachment={attachment} />
            </th>
            <td className="number">{formatBytes(attachment.attributes.resourceSize)}</td>
            <td>{formatTime(attachment.attributes.resourceCreatedDate)}</td>
            <td className="wrap">{textOf(attachment.attributes.comment)}</td>
            <td>
              <button
                type="button"
                className="quiet"
                aria-label={`Download ${nameOf(attachment)}`}
                onClick={() => run(() => downloadAttachment(rest, attachment.url, nameOf(attachment)))}
              >
                Download
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
