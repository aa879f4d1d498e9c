import * as React from 'react';
import type { MenuItem } from '../extensions/menus';
import { useHostPage } from '../host-page';
import { ContributedIcon } from './contributed-icon';

/** Position of a menu, in CSS pixels of the window. */
export interface Point {
  x: number;
  y: number;
}

interface PopupMenuProps {
  label: string;
  at: Point;
  items: readonly MenuItem[];
  /** Called once: after the choice of an item, and when the person turns away. */
  onClose: () => void;
}

/** How far a menu stays away from the edge of the window. */
const marginPx = 4;

/** Menu over the page, for mouse and keyboard. Restores the focus on close. */
export function PopupMenu({ label, at, items, onClose }: PopupMenuProps) {
  const menu = React.useRef<HTMLDivElement>(null);
  const [place, setPlace] = React.useState(at);

  React.useLayoutEffect(() => {
    const before = document.activeElement;
    menu.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  React.useLayoutEffect(() => {
    const { offsetWidth, offsetHeight } = menu.current!;
    setPlace({
      x: Math.max(marginPx, Math.min(at.x, window.innerWidth - offsetWidth - marginPx)),
      y: Math.max(marginPx, Math.min(at.y, window.innerHeight - offsetHeight - marginPx)),
    });
    if (document.activeElement === menu.current) focusables(menu.current)[0]?.focus();
  }, [at, items]);
  React.useEffect(() => {
    const closeOutside = (event: Event): void => {
      if (!(event.target instanceof Node && menu.current?.contains(event.target))) onClose();
    };
    document.addEventListener('pointerdown', closeOutside, true);
    // A press inside a frame is told to the frame alone.
    window.addEventListener('blur', onClose);
    window.addEventListener('resize', onClose);
    return () => {
      document.removeEventListener('pointerdown', closeOutside, true);
      window.removeEventListener('blur', onClose);
      window.removeEventListener('resize', onClose);
    };
  }, [onClose]);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const all = focusables(menu.current);
    const index = all.indexOf(document.activeElement as HTMLElement);
    const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: -1 }[event.key];
    if (target !== undefined) all.at(target % all.length)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={menu}
      className="popup-menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      style={{ left: place.x, top: place.y }}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      {items.map((item) => (
        <Entry key={item.id} item={item} onClose={onClose} />
      ))}
    </div>
  );
}

/** Menu item, or its submenu. */
function Entry({ item, onClose }: { item: MenuItem; onClose: () => void }) {
  const { messages } = useHostPage();
  const { text, icon, isDisabled, children } = item;
  if (children.length > 0)
    return (
      <div role="group" aria-label={text}>
        <div className="popup-menu-heading" aria-hidden="true">
          {text}
        </div>
        {children.map((child) => (
          <Entry key={child.id} item={child} onClose={onClose} />
        ))}
      </div>
    );
  const choose = (): void => {
    if (isDisabled) return;
    onClose();
    item.run().catch(messages.showError);
  };
  return (
    <button type="button" role="menuitem" tabIndex={-1} aria-disabled={isDisabled} onClick={choose}>
      <span className="popup-menu-icon">
        <ContributedIcon icon={icon} />
      </span>
      {text}
    </button>
  );
}

function focusables(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
}
