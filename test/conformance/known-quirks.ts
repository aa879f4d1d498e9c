/**
 * Where the published description says less than the service does, or something else. Each entry is used by
 * `openapi.ts`; whatever is not listed here is taken at its word.
 */

/** Only 200 is listed; the examples of uploads answer 201 (REST reference A.1). */
export const successStatuses: readonly number[] = [200, 201];

/** Parameters in headers stand there by the name that they have in Microsoft's code, not on the wire. */
export const headerNames: Readonly<Record<string, string>> = { contentRangeHeader: 'Content-Range' };

/** `required` of a path segment says nothing where this mark is `false`: `{project}` and `{team}` can be left out. */
export const requiredMark = 'x-ms-required';

/** The version may stand in the query, which alone is described, or in this header (REST reference H). */
export const versionInAccept = /;\s*api-version=([^;,\s]+)/i;

/** The version of what is not described, which no description can name. */
export const versionParameter = { in: 'query', name: 'api-version', type: 'string' } as const;

/** On Server the collection may lie below a virtual directory, which no path mentions. */
export const virtualDirectory = '/tfs';

/** Lists are described as bare arrays, and come as `{ count, value }`. */
export const listEnvelope = (items: object): object => ({
  type: 'object',
  required: ['count', 'value'],
  properties: { count: { type: 'integer' }, value: items },
  additionalProperties: false,
});

/** What a client says in `Accept` for lists that are bare all the same (REST reference H.1). */
export const noArrayWrap = /;\s*noArrayWrap=true/i;

/** Lists in which `null` stands for what cannot be read, with `errorPolicy=omit` (REST reference E.2). */
export const listsWithGaps: readonly string[] = ['Work Items_List', 'Work Items_Get Work Items Batch'];

/** An object without members stands for any JSON value: of a field, of an attribute, of a patch operation. */
export const anyValue: object = {};

/** Definitions that have nothing to do with what is on the wire. */
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
  // Described as an object that is an array at the same time.
  JsonPatchDocument: { type: 'array', items: { $ref: '#/definitions/JsonPatchOperation' } },
};

/** No definition says which members are always there. These are, in every example; those of a patch by RFC 6902. */
export const requiredMembers: Readonly<Record<string, readonly string[]>> = {
  AttachmentReference: ['id', 'url'],
  JsonPatchOperation: ['op', 'path'],
  WorkItem: ['id', 'rev', 'fields', 'url'],
  WorkItemRelation: ['rel', 'url', 'attributes'],
};
