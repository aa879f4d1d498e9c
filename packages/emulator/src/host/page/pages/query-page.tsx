import * as React from 'react';
import { savedQueries } from '../../../saved-queries';
import { control } from '../control';
import { menuEntriesFor, runMenuEntry, targetsOf } from '../extensions/menus';
import { useHostPage, useTask } from '../host-page';
import { queryPath } from '../routing';
import { useStore } from '../store';
import { ContributedIcon } from './contributed-icon';
import { queryRowContext, queryToolbarContext } from './contexts';
import { nothingSelected, selectedIn, type Selection } from './selection';
import { WorkItemGrid } from './work-item-grid';
import { WorkItemMenu, type OpenMenu } from './work-item-menu';

/** The results of the one query there is. */
export function QueryPage() {
  const { board, config, messages } = useHostPage();
  const run = useTask();
  const { ids, items } = useStore(board.workItems);
  const [selection, setSelection] = React.useState<Selection>(nothingSelected);
  const [menu, setMenu] = React.useState<OpenMenu>();
  const closeMenu = React.useCallback(() => setMenu(undefined), []);
  const readInSight = React.useCallback(
    (first: number, last: number) => void board.workItems.read(first, last).catch(messages.showError),
    [board, messages],
  );
  const selected = selectedIn(selection, ids);
  return (
    <div className="query-page">
      <QueryToolbar selected={selected} count={ids.length} />
      <WorkItemGrid
        label="Query results"
        ids={ids}
        items={items}
        selection={selection}
        onSelect={setSelection}
        onOpen={(id) => run(() => board.openOnTop(id))}
        onMenu={(item, at, { selected: chosen }) =>
          setMenu({
            item,
            at,
            context: queryRowContext(
              config,
              ids.filter((id) => chosen.has(id)),
              items,
            ),
          })
        }
        onSight={readInSight}
      />
      {menu && <WorkItemMenu menu={menu} name="queryRow" onClose={closeMenu} />}
    </div>
  );
}

function QueryToolbar({ selected, count }: { selected: readonly number[]; count: number }) {
  const page = useHostPage();
  const run = useTask();
  const { quirks } = useStore(page.settings);
  const refresh = async (): Promise<void> => {
    const { workItemIds } = await control.readConfig();
    page.board.workItems.start(workItemIds);
  };
  const found = `${count.toLocaleString('en-US')} work item${count === 1 ? '' : 's'}`;
  return (
    <div className="page-bar" role="toolbar" aria-label="Query results actions">
      <button type="button" onClick={() => run(refresh)}>
        Refresh
      </button>
      {menuEntriesFor(page.config, targetsOf('queryToolbar', quirks)).map((entry) => (
        <button
          key={entry.contribution.id}
          type="button"
          title={entry.title}
          onClick={() => run(() => runMenuEntry(page, entry, queryToolbarContext(page.config, selected)))}
        >
          <ContributedIcon icon={entry.icon} />
          {entry.toolbarText}
        </button>
      ))}
      <SavedQueries />
      <span className="spacer" />
      <span className="page-bar-note" role="status">
        {found}
        {selected.length > 0 && `, ${selected.length.toLocaleString('en-US')} selected`}
      </span>
    </div>
  );
}

/** Addresses to copy, for extensions that accept them. The page shows the results of one query only. */
function SavedQueries() {
  const { config } = useHostPage();
  return (
    <details className="saved-queries">
      <summary>Addresses of saved queries</summary>
      {savedQueries.map((query) => (
        <label key={query.id}>
          {query.name}
          <input
            readOnly
            value={new URL(queryPath(config, query), window.location.href).href}
            onFocus={({ target }) => target.select()}
          />
        </label>
      ))}
    </details>
  );
}
