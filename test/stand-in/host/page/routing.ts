import type { StandInConfig } from '../../contract';
import type { Board } from './form/board';
import { captionOf } from './form/form';

/** The address of a work item's form, as Azure Boards has it. */
export function workItemPath({ organization, project }: StandInConfig, id: number): string {
  return `/${encodeURIComponent(organization.name)}/${encodeURIComponent(project.name)}/_workitems/edit/${id}`;
}

/** The work item that an address names, in its path or as `?item=7`. */
export function workItemIdIn(location: Pick<Location, 'pathname' | 'search'>): number | undefined {
  const named = /\/_workitems\/edit\/(\d+)\/?$/.exec(location.pathname)?.[1];
  const id = Number(named ?? new URLSearchParams(location.search).get('item'));
  return id > 0 ? id : undefined;
}

/** Keeps the address and the window's title in step with the open work item, both ways. */
export function followAddress(board: Board, config: StandInConfig, onError: (error: unknown) => void): void {
  board.subscribe(() => {
    const item = board.state.forms[0]?.item;
    document.title = item ? captionOf(item) : `Work items – ${config.project.name}`;
    const id = item && item.id > 0 ? item.id : undefined;
    if (id === workItemIdIn(window.location)) return;
    window.history.pushState(null, '', (id === undefined ? '/' : workItemPath(config, id)) + settingsQuery());
  });
  window.addEventListener('popstate', () => {
    const id = workItemIdIn(window.location);
    (id === undefined ? board.close() : board.open(id)).catch(onError);
  });
}

/** The query without the work item, which the path names from now on. */
function settingsQuery(): string {
  const query = new URLSearchParams(window.location.search);
  query.delete('item');
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
