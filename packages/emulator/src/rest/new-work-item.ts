import { project } from './fabrikam';
import type { Fields, Identity, Relation, WorkItem, WorkItemComment } from './work-item';

/** Who saves, when: for seeding a believable past. */
export interface Author {
  readonly by: Identity;
  readonly date: string;
}

/** Initial values of a work item. */
export interface NewWorkItem {
  readonly id: number;
  readonly type: string;
  readonly fields: Fields;
  readonly relations?: readonly Relation[];
  readonly markdownFields?: readonly string[];
  readonly comments?: readonly WorkItemComment[];
}

/** First revision of a work item, with the fields that the service sets. */
export function firstRevision(item: NewWorkItem, author: Author): WorkItem {
  const common: Fields = {
    'System.AreaPath': project.name,
    'System.TeamProject': project.name,
    'System.IterationPath': project.name,
    'System.WorkItemType': item.type,
    'System.State': 'New',
    'System.Reason': 'New',
    'System.CreatedDate': author.date,
    'System.CreatedBy': author.by,
    'System.ChangedDate': author.date,
    'System.ChangedBy': author.by,
    'Microsoft.VSTS.Common.Priority': 2,
  };
  const { id, relations = [], markdownFields = [], comments = [] } = item;
  return { id, rev: 1, fields: { ...common, ...item.fields }, relations, markdownFields, comments };
}
