/** One link of a work item: an attachment, another work item, a hyperlink or an artifact. */
export interface Relation {
  rel: string;
  url: string;
  attributes: {
    name?: string;
    comment?: string;
    resourceSize?: number;
    resourceCreatedDate?: string;
    [name: string]: unknown;
  };
}

/** Work item of the REST service. A new one has the revision 0 and an id that is not positive. */
export interface WorkItem {
  id: number;
  rev: number;
  fields: Record<string, unknown>;
  relations?: Relation[];
  /** Formats of long texts; a text without one is HTML. */
  multilineFieldsFormat?: Record<string, 'markdown' | 'html'>;
}

/** One entry of a work item's history. */
export interface WorkItemUpdate {
  id: number;
  rev: number;
  revisedBy?: { displayName?: string };
  fields?: Record<string, { oldValue?: unknown; newValue?: unknown }>;
  relations?: { added?: Relation[]; removed?: Relation[]; updated?: Relation[] };
}

/** Comment on a work item. One without a format is HTML. */
export interface Comment {
  id: number;
  text: string;
  format?: 'markdown' | 'html';
  createdBy: { displayName: string };
  createdDate: string;
}

/** A type of work item, with the color of its bar and the states it goes through. */
export interface WorkItemType {
  color: string;
  states: string[];
  /** Long texts besides the description. */
  texts?: string[];
}

const description = 'System.Description';
const acceptance = 'Microsoft.VSTS.Common.AcceptanceCriteria';

const types: Record<string, WorkItemType> = {
  Bug: {
    color: '#cc293d',
    states: ['New', 'Active', 'Resolved', 'Closed'],
    texts: ['Microsoft.VSTS.TCM.ReproSteps', 'Microsoft.VSTS.TCM.SystemInfo', 'Custom.TestNotes'],
  },
  Task: { color: '#f2cb1d', states: ['To Do', 'In Progress', 'Done'] },
  'User Story': {
    color: '#009ccc',
    states: ['New', 'Active', 'Resolved', 'Closed'],
    texts: [acceptance],
  },
  'Product Backlog Item': {
    color: '#009ccc',
    states: ['New', 'Approved', 'Committed', 'Done'],
    texts: [acceptance],
  },
  Issue: { color: '#b4009e', states: ['To Do', 'Doing', 'Done'] },
  Feature: { color: '#773b93', states: ['New', 'Active', 'Resolved', 'Closed'] },
  Epic: { color: '#ff7b00', states: ['New', 'Active', 'Resolved', 'Closed'] },
};

/** The named type; an unknown one is gray and knows the commonest states. */
export function workItemType(name: string): WorkItemType {
  return types[name] ?? { color: '#767676', states: ['New', 'Active', 'Closed'] };
}

/** Long texts of the type of a work item. Assumed: every type has a description. */
export function longTextsOf(item: WorkItem): string[] {
  return [description, ...(workItemType(typeOf(item)).texts ?? [])];
}

/** Whether a long text is Markdown. */
export function isMarkdown({ multilineFieldsFormat }: WorkItem, field: string): boolean {
  return multilineFieldsFormat?.[field] === 'markdown';
}

/** Name of a field as the form shows it, from its reference name: `Repro Steps`. */
export function nameOfField(referenceName: string): string {
  return (referenceName.split('.').pop() ?? referenceName).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}

export function typeOf(item: WorkItem): string {
  return textOf(item.fields['System.WorkItemType']);
}

export function titleOf(item: WorkItem): string {
  return textOf(item.fields['System.Title']);
}

/** A field's value as a person reads it; of an identity, the name. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'object' && value !== null && 'displayName' in value) return textOf(value.displayName);
  return '';
}

export function isAttachment(relation: Relation): boolean {
  return relation.rel === 'AttachedFile';
}

export function attachmentsOf(item: WorkItem): Relation[] {
  return (item.relations ?? []).filter(isAttachment);
}

/** Links of a work item other than attachments. */
export function linksOf(item: WorkItem): Relation[] {
  return (item.relations ?? []).filter((relation) => !isAttachment(relation));
}

/** The name of an attachment. Assumed: one linked without a name shows the last part of its address. */
export function nameOf(relation: Relation): string {
  return relation.attributes.name ?? relation.url.split('/').pop() ?? relation.url;
}

/** Whether two relations are the same link of one work item. */
export function isSameRelation(one: Relation, other: Relation): boolean {
  return one.rel === other.rel && one.url === other.url;
}
