import type { LinkableAttachment } from '../model/attachment';
import type { PatchOperation } from '../rest/work-items';

/**
 * The patch that links all `attachments`: one revision, however many (REST reference D.1). `comment`, `name` and
 * `resourceSize` are always sent; without them the form shows a file of 0 KB that cannot be opened.
 */
export function addAttachmentsPatch(attachments: readonly LinkableAttachment[]): PatchOperation[] {
  return attachments.map(({ reference, name, comment, size }) => ({
    op: 'add',
    path: '/relations/-',
    value: {
      rel: 'AttachedFile',
      url: reference.url,
      attributes: { name, comment, resourceSize: size },
    },
  }));
}
