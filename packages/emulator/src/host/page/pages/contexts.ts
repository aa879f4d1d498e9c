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

/** A team of the emulator has the id of its project: nobody asks for it. */
const teamOf = (config: EmulatorConfig) => ({ id: config.project.id, name: teamName(config) });

/**
 * What an action in the menu of query results is told (host reference 2.2). Of the `rows` there are only those that
 * were read, whereas the ids are complete. Assumed: the inside of `query`, `rows` and `tfsContext`.
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

/** What an action on the toolbar above the query results is told. */
export function queryToolbarContext(config: EmulatorConfig, selectedIds: readonly number[]): object {
  return { query: queryOf(config), queryText: allWorkItems.wiql, workItemIds: selectedIds };
}

/**
 * What an action in the menu of a backlog is told: what is selected, rows that are no work items among it. Assumed: what
 * else is there beside the ids.
 */
export function backlogContext(config: EmulatorConfig, ids: readonly number[]): object {
  return { workItemIds: ids, team: teamOf(config) };
}

/** What an action in the menu of a card is told, on a board or a taskboard. */
export function cardContext(config: EmulatorConfig, item: WorkItem): object {
  return { id: item.id, workItemType: typeOf(item), team: teamOf(config) };
}

/** What an action in the menu of a delivery plan's card is told. */
export function planCardContext(_config: EmulatorConfig, item: WorkItem): object {
  return { id: item.id, workItemType: typeOf(item) };
}

function queryOf({ project }: EmulatorConfig): object {
  const { id, name, wiql } = allWorkItems;
  return { id, name, path: `Shared Queries/${name}`, isPublic: true, projectId: project.id, wiql };
}
