import * as React from 'react';
import { ChevronIcon } from './icons';
import type { MenuItem, MenuPlace } from './menu';
import { Menu } from './menu';

/** A button of a bar that opens a menu below it. */
export function MenuButton(props: {
  /** Name of the menu, and of the button without a text. */
  label: string;
  /** Visible text beside a chevron; an icon stands alone. */
  text?: string;
  icon?: React.JSX.Element;
  /** Whether its text tells a choice, such as a filter in force. */
  isChosen?: boolean;
  /** Called while the menu is open. */
  items: () => readonly MenuItem[];
}): React.JSX.Element {
  const { label, text, icon, isChosen = false, items } = props;
  const [place, setPlace] = React.useState<MenuPlace>();
  const button = React.useRef<HTMLButtonElement>(null);
  const open = (): void => setPlace(button.current?.getBoundingClientRect());
  // A choice can change the texts of the bar and move the button.
  React.useLayoutEffect(() => {
    const moved = button.current?.getBoundingClientRect();
    if (place && moved && (moved.left !== place.left || moved.bottom !== place.bottom)) setPlace(moved);
  }, [place, text]);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={isChosen ? 'bar-button bar-button-chosen' : 'bar-button'}
        aria-label={text === undefined ? label : undefined}
        title={text ?? label}
        aria-haspopup="menu"
        aria-expanded={place !== undefined}
        onClick={open}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          open();
        }}
      >
        {icon}
        {text !== undefined && (
          <>
            <span className="bar-text">{text}</span>
            <ChevronIcon open={true} />
          </>
        )}
      </button>
      {place && <Menu label={label} items={items()} place={place} onClose={() => setPlace(undefined)} />}
    </>
  );
}
