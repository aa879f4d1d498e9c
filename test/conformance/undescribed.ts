import type { Parameter, Swagger } from './openapi';

/** Values of `FieldType`. */
const fieldTypes = [
  'string',
  'integer',
  'dateTime',
  'plainText',
  'html',
  'treePath',
  'history',
  'double',
  'guid',
  'boolean',
  'identity',
  'picklistString',
  'picklistInteger',
  'picklistDouble',
];

/**
 * Operations missing in the published or trimmed descriptions, in the same format. Each names its source; the other
 * definitions are in the published description.
 */
export const undescribed: Pick<Swagger, 'paths' | 'definitions'> = {
  paths: {
    // REST reference E.1: the page "Work Item Batch Update" and what clients send.
    '/{organization}/{project}/_apis/wit/$batch': {
      patch: {
        operationId: 'Work Items_Update Batch',
        consumes: ['application/json', 'application/json-patch+json'],
        parameters: [
          ...place(),
          query('bypassRules', 'boolean'),
          query('suppressNotifications', 'boolean'),
          body({ type: 'array', items: { $ref: '#/definitions/BatchRequest' } }),
        ],
        ...answers({ type: 'array', items: { $ref: '#/definitions/BatchAnswer' } }, 'vso.work_write'),
      },
    },
    // Work Items - Create, Work Items - Delete, Revisions - List and Updates - List of the published description,
    // removed from the trimmed one.
    '/{organization}/{project}/_apis/wit/workitems/${type}': { post: create(), patch: create() },
    '/{organization}/{project}/_apis/wit/workitems/{id}': {
      delete: {
        operationId: 'Work Items_Delete',
        parameters: [...place(), workItemId(), query('destroy', 'boolean')],
        ...answers({ $ref: '#/definitions/WorkItemDelete' }, 'vso.work_write'),
      },
    },
    '/{organization}/{project}/_apis/wit/workItems/{id}/revisions': {
      get: {
        operationId: 'Revisions_List',
        parameters: [...place(), workItemId(), ...paging(), expand()],
        ...answers({ type: 'array', items: { $ref: '#/definitions/WorkItem' } }, 'vso.work'),
      },
    },
    '/{organization}/{project}/_apis/wit/workItems/{id}/updates': {
      get: {
        operationId: 'Updates_List',
        parameters: [...place(), workItemId(), ...paging()],
        ...answers({ type: 'array', items: { $ref: '#/definitions/WorkItemUpdate' } }, 'vso.work'),
      },
    },
    // Comments - Get Comments, Get Comments Batch, Get Comment, Add and Update of the published description, removed from
    // the trimmed one. The page of Add has `format`, the description does not.
    '/{organization}/{project}/_apis/wit/workItems/{workItemId}/comments': {
      get: {
        operationId: 'Comments_Get Comments',
        parameters: [
          ...placeInProject(),
          query('$top', 'integer'),
          query('continuationToken', 'string'),
          query('includeDeleted', 'boolean'),
          query('ids', 'string'),
          commentExpand(),
          { ...query('order', 'string'), enum: ['asc', 'desc'] },
        ],
        ...answers({ $ref: '#/definitions/CommentList' }, 'vso.work'),
      },
      post: {
        operationId: 'Comments_Add Comment',
        consumes: ['application/json'],
        parameters: [
          ...placeInProject(),
          { ...query('format', 'string'), enum: ['markdown', 'html'] },
          body({ $ref: '#/definitions/CommentCreate' }),
        ],
        ...answers({ $ref: '#/definitions/Comment' }, 'vso.work_write'),
      },
    },
    '/{organization}/{project}/_apis/wit/workItems/{workItemId}/comments/{commentId}': {
      get: {
        operationId: 'Comments_Get Comment',
        parameters: [
          ...placeInProject(),
          { ...workItemId(), name: 'commentId' },
          query('includeDeleted', 'boolean'),
          commentExpand(),
        ],
        ...answers({ $ref: '#/definitions/Comment' }, 'vso.work'),
      },
      patch: {
        operationId: 'Comments_Update Comment',
        consumes: ['application/json'],
        parameters: [
          ...placeInProject(),
          { ...workItemId(), name: 'commentId' },
          { ...query('format', 'string'), enum: ['markdown', 'html'] },
          body({ $ref: '#/definitions/CommentUpdate' }),
        ],
        ...answers({ $ref: '#/definitions/Comment' }, 'vso.work_write'),
      },
    },
    // Fields - List and Fields - Get of the published description, removed from the trimmed one.
    '/{organization}/{project}/_apis/wit/fields': {
      get: {
        operationId: 'Fields_List',
        parameters: [
          ...place(),
          { ...query('$expand', 'string'), enum: ['none', 'extensionFields', 'includeDeleted'] },
        ],
        ...answers({ type: 'array', items: { $ref: '#/definitions/WorkItemField' } }, 'vso.work'),
      },
    },
    '/{organization}/{project}/_apis/wit/fields/{fieldNameOrRefName}': {
      get: {
        operationId: 'Fields_Get',
        parameters: [...place(), { in: 'path', name: 'fieldNameOrRefName', type: 'string', required: true }],
        ...answers({ $ref: '#/definitions/WorkItemField' }, 'vso.work'),
      },
    },
    // Recyclebin - Get Deleted Work Item Shallow References, Get Deleted Work Items, Get and Restore Work Item, Work Item
    // Types - List, and Work Item Type States - List of the published description, removed from the trimmed one. The first two share a path: `ids`
    // tells them apart.
    '/{organization}/{project}/_apis/wit/recyclebin': {
      get: {
        operationId: 'Recyclebin_Get Deleted Work Items',
        parameters: [...place(), query('ids', 'string')],
        ...answers({ type: 'array', items: { $ref: '#/definitions/DeletedReference' } }, 'vso.work'),
      },
    },
    '/{organization}/{project}/_apis/wit/recyclebin/{id}': {
      get: {
        operationId: 'Recyclebin_Get',
        parameters: [...place(), workItemId()],
        ...answers({ $ref: '#/definitions/DeletedReference' }, 'vso.work'),
      },
      patch: {
        operationId: 'Recyclebin_Restore Work Item',
        consumes: ['application/json'],
        parameters: [...place(), workItemId(), body({ $ref: '#/definitions/WorkItemDeleteUpdate' })],
        ...answers({ $ref: '#/definitions/DeletedReference' }, 'vso.work_write'),
      },
    },
    '/{organization}/{project}/_apis/wit/workitemtypes': {
      get: {
        operationId: 'Work Item Types_List',
        parameters: placeInProject(),
        ...answers({ type: 'array', items: { $ref: '#/definitions/WorkItemType' } }, 'vso.work'),
      },
    },
    '/{organization}/{project}/_apis/wit/workitemtypes/{type}/states': {
      get: {
        operationId: 'Work Item Type States_List',
        parameters: [...placeInProject(), { in: 'path', name: 'type', type: 'string', required: true }],
        ...answers({ type: 'array', items: { $ref: '#/definitions/WorkItemStateColor' } }, 'vso.work'),
      },
    },
    // Builds - Get Build Work Items Refs of the published description of builds.
    '/{organization}/{project}/_apis/build/builds/{buildId}/workitems': {
      get: {
        operationId: 'Builds_Get Build Work Items Refs',
        parameters: [
          organization(),
          { in: 'path', name: 'project', type: 'string', required: true },
          { ...workItemId(), name: 'buildId' },
          query('$top', 'integer'),
        ],
        ...answers({ type: 'array', items: { $ref: '#/definitions/ResourceRef' } }, 'vso.build'),
      },
    },
    // Projects - Get of the published description of the core area.
    '/{organization}/_apis/projects/{projectId}': {
      get: {
        operationId: 'Projects_Get',
        parameters: [organization(), { in: 'path', name: 'projectId', type: 'string', required: true }],
        ...answers({ $ref: '#/definitions/TeamProject' }, 'vso.project'),
      },
    },
    // `ExtensionManagementApi.ts` of the official Node client.
    '/{organization}/_apis/ExtensionManagement/InstalledExtensions/stapler/stapler/Data/Scopes/Default/Current/Collections/{collection}/Documents/{documentId}':
      {
        get: {
          operationId: 'Extension Data_Get Document By Name',
          parameters: [
            organization(),
            { in: 'path', name: 'collection', type: 'string', required: true },
            { in: 'path', name: 'documentId', type: 'string', required: true },
          ],
          ...answers({ $ref: '#/definitions/ExtensionDocument' }, 'vso.extension.data'),
        },
      },
    // REST reference H: `VsoClient.ts` of the official Node client.
    '/{organization}/_apis': { options: locations() },
    '/{organization}/_apis/{area}': { options: locations() },
    // `LocationsInterfaces.ts` of the official Node client.
    '/{organization}/_apis/resourceAreas': {
      get: {
        operationId: 'Resource Areas_List',
        parameters: [organization()],
        ...answers({ type: 'array', items: { $ref: '#/definitions/ResourceAreaInfo' } }),
      },
    },
    '/{organization}/_apis/resourceAreas/{areaId}': {
      get: {
        operationId: 'Resource Areas_Get',
        parameters: [
          organization(),
          { in: 'path', name: 'areaId', type: 'string', format: 'uuid', required: true },
        ],
        ...answers({ $ref: '#/definitions/ResourceAreaInfo' }),
      },
    },
    '/{organization}/_apis/connectionData': {
      get: {
        operationId: 'Connection Data_Get',
        parameters: [
          organization(),
          query('connectOptions', 'string'),
          query('lastChangeId', 'integer'),
          query('lastChangeId64', 'integer'),
        ],
        ...answers({ $ref: '#/definitions/ConnectionData' }),
      },
    },
  },
  definitions: {
    BatchRequest: {
      required: ['method', 'uri', 'body'],
      properties: members({ method: 'string', uri: 'string', headers: 'object', body: 'object' }).properties,
    },
    BatchAnswer: members({ code: 'integer', headers: 'object', body: 'string' }),
    TeamProject: members({
      ...{ id: 'string', name: 'string', url: 'string', state: 'string' },
      ...{ revision: 'integer', visibility: 'string' },
    }),
    ExtensionDocument: { properties: { id: { type: 'string' }, __etag: { type: 'integer' } } },
    WorkItemDelete: {
      ...members({ id: 'integer', code: 'integer', name: 'string', type: 'string', project: 'string' }),
      properties: {
        ...members({ id: 'integer', code: 'integer', name: 'string', type: 'string', project: 'string' })
          .properties,
        deletedBy: { type: 'string' },
        deletedDate: { type: 'string' },
        message: { type: 'string' },
        url: { type: 'string' },
        resource: { $ref: '#/definitions/WorkItem' },
      },
    },
    WorkItemUpdate: {
      required: ['id', 'rev', 'workItemId', 'revisedBy', 'revisedDate', 'url'],
      properties: {
        id: { type: 'integer', format: 'int32' },
        rev: { type: 'integer', format: 'int32' },
        workItemId: { type: 'integer', format: 'int32' },
        revisedBy: { type: 'object' },
        revisedDate: { type: 'string', format: 'date-time' },
        fields: { type: 'object', additionalProperties: { $ref: '#/definitions/WorkItemFieldUpdate' } },
        relations: { $ref: '#/definitions/WorkItemRelationUpdates' },
        url: { type: 'string' },
        _links: { $ref: '#/definitions/ReferenceLinks' },
      },
    },
    CommentCreate: members({ text: 'string' }),
    CommentUpdate: members({ text: 'string' }),
    CommentList: {
      required: ['totalCount', 'count', 'comments'],
      properties: {
        totalCount: { type: 'integer' },
        count: { type: 'integer' },
        comments: { type: 'array', items: { $ref: '#/definitions/Comment' } },
        nextPage: { type: 'string' },
        continuationToken: { type: 'string' },
        url: { type: 'string' },
        _links: { $ref: '#/definitions/ReferenceLinks' },
      },
    },
    Comment: {
      required: [
        'workItemId',
        'id',
        'version',
        'createdBy',
        'createdDate',
        'modifiedBy',
        'modifiedDate',
        'url',
      ],
      properties: {
        workItemId: { type: 'integer', format: 'int32' },
        id: { type: 'integer', format: 'int32' },
        version: { type: 'integer', format: 'int32' },
        text: { type: 'string' },
        renderedText: { type: 'string' },
        format: { type: 'string', enum: ['markdown', 'html'] },
        createdBy: { type: 'object' },
        createdDate: { type: 'string', format: 'date-time' },
        createdOnBehalfDate: { type: 'string', format: 'date-time' },
        createdOnBehalfOf: { type: 'object' },
        modifiedBy: { type: 'object' },
        modifiedDate: { type: 'string', format: 'date-time' },
        isDeleted: { type: 'boolean' },
        mentions: { type: 'array', items: { type: 'object' } },
        reactions: { type: 'array', items: { type: 'object' } },
        url: { type: 'string' },
        _links: { $ref: '#/definitions/ReferenceLinks' },
      },
    },
    WorkItemField: {
      required: ['name', 'referenceName', 'type', 'readOnly', 'url'],
      properties: {
        name: { type: 'string' },
        referenceName: { type: 'string' },
        description: { type: 'string' },
        type: { type: 'string', enum: fieldTypes },
        usage: { type: 'string' },
        readOnly: { type: 'boolean' },
        canSortBy: { type: 'boolean' },
        isQueryable: { type: 'boolean' },
        isIdentity: { type: 'boolean' },
        isPicklist: { type: 'boolean' },
        isPicklistSuggested: { type: 'boolean' },
        supportedOperations: { type: 'array', items: { type: 'object' } },
        url: { type: 'string' },
        _links: { $ref: '#/definitions/ReferenceLinks' },
      },
    },
    DeletedReference: {
      required: ['id', 'url'],
      properties: {
        ...members({ id: 'integer', code: 'integer', name: 'string', type: 'string', project: 'string' })
          .properties,
        deletedBy: { type: 'string' },
        deletedDate: { type: 'string' },
        message: { type: 'string' },
        url: { type: 'string' },
      },
    },
    WorkItemDeleteUpdate: { properties: { isDeleted: { type: 'boolean' } } },
    WorkItemType: {
      properties: {
        ...members({
          name: 'string',
          referenceName: 'string',
          description: 'string',
          color: 'string',
          isDisabled: 'boolean',
          url: 'string',
        }).properties,
        states: { type: 'array', items: { $ref: '#/definitions/WorkItemStateColor' } },
      },
    },
    WorkItemStateColor: members({ name: 'string', color: 'string', category: 'string' }),
    WorkItemFieldUpdate: { properties: { oldValue: { type: 'object' }, newValue: { type: 'object' } } },
    WorkItemRelationUpdates: {
      properties: { added: relations(), removed: relations(), updated: relations() },
    },
    ApiResourceLocation: members({
      id: 'string',
      area: 'string',
      resourceName: 'string',
      routeTemplate: 'string',
      resourceVersion: 'integer',
      minVersion: 'string',
      maxVersion: 'string',
      releasedVersion: 'string',
    }),
    ResourceRef: members({ id: 'string', url: 'string' }),
    ResourceAreaInfo: members({ id: 'string', name: 'string', locationUrl: 'string' }),
    ConnectionData: members({
      authenticatedUser: 'object',
      authorizedUser: 'object',
      instanceId: 'string',
      deploymentType: 'string',
      locationServiceData: 'object',
    }),
  },
};

