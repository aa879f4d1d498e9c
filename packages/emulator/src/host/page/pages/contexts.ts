import type { EmulatorConfig } from '../../../contract';
import { allWorkItems } from '../../../saved-queries';
import { teamName } from '../routing';
import { textOf, typeOf, type WorkItem } from '../work-item';

/** The columns of the query results; the id comes first. */
const queryColumns = [
  { name: 'System.Id', text: 'ID' },
  { name: 'System.WorkItemType', text: 'Work Item Type' },
  { name: 'System.Title', text: 'Title' },
  { name: 'System.State', text: 'State' },
  { name: 'System.AssignedTo', text: 'Assigned To' },
] as const;
const [, ...otherColumns] = queryColumns;

/** The team has the id of the project; no extension asks for it. */
const teamOf = (config: EmulatorConfig) => ({ id: config.project.id, name: teamName(config) });

/**
 * Context of an action in the menu of query results (host reference 2.2). The ids are complete; `rows`
 * contains only loaded ones. Assumed: the inside of `query`, `rows` and `tfsContext`.
 */
export function queryRowContext(
  config: EmulatorConfig,
  ids: readonly number[],
  items: ReadonlyMap<number, WorkItem>,
): object {
  const known = ids.flatMap((id) => items.get(id) ?? []);
  const isService = config.mode === 'services';
  const types = known.map(typeOf);
  return {
    ids,
    workItemIds: ids,
    // The service of 2024 tells a single one under both names, and each type once.
    ...(isService && ids.length === 1 && { workItemId: ids[0] }),
    workItemTypeNames: isService ? [...new Set(types)] : types,
    workItemProjects: known.map((item) => textOf(item.fields['System.TeamProject'])),
    query: queryOf(config),
    columns: queryColumns,
    rows: known.map((item) => [item.id, ...otherColumns.map(({ name }) => textOf(item.fields[name]))]),
    hideDelete: false,
    tfsContext: { navigation: { project: config.project.name, projectId: config.project.id } },
  };
}

/** Context of an action on the toolbar above the query results. */
export function queryToolbarContext(config: EmulatorConfig, selectedIds: readonly number[]): object {
  return { query: queryOf(config), queryText: allWorkItems.wiql, workItemIds: selectedIds };
}

/**
 * Context of an action in the menu of a backlog: the selection, including rows without a work item. Assumed:
 * everything besides the ids.
 */
export function backlogContext(config: EmulatorConfig, ids: readonly number[]): object {
  return { workItemIds: ids, team: teamOf(config) };
}

/** Context of an action in the menu of a card, on a board or a taskboard. */
export function cardContext(config: EmulatorConfig, item: WorkItem): object {
  return { id: item.id, workItemType: typeOf(item), team: teamOf(config) };
}

/** Context of an action in the menu of a card on a delivery plan. */
export function planCardContext(_config: EmulatorConfig, item: WorkItem): object {
  return { id: item.id, workItemType: typeOf(item) };
}

function queryOf({ project }: EmulatorConfig): object {
  const { id, name, wiql } = allWorkItems;
  return { id, name, path: `Shared Queries/${name}`, isPublic: true, projectId: project.id, wiql };
}
