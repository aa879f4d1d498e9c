import * as React from 'react';
import { useHostPage, useTask } from '../host-page';
import { useStore } from '../store';
import type { WorkItem } from '../work-item';
import { backlogContext } from './contexts';
import { nothingSelected, type Selection } from './selection';
import { WorkItemGrid } from './work-item-grid';
import { WorkItemMenu, type OpenMenu } from './work-item-menu';

/** Row for items without a parent. It is no work item. Assumed: its id is -1. */
const unparented: WorkItem = { id: -1, rev: 0, fields: { 'System.Title': 'Unparented' } };

/** Backlog with all work items in rows, and one other row (host reference 2.2). */
export function BacklogPage() {
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
  const rows = React.useMemo(() => [...ids, unparented.id], [ids]);
  const known = React.useMemo(() => new Map(items).set(unparented.id, unparented), [items]);
  return (
    <div className="query-page">
      <WorkItemGrid
        label="Backlog"
        ids={rows}
        items={known}
        selection={selection}
        onSelect={setSelection}
        onOpen={(id) => {
          if (id > 0) run(() => board.openOnTop(id));
        }}
        onMenu={(item, at, { selected }) => {
          const chosen = rows.filter((id) => selected.has(id));
          setMenu({ item, at, context: backlogContext(config, chosen) });
        }}
        onSight={readInSight}
      />
      {menu && <WorkItemMenu menu={menu} name="backlogRow" onClose={closeMenu} />}
    </div>
  );
}
