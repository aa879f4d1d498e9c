import * as React from 'react';

/**
 * A small button that shows a picture; its name says what it does, and to which file. It is the browser's own, not the
 * library's: a list of hundreds of rows makes and drops them while it is scrolled.
 */
export function IconButton(props: {
  label: string;
  icon: React.JSX.Element;
  /** Whether it does nothing just now; it keeps the focus all the same. */
  isDisabled?: boolean;
  /** -1 where Tab passes it by. */
  tabIndex?: number;
  onClick: () => void;
}): React.JSX.Element {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.label}
      title={props.label}
      aria-disabled={props.isDisabled}
      tabIndex={props.tabIndex}
      onClick={props.isDisabled ? undefined : props.onClick}
    >
      {props.icon}
    </button>
  );
}
