import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { currentLanguage } from '../base/i18n/language';
import { ChosenIcon } from './icons';
import { ignoreNextClick } from './ignore-click';

/** An item of a menu. */
export interface MenuItem {
  readonly text: string;
  readonly icon?: React.JSX.Element;
  /** Whether it begins a group. A separator stands above the group, unless it is the first one. */
  readonly beginsGroup?: boolean;
  /** Title of the group that it begins. */
  readonly title?: string;
  /** `checkbox`: one of several choices, after which the menu stays open. `radio`: the only choice of its group. */
  readonly choice?: 'checkbox' | 'radio';
  /** Whether a choice is in force. */
  readonly isChecked?: boolean;
  /** Reason why it cannot be chosen now, shown below its text. */
  readonly unavailable?: string;
  readonly onSelect: () => void;
}

/** Anchor of a menu, in CSS pixels. The menu opens below it, above it, or beside it, where it fits. */
export interface MenuPlace {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Distance from the edges of the window, in CSS pixels. */
const MARGIN = 4;

/** Distance from a place that the menu fits neither below nor above, in CSS pixels. */
const GAP = 8;

/** Letters typed within this time form one search, in milliseconds. */
const WORD_MS = 700;

/**
 * A menu over the page, following the WAI-ARIA Authoring Practices. It takes the focus, and returns it when it
 * closes: after a choice, Escape, Tab, a press outside, or when the window loses the focus.
 */
export function Menu(props: {
  label: string;
  items: readonly MenuItem[];
  place: MenuPlace;
  onClose: () => void;
}): React.JSX.Element {
  const { label, items, place, onClose } = props;
  const menu = React.useRef<HTMLDivElement>(null);
  const typed = React.useRef({ text: '', at: -Infinity });
  useFocusBack(menu);
  useClosing(menu, onClose);

  React.useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const put = (): void => {
      const { offsetWidth, offsetHeight } = element;
      const { innerWidth, innerHeight } = window;
      const fitsBelow = place.bottom + offsetHeight <= innerHeight - MARGIN;
      const fitsAbove = place.top >= offsetHeight;
      const top = fitsBelow || !fitsAbove ? place.bottom : place.top - offsetHeight;
      const aligned = currentLanguage().direction === 'ltr' ? place.left : place.right - offsetWidth;
      const sides = [place.right + GAP, place.left - GAP - offsetWidth];
      const beside = sides.find((side) => side === within(side, innerWidth - offsetWidth));
      // An item below a finger or the pointer would be chosen by accident.
      const left = fitsBelow || fitsAbove ? aligned : (beside ?? aligned);
      element.style.left = `${within(left, innerWidth - offsetWidth)}px`;
      element.style.top = `${within(top, innerHeight - offsetHeight)}px`;
    };
    put();
    // A frame that follows its content grows for the menu.
    const heightPx = element.scrollHeight + element.offsetHeight - element.clientHeight + 2 * MARGIN;
    document.documentElement.style.setProperty('--menu-height', `${heightPx}px`);
    window.addEventListener('resize', put);
    return () => window.removeEventListener('resize', put);
    // A choice can add an item.
  }, [place, items.length]);

  React.useLayoutEffect(() => buttonsIn(menu.current)[0]?.focus({ preventScroll: true }), []);

  function onKeyDown(event: React.KeyboardEvent): void {
    // Keys must not reach the page below.
    event.stopPropagation();
    const buttons = buttonsIn(menu.current);
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = nextFor(event, at, buttons);
    if (next === undefined) return;
    event.preventDefault();
    if (next === 'close') onClose();
    else buttons.at(next % buttons.length)?.focus();
  }

  /** Returns the index of the item to focus; `undefined` if the key moves nothing. */
  function nextFor(
    { key, ctrlKey, metaKey, altKey }: React.KeyboardEvent,
    at: number,
    buttons: readonly HTMLButtonElement[],
  ): number | 'close' | undefined {
    switch (key) {
      case 'ArrowDown':
        return at + 1;
      case 'ArrowUp':
        return at < 0 ? -1 : at - 1;
      case 'Home':
        return 0;
      case 'End':
        return -1;
      case 'Escape':
      case 'Tab':
        return 'close';
      default: {
        if (key.length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return undefined;
        const found = itemFor(key, at, buttons);
        return found < 0 ? undefined : found;
      }
    }
  }

  /**
   * Returns the index of the next item starting with the typed text. Repeating one letter cycles through its items.
   */
  function itemFor(key: string, at: number, buttons: readonly HTMLButtonElement[]): number {
    const now = performance.now();
    const before = now - typed.current.at < WORD_MS ? typed.current.text : '';
    typed.current = { text: before + key.toLowerCase(), at: now };
    const isOneLetter = /^(.)\1*$/.test(typed.current.text);
    const wanted = isOneLetter ? key.toLowerCase() : typed.current.text;
    const from = isOneLetter ? at + 1 : Math.max(0, at);
    const order = buttons.map((_, index) => (from + index) % buttons.length);
    return order.find((index) => buttons[index]?.textContent.toLowerCase().startsWith(wanted)) ?? -1;
  }

  return ReactDOM.createPortal(
    <div
      ref={menu}
      className="menu"
      role="menu"
      aria-label={label}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {groupsOf(items).map((group, at) => (
        <React.Fragment key={at}>
          {at > 0 && <div className="menu-line" role="separator" />}
          <div role="group" aria-label={group[0]?.title}>
            {group[0]?.title !== undefined && (
              <div className="menu-title" aria-hidden="true">
                {group[0].title}
              </div>
            )}
            {group.map((item) => (
              <ItemButton key={item.text} item={item} onClose={onClose} />
            ))}
          </div>
        </React.Fragment>
      ))}
    </div>,
    // Beside a modal dialog or a full screen, the rest of the page is inert or hidden.
    document.fullscreenElement ?? [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body,
  );
}

/** Splits items before each that begins a group. */
function groupsOf(items: readonly MenuItem[]): readonly (readonly MenuItem[])[] {
  const groups: MenuItem[][] = [];
  for (const item of items) {
    if (item.beginsGroup || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(item);
  }
  return groups;
}

function buttonsIn(menu: HTMLElement | null): readonly HTMLButtonElement[] {
  return [...(menu?.querySelectorAll<HTMLButtonElement>('[role^="menuitem"]') ?? [])];
}

function within(position: number, max: number): number {
  return Math.max(MARGIN, Math.min(position, max - MARGIN));
}

function ItemButton({ item, onClose }: { item: MenuItem; onClose: () => void }): React.JSX.Element {
  const { text, icon, choice, isChecked = false, unavailable, onSelect } = item;
  return (
    <button
      type="button"
      role={choice ? `menuitem${choice}` : 'menuitem'}
      aria-checked={choice && isChecked}
      aria-disabled={unavailable !== undefined}
      className="menu-item"
      tabIndex={-1}
      onPointerEnter={({ currentTarget, pointerType }) => {
        if (pointerType === 'mouse') currentTarget.focus({ preventScroll: true });
      }}
      onClick={() => {
        if (unavailable !== undefined) return;
        if (choice !== 'checkbox') onClose();
        onSelect();
      }}
    >
      <span className="menu-icon">{choice ? isChecked && <ChosenIcon /> : icon}</span>
      <span>
        {text}
        {unavailable !== undefined && <span className="menu-note quiet"> {unavailable}</span>}
      </span>
    </button>
  );
}

/** Returns the focus on unmount, if it is inside the container or on no element. */
function useFocusBack(container: React.RefObject<HTMLElement>): void {
  React.useLayoutEffect(() => {
    const before = document.activeElement;
    const inside = container.current;
    return () => {
      const { activeElement } = document;
      const isOurs = activeElement === document.body || inside?.contains(activeElement) === true;
      if (isOurs && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [container]);
}

function useClosing(container: React.RefObject<HTMLElement>, onClose: () => void): void {
  const close = React.useRef(onClose);
  close.current = onClose;
  React.useEffect(() => {
    const onPress = ({ target, pointerType }: PointerEvent): void => {
      if (target instanceof Node && container.current?.contains(target)) return;
      // A tap beside the menu only closes it, as in apps; a click acts on its target as well, as on the desktop.
      if (pointerType === 'touch') ignoreNextClick();
      close.current();
    };
    const onAway = (): void => close.current();
    const { innerWidth } = window;
    // The height of the form group's frame follows its uploads.
    const onResize = (): void => {
      const bottom = container.current?.getBoundingClientRect().bottom ?? 0;
      if (window.innerWidth !== innerWidth || bottom > window.innerHeight) close.current();
    };
    document.addEventListener('pointerdown', onPress, true);
    window.addEventListener('blur', onAway);
    window.addEventListener('resize', onResize);
    return () => {
      document.removeEventListener('pointerdown', onPress, true);
      window.removeEventListener('blur', onAway);
      window.removeEventListener('resize', onResize);
    };
  }, [container]);
}
