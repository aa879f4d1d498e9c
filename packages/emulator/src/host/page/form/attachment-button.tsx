import * as React from 'react';
import { openAttachment } from '../attachments';
import { useHostPage, useTask } from '../host-page';
import { nameOf, type Relation } from '../work-item';

/** An attachment's name; pressing it opens the bytes. */
export function AttachmentButton({ attachment }: { attachment: Relation }) {
  const { rest } = useHostPage();
  const run = useTask();
  const name = nameOf(attachment);
  return (
    <button
      type="button"
      className="link"
      onClick={() => run(() => openAttachment(rest, attachment.url, name))}
    >
      {name}
    </button>
  );
}
