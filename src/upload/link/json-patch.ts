import type { LinkableAttachment } from '../../azure/attachment';
import type { Relation } from '../../azure/work-item';
import type { PatchOperation } from '../../azure/rest/work-items';

/**
 * The patch that links all `attachments`: one revision, however many (REST reference D.1). `comment`, `name` and
 * `resourceSize` are always sent; without them the form shows a file of 0 KB that cannot be opened.
 */
export function addAttachmentsPatch(attachments: readonly LinkableAttachment[]): PatchOperation[] {
  return attachments.map(({ reference, name, comment, size }) =>
    add({ rel: 'AttachedFile', url: reference.url, attributes: { name, comment, resourceSize: size } }),
  );
}

/** The patch that puts relations back that were taken away by mistake; the server dates them anew. */
export function restoreRelationsPatch(relations: readonly Relation[]): PatchOperation[] {
  return relations.map(({ rel, url, attributes }) => {
    const { name, comment, resourceSize, isLocked } = attributes;
    return add({ rel, url, attributes: { name, comment, resourceSize, isLocked } });
  });
}

/**
 * The patch that removes the relations at `indexes`. From the highest index down, since each removal shifts what
 * stands behind it.
 */
export function removeRelationsPatch(indexes: readonly number[]): PatchOperation[] {
  return [...indexes].sort((a, b) => b - a).map((index) => ({ op: 'remove', path: `/relations/${index}` }));
}

/** The patch that gives the relation at `index` a comment; `replace` needs one to be there. */
export function setCommentPatch(index: number, comment: string, hasComment: boolean): PatchOperation[] {
  const path = `/relations/${index}/attributes/comment`;
  return [{ op: hasComment ? 'replace' : 'add', path, value: comment }];
}

/** Lets a patch fail unless the work item is the one that was read. */
export function testRevision(revision: number): PatchOperation {
  return { op: 'test', path: '/rev', value: revision };
}

/** Lets a patch fail unless the relation at `index` is the one that was read. */
export function testRelation(index: number, { url }: Relation): PatchOperation {
  return { op: 'test', path: `/relations/${index}/url`, value: url };
}

function add(value: object): PatchOperation {
  return { op: 'add', path: '/relations/-', value };
}
