import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import type { MenuName } from '../extensions/menus';
import { captionOf } from '../form/form';
import { initialsOf } from '../format';
import { useHostPage, useTask } from '../host-page';
import { useStore } from '../store';
import { textOf, titleOf, typeOf, workItemType, type WorkItem } from '../work-item';
import { columnsOf, stateOf, type BoardColumn } from './board-columns';
import { cardContext, planCardContext } from './contexts';
import type { Point } from './popup-menu';
import { asksForMenu, placeUnder, WorkItemMenu, type OpenMenu } from './work-item-menu';

/** Height of a card and the gap below it, as the style sheet has them. */
const cardPx = 116;

/** Differences between the pages with cards: the menu of a card, and the context of its actions. */
const kinds = {
  board: { menu: 'boardCard', contextOf: cardContext },
  sprint: { menu: 'taskboardCard', contextOf: cardContext },
  plan: { menu: 'planCard', contextOf: planCardContext },
} as const satisfies Record<string, { menu: MenuName; contextOf: typeof cardContext }>;

/** All work items as cards, in columns by state; identical on each page with cards. */
export function BoardPage({ kind }: { kind: keyof typeof kinds }) {
  const { menu: menuName, contextOf } = kinds[kind];
  const { board, config, messages } = useHostPage();
  const { ids, items } = useStore(board.workItems);
  const [menu, setMenu] = React.useState<OpenMenu>();
  const closeMenu = React.useCallback(() => setMenu(undefined), []);
  React.useEffect(() => {
    board.workItems.readAll().catch(messages.showError);
  }, [board, messages, ids]);

  const columns = React.useMemo(() => columnsOf(ids.flatMap((id) => items.get(id) ?? [])), [ids, items]);
  const openMenu = (item: WorkItem, at: Point): void =>
    setMenu({ item, at, context: contextOf(config, item) });
  return (
    <div className="board-page">
      {items.size < ids.length && (
        <p className="page-bar page-bar-note" role="status">
          {items.size.toLocaleString('en-US')} of {ids.length.toLocaleString('en-US')} work items are here
        </p>
      )}
      <div className="board">
        {columns.map((column) => (
          <Column key={column.name} column={column} onMenu={openMenu} />
        ))}
      </div>
      {menu && <WorkItemMenu menu={menu} name={menuName} onClose={closeMenu} />}
    </div>
  );
}

type OnMenu = (item: WorkItem, at: Point) => void;

function Column({ column: { name, items }, onMenu }: { column: BoardColumn; onMenu: OnMenu }) {
  const scroller = React.useRef<HTMLDivElement>(null);
  const cards = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardPx,
    overscan: 4,
  });
  return (
    <section className="board-column" aria-label={name}>
      <h2>
        {name} <span className="board-count">{items.length.toLocaleString('en-US')}</span>
      </h2>
      <div ref={scroller} className="board-cards">
        <div role="list" aria-label={name} style={{ height: cards.getTotalSize() }}>
          {cards.getVirtualItems().map(({ index, start }) => {
            const item = items[index];
            return (
              item && (
                <div
                  key={item.id}
                  role="listitem"
                  aria-setsize={items.length}
                  aria-posinset={index + 1}
                  className="card-place"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <Card item={item} column={name} onMenu={onMenu} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </section>
  );
}

function Card({ item, column, onMenu }: { item: WorkItem; column: string; onMenu: OnMenu }) {
  const { board } = useHostPage();
  const run = useTask();
  const person = textOf(item.fields['System.AssignedTo']);
  return (
    <div
      className="card"
      style={{ '--type-color': workItemType(typeOf(item)).color } as React.CSSProperties}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(item, { x: event.clientX, y: event.clientY });
      }}
      onKeyDown={(event) => {
        if (!asksForMenu(event)) return;
        event.preventDefault();
        onMenu(item, placeUnder(event.target as Element));
      }}
    >
      <div className="card-top">
        <span className="card-id">
          {typeOf(item)} {item.id}
        </span>
        <button
          type="button"
          className="more"
          aria-haspopup="menu"
          aria-label={`More actions for ${captionOf(item)}`}
          onClick={({ currentTarget }) => onMenu(item, placeUnder(currentTarget))}
        >
          …
        </button>
      </div>
      <button
        type="button"
        className="card-title"
        aria-label={captionOf(item)}
        title={titleOf(item)}
        onClick={() => run(() => board.openOnTop(item.id))}
      >
        {titleOf(item)}
      </button>
      <div className="card-bottom">
        {person !== '' && (
          <>
            <span className="avatar" aria-hidden="true">
              {initialsOf(person)}
            </span>
            <span className="card-person">{person}</span>
          </>
        )}
        <span className="spacer" />
        {stateOf(item) !== column && <span className="badge">{stateOf(item)}</span>}
      </div>
    </div>
  );
}
