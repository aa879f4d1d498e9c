/** Types of fields in use (`FieldType` of the official client). */
export type FieldType =
  'string' | 'integer' | 'double' | 'dateTime' | 'html' | 'history' | 'plainText' | 'treePath';

/** Definition of a field. */
export interface FieldDefinition {
  readonly referenceName: string;
  readonly name: string;
  readonly type: FieldType;
  readonly isReadOnly: boolean;
  readonly isIdentity: boolean;
}

const readOnlyFields: readonly (readonly [referenceName: string, name: string, type: FieldType])[] = [
  ['System.Id', 'ID', 'integer'],
  ['System.Rev', 'Rev', 'integer'],
  ['System.AreaId', 'Area ID', 'integer'],
  ['System.IterationId', 'Iteration ID', 'integer'],
  ['System.NodeName', 'Node Name', 'string'],
  ['System.TeamProject', 'Team Project', 'string'],
  ['System.WorkItemType', 'Work Item Type', 'string'],
  ['System.CreatedDate', 'Created Date', 'dateTime'],
  ['System.ChangedDate', 'Changed Date', 'dateTime'],
  ['System.AuthorizedDate', 'Authorized Date', 'dateTime'],
  ['System.RevisedDate', 'Revised Date', 'dateTime'],
  ['System.PersonId', 'Person ID', 'integer'],
  ['System.Watermark', 'Watermark', 'integer'],
  ['System.AttachedFileCount', 'Attached File Count', 'integer'],
  ['System.CommentCount', 'Comment Count', 'integer'],
];

const identityFields = [
  ['System.CreatedBy', 'Created By', true],
  ['System.ChangedBy', 'Changed By', true],
  ['System.AuthorizedAs', 'Authorized As', true],
  ['System.AssignedTo', 'Assigned To', false],
] as const;

const writableFields: readonly (readonly [referenceName: string, name: string, type: FieldType])[] = [
  ['System.Title', 'Title', 'string'],
  ['System.State', 'State', 'string'],
  ['System.Reason', 'Reason', 'string'],
  ['System.AreaPath', 'Area Path', 'treePath'],
  ['System.IterationPath', 'Iteration Path', 'treePath'],
  ['System.Tags', 'Tags', 'plainText'],
  ['System.History', 'History', 'history'],
  ['System.Description', 'Description', 'html'],
  ['Microsoft.VSTS.TCM.ReproSteps', 'Repro Steps', 'html'],
  ['Microsoft.VSTS.TCM.SystemInfo', 'System Info', 'html'],
  ['Microsoft.VSTS.Common.AcceptanceCriteria', 'Acceptance Criteria', 'html'],
  ['Custom.TestNotes', 'Test Notes', 'html'],
  ['Microsoft.VSTS.Common.Priority', 'Priority', 'integer'],
  ['Microsoft.VSTS.Scheduling.RemainingWork', 'Remaining Work', 'double'],
];

/** Fields of a new organization, one of them a custom field. Assumed: there are no others. */
export const standardFields: readonly FieldDefinition[] = [
  ...readOnlyFields.map(([referenceName, name, type]) => definition(referenceName, name, type, true)),
  ...identityFields.map(([referenceName, name, isReadOnly]) => ({
    ...definition(referenceName, name, 'string', isReadOnly),
    isIdentity: true,
  })),
  ...writableFields.map(([referenceName, name, type]) => definition(referenceName, name, type, false)),
];

function definition(
  referenceName: string,
  name: string,
  type: FieldType,
  isReadOnly: boolean,
): FieldDefinition {
  return { referenceName, name, type, isReadOnly, isIdentity: false };
}
