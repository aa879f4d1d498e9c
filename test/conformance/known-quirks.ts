/**
 * Differences between the published description and the service. Each entry is used by `openapi.ts`; otherwise, the
 * description applies literally.
 */

/** Only 200 is listed; the examples of uploads return 201 (REST reference A.1). */
export const successStatuses: readonly number[] = [200, 201];

/** Header parameters have their names in Microsoft's code, not on the wire. */
export const headerNames: Readonly<Record<string, string>> = { contentRangeHeader: 'Content-Range' };

/** Overrides `required` of a path segment if `false`: `{project}` and `{team}` are optional. */
export const requiredMark = 'x-ms-required';

/** The version may be in this header instead of the query (REST reference H). The header is not described. */
export const versionInAccept = /;\s*api-version=([^;,\s]+)/i;

/** The version parameter of undescribed operations. */
export const versionParameter = { in: 'query', name: 'api-version', type: 'string' } as const;

/** On Server, the collection may be below a virtual directory. No described path contains it. */
export const virtualDirectory = '/tfs';

/** Lists are described as bare arrays but returned as `{ count, value }`. */
export const listEnvelope = (items: object): object => ({
  type: 'object',
  required: ['count', 'value'],
  properties: { count: { type: 'integer' }, value: items },
  additionalProperties: false,
});

/** Parameter of `Accept` to request bare lists (REST reference H.1). */
export const noArrayWrap = /;\s*noArrayWrap=true/i;

/** Lists with `null` for unreadable items, with `errorPolicy=omit` (REST reference E.2). */
export const listsWithGaps: readonly string[] = ['Work Items_List', 'Work Items_Get Work Items Batch'];

/** An object without members means any JSON value: of a field, an attribute or a patch operation. */
export const anyValue: object = {};

/** Definitions unrelated to the data on the wire. */
export const replacedDefinitions: Readonly<Record<string, object>> = {
  // Described as a class with one member `links`; it is a map.
  ReferenceLinks: {
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['href'],
      properties: { href: { type: 'string' } },
    },
  },
  // Described as an object and an array at the same time.
  JsonPatchDocument: { type: 'array', items: { $ref: '#/definitions/JsonPatchOperation' } },
};

/** Members that others have observed in answers of versions without them. */
export const observedMembers: Readonly<Record<string, object>> = {
  WorkItem: {
    multilineFieldsFormat: {
      type: 'object',
      additionalProperties: { type: 'string', enum: ['markdown', 'html'] },
    },
  },
};

/** Members present in every example, or required of a patch by RFC 6902. No definition lists required members. */
export const requiredMembers: Readonly<Record<string, readonly string[]>> = {
  AttachmentReference: ['id', 'url'],
  JsonPatchOperation: ['op', 'path'],
  WorkItem: ['id', 'rev', 'fields', 'url'],
  WorkItemRelation: ['rel', 'url', 'attributes'],
};
