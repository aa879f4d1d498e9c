import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import { captionOf, isDirty } from './form/form';
import { useHostPage, useTask } from './host-page';
import { workItemPath } from './routing';
import { useStore } from './store';
import { textOf, titleOf, typeOf, workItemType, type WorkItem } from './work-item';

const newTypes = ['Bug', 'Task'];

/** Height of a row, as the style sheet has it. */
const rowPx = 54;

/** List of all work items, with visible rows only, and the button for a new one. */
export function WorkItemList() {
  const { board, messages } = useHostPage();
  const { ids, items } = useStore(board.workItems);
  const list = React.useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: ids.length,
    getScrollElement: () => list.current,
    estimateSize: () => rowPx,
    overscan: 8,
  });
  const { startIndex = 0, endIndex = 0 } = rows.range ?? {};
  React.useEffect(() => {
    board.workItems.read(startIndex, endIndex).catch(messages.showError);
  }, [board, messages, ids, startIndex, endIndex]);
  return (
    <nav className="list" aria-label="Work items">
      <NewWorkItem />
      <div ref={list} className="item-list">
        <ul style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const item = items.get(ids[index] ?? 0);
            return (
              item && (
                <li
                  key={item.id}
                  aria-setsize={ids.length}
                  aria-posinset={index + 1}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <ItemLink item={item} />
                </li>
              )
            );
          })}
        </ul>
      </div>
    </nav>
  );
}

function ItemLink({ item }: { item: WorkItem }) {
  const { board, config } = useHostPage();
  const run = useTask();
  const { forms, drafts } = useStore(board);
  const open = forms[0]?.item.id === item.id;
  const unsaved = drafts.has(item.id) || forms.some((form) => form.item.id === item.id && isDirty(form));

  const follow = (event: React.MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    run(() => board.open(item.id));
  };
  return (
    <a
      className="item"
      href={workItemPath(config, item.id)}
      aria-label={captionOf(item)}
      aria-current={open ? 'page' : undefined}
      style={{ '--type-color': workItemType(typeOf(item)).color } as React.CSSProperties}
      onClick={follow}
    >
      <span className="item-kind">
        {typeOf(item)} {item.id}
        {unsaved && <span className="dirty">*</span>}
        <span className="item-state">{textOf(item.fields['System.State'])}</span>
      </span>
      <span className="item-title">{titleOf(item)}</span>
    </a>
  );
}

function NewWorkItem() {
  const { board } = useHostPage();
  const run = useTask();
  const [open, setOpen] = React.useState(false);
  return (
    <div
      className="new-item"
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false);
      }}
    >
      <button type="button" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        New work item
      </button>
      {open && (
        <div className="menu" role="menu" aria-label="New work item">
          {newTypes.map((type) => (
            <button
              key={type}
              type="button"
              role="menuitem"
              style={{ '--type-color': workItemType(type).color } as React.CSSProperties}
              onClick={() => {
                setOpen(false);
                run(() => board.openNew(type));
              }}
            >
              {type}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
