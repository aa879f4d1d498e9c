import type { EmulatorConfig } from '../../contract';
import { allWorkItems, type SavedQuery } from '../../saved-queries';

/** The pages there are. */
export type PageName = 'work-items' | 'query' | 'backlog' | 'board' | 'sprint' | 'plan' | 'settings' | 'hub';

/** Current place. */
export interface Place {
  page: PageName;
  /** Full id of the shown contribution, on pages of extensions. */
  hub?: string | undefined;
}

/** The one delivery plan. */
const planId = '5154bb58-9d41-4a48-a7f7-0f2a5b6f8f0c';

/** Address of a work item's form in Azure Boards. */
export function workItemPath(config: EmulatorConfig, id: number): string {
  return pathIn(config, `_workitems/edit/${id}`);
}

/** Address of a saved query in Azure Boards. */
export function queryPath(config: EmulatorConfig, { id }: SavedQuery): string {
  return pathIn(config, `_queries/query/${id}/`);
}

/** Address of a page. The list of work items has none, so the emulator opens with it. */
export function placePath(config: EmulatorConfig, { page, hub = '' }: Place): string {
  switch (page) {
    case 'work-items':
      return '/';
    case 'query':
      return queryPath(config, allWorkItems);
    case 'backlog':
      return pathIn(config, `_backlogs/backlog/${encodeURIComponent(teamName(config))}/Stories`);
    case 'board':
      return pathIn(config, `_boards/board/t/${encodeURIComponent(teamName(config))}/Stories`);
    case 'sprint':
      return pathIn(config, `_sprints/taskboard/${encodeURIComponent(teamName(config))}/Sprint%201`);
    case 'plan':
      return pathIn(config, `_deliveryplans/plan/${planId}`);
    case 'settings':
      return pathIn(config, `_settings/${hub}`);
    case 'hub':
      return pathIn(config, `_apps/hub/${hub}`);
  }
}

/** Place of an address; the list of work items by default. */
export function placeIn({ pathname }: Pick<Location, 'pathname'>): Place {
  const [, area = '', rest = ''] =
    /\/_(queries\/query|backlogs\/backlog|boards\/board|sprints\/taskboard|deliveryplans\/plan|settings|apps\/hub)(?:\/(.*?))?\/?$/.exec(
      pathname,
    ) ?? [];
  const hub = rest === '' ? {} : { hub: decodeURIComponent(rest) };
  switch (area) {
    case 'queries/query':
      return { page: 'query' };
    case 'backlogs/backlog':
      return { page: 'backlog' };
    case 'boards/board':
      return { page: 'board' };
    case 'sprints/taskboard':
      return { page: 'sprint' };
    case 'deliveryplans/plan':
      return { page: 'plan' };
    case 'settings':
      return { page: 'settings', ...hub };
    case 'apps/hub':
      return { page: 'hub', ...hub };
    default:
      return { page: 'work-items' };
  }
}

/** Work item of an address, in its path or as `?item=7`. */
export function workItemIdIn(location: Pick<Location, 'pathname' | 'search'>): number | undefined {
  const named = /\/_workitems\/edit\/(\d+)\/?$/.exec(location.pathname)?.[1];
  const id = Number(named ?? new URLSearchParams(location.search).get('item'));
  return id > 0 ? id : undefined;
}

/** Each project has a team of its name. */
export function teamName({ project }: EmulatorConfig): string {
  return `${project.name} Team`;
}

function pathIn({ organization, project }: EmulatorConfig, path: string): string {
  return `/${encodeURIComponent(organization.name)}/${encodeURIComponent(project.name)}/${path}`;
}
