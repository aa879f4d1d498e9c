import type { Fields } from './rest/work-item';

/** Saved query. Its text is not executed; the results are listed beside it. */
export interface SavedQuery {
  readonly id: string;
  readonly name: string;
  readonly wiql: string;
  /** `tree`: the result includes the descendants of matching work items. */
  readonly queryType: 'flat' | 'tree';
  readonly finds: (fields: Fields) => boolean;
}

const columns = '[System.Id], [System.WorkItemType], [System.Title], [System.State], [System.AssignedTo]';

/** The query shown on the page. */
export const allWorkItems: SavedQuery = {
  id: 'b2f1c5d4-3a52-4e0b-8a0e-6d1f3f2f9a10',
  name: 'All work items',
  wiql: `SELECT ${columns} FROM WorkItems WHERE [System.TeamProject] = @project ORDER BY [System.Id]`,
  queryType: 'flat',
  finds: () => true,
};

/** All there are. */
export const savedQueries: readonly SavedQuery[] = [
  allWorkItems,
  {
    id: '4c7e0d12-95a3-4f6b-8d21-0b9e5a7c3f48',
    name: 'Open bugs',
    wiql: `SELECT ${columns} FROM WorkItems WHERE [System.TeamProject] = @project AND [System.WorkItemType] = 'Bug' AND [System.State] <> 'Closed' ORDER BY [System.Id]`,
    queryType: 'flat',
    finds: (fields) => fields['System.WorkItemType'] === 'Bug' && fields['System.State'] !== 'Closed',
  },
  {
    id: '9d3a61f0-2b8c-47e5-a1d6-7f40c2e98b53',
    name: 'Stories and their work',
    wiql: `SELECT ${columns} FROM WorkItemLinks WHERE [Source].[System.TeamProject] = @project AND [Source].[System.WorkItemType] = 'User Story' AND [System.Links.LinkType] = 'System.LinkTypes.Hierarchy-Forward' ORDER BY [System.Id] MODE (Recursive)`,
    queryType: 'tree',
    finds: (fields) => fields['System.WorkItemType'] === 'User Story',
  },
];