/** Definition with required members only. */
function members(types: Readonly<Record<string, string>>) {
  const properties = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }]));
  return { required: Object.keys(types), properties };
}

function relations() {
  return { type: 'array', items: { $ref: '#/definitions/WorkItemRelation' } };
}

function create() {
  return {
    operationId: 'Work Items_Create',
    consumes: ['application/json-patch+json'],
    parameters: [
      ...place(),
      { in: 'path', name: 'type', type: 'string', required: true },
      query('validateOnly', 'boolean'),
      query('bypassRules', 'boolean'),
      query('suppressNotifications', 'boolean'),
      expand(),
      body({ $ref: '#/definitions/JsonPatchDocument' }),
    ] as const,
    ...answers({ $ref: '#/definitions/WorkItem' }, 'vso.work_write'),
  };
}

function locations() {
  return {
    operationId: 'Locations_List',
    parameters: [organization(), { in: 'path', name: 'area', type: 'string', required: true }] as const,
    ...answers({ type: 'array', items: { $ref: '#/definitions/ApiResourceLocation' } }),
  };
}

function organization(): Parameter {
  return { in: 'path', name: 'organization', type: 'string', required: true };
}

function place(): Parameter[] {
  const project = {
    in: 'path',
    name: 'project',
    type: 'string',
    required: true,
    'x-ms-required': false,
  } as const;
  return [organization(), project];
}

function workItemId(): Parameter {
  return { in: 'path', name: 'id', type: 'integer', format: 'int32', required: true };
}

/** Address of the comments; the project is required. */
function placeInProject(): Parameter[] {
  const inPath = { in: 'path', type: 'string', required: true } as const;
  return [organization(), { ...inPath, name: 'project' }, { ...workItemId(), name: 'workItemId' }];
}

function commentExpand(): Parameter {
  const values = ['none', 'reactions', 'renderedText', 'renderedTextOnly', 'all'];
  return { ...query('$expand', 'string'), enum: values };
}

function query(name: string, type: string): Parameter {
  return { in: 'query', name, type, required: false };
}

function paging(): Parameter[] {
  return [query('$top', 'integer'), query('$skip', 'integer')];
}

function expand(): Parameter {
  return { ...query('$expand', 'string'), enum: ['none', 'relations', 'fields', 'links', 'all'] };
}

function body(schema: Parameter['schema'] & object): Parameter {
  return { in: 'body', name: 'body', required: true, schema };
}

function answers(schema: Parameter['schema'] & object, ...scopes: string[]) {
  return { produces: ['application/json'], responses: { '200': { schema } }, security: [{ oauth2: scopes }] };
}
