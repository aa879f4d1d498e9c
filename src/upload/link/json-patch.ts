import type { LinkableAttachment, Relation } from '../../azure/work-item';
import type { PatchOperation } from '../../azure/rest/work-items';

/**
 * Creates a patch to link `attachments` in one revision (REST reference D.1). Always sends `comment`, `name` and
 * `resourceSize`; without them, the form shows a file of 0 KB and cannot open it.
 */
export function addAttachmentsPatch(attachments: readonly LinkableAttachment[]): PatchOperation[] {
  return attachments.map(({ reference, name, comment, size }) =>
    add({ rel: 'AttachedFile', url: reference.url, attributes: { name, comment, resourceSize: size } }),
  );
}

/** Creates an operation to add a hyperlink (REST reference D.1). */
export function addLinkPatch(url: string, comment: string): PatchOperation {
  return add({ rel: 'Hyperlink', url, attributes: { comment } });
}

/** Creates a patch to restore relations removed by mistake. The server gives them new dates. */
export function restoreRelationsPatch(relations: readonly Relation[]): PatchOperation[] {
  return relations.map(({ rel, url, attributes }) => {
    const { name, comment, resourceSize, isLocked } = attributes;
    return add({ rel, url, attributes: { name, comment, resourceSize, isLocked } });
  });
}

/** Creates a patch to remove the relations at `indexes`, last one first, since each removal shifts the later ones. */
export function removeRelationsPatch(indexes: readonly number[]): PatchOperation[] {
  return [...indexes].sort((a, b) => b - a).map((index) => ({ op: 'remove', path: `/relations/${index}` }));
}

/** Creates a patch to set the comment of the relation at `index`. `replace` requires an existing one. */
export function setCommentPatch(index: number, comment: string, hasComment: boolean): PatchOperation[] {
  const path = `/relations/${index}/attributes/comment`;
  return [{ op: hasComment ? 'replace' : 'add', path, value: comment }];
}

/** Creates an operation to rename the attachment at `index`, which has a name, as published clients do. */
export function setNamePatch(index: number, name: string): PatchOperation {
  return { op: 'replace', path: `/relations/${index}/attributes/name`, value: name };
}

/** Makes a patch fail if the work item has another revision. */
export function testRevision(revision: number): PatchOperation {
  return { op: 'test', path: '/rev', value: revision };
}

/** Makes a patch fail if another relation is at `index`. */
export function testRelation(index: number, { url }: Relation): PatchOperation {
  return { op: 'test', path: `/relations/${index}/url`, value: url };
}

function add(value: object): PatchOperation {
  return { op: 'add', path: '/relations/-', value };
}
