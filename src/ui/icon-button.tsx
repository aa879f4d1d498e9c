import * as React from 'react';

/**
 * A small button with an icon; its label names the action and the file. It is a native button, because lists of
 * hundreds of rows create and discard buttons while scrolling.
 */
export function IconButton(props: {
  label: string;
  icon: React.JSX.Element;
  /** Whether it is disabled. It stays focusable. */
  isDisabled?: boolean;
  /** -1 to leave it out of the tab order. */
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
