import * as React from 'react';
import { menuEntriesFor, menuItemsFor, targetsOf, type MenuItem, type MenuName } from '../extensions/menus';
import { captionOf } from '../form/form';
import { useHostPage } from '../host-page';
import { workItemPath } from '../routing';
import type { WorkItem } from '../work-item';
import { PopupMenu, type Point } from './popup-menu';

/** Open menu: its work items, its position, and the context of its actions. */
export interface OpenMenu {
  item: WorkItem;
  at: Point;
  context: object;
}

interface WorkItemMenuProps {
  menu: OpenMenu;
  /** Kind of the menu for extensions. */
  name: MenuName;
  onClose: () => void;
}

/** Menu of a work item in a list: entries of the host, then of extensions. */
export function WorkItemMenu({ menu, name, onClose }: WorkItemMenuProps) {
  const page = useHostPage();
  const { item, at, context } = menu;
  const [contributed, setContributed] = React.useState<MenuItem[]>([]);
  React.useEffect(() => {
    let isOpen = true;
    const targets = targetsOf(name, page.settings.state.quirks);
    menuItemsFor(page, menuEntriesFor(page.config, targets), context).then((items) => {
      if (isOpen) setContributed(items);
    }, page.messages.showError);
    return () => {
      isOpen = false;
    };
  }, [page, name, context]);

  const items = React.useMemo(() => {
    const { board, config } = page;
    const newTab = async (): Promise<void> => {
      window.open(workItemPath(config, item.id), '_blank');
      return Promise.resolve();
    };
    // The host's own entries ignore rows without a work item.
    if (item.id <= 0) return contributed;
    return [
      hostItem('open', 'Open', () => board.openOnTop(item.id)),
      hostItem('open-in-new-tab', 'Open in new tab', newTab),
      ...contributed,
    ];
  }, [page, item, contributed]);
  return <PopupMenu label={`Actions for ${captionOf(item)}`} at={at} items={items} onClose={onClose} />;
}

/** Below the button, or the row when the keys have asked. */
export function placeUnder(element: Element): Point {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom };
}

/** Whether a key opens the menu of the focused element. */
export function asksForMenu({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}

function hostItem(id: string, text: string, run: () => Promise<void>): MenuItem {
  return { id, text, icon: undefined, isDisabled: false, children: [], run };
}
