import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { useModal } from './use-modal';

/**
 * A question over the page, which nothing else is done beside. The browser keeps the focus inside, and gives it back to
 * whatever had it when the dialog goes.
 */
export function Dialog(props: {
  title: string;
  /** Whether it takes as much room as there is. */
  isLarge?: boolean;
  /** Asked to go by Escape. A press beside it is none: what was typed would be lost. */
  onClose: () => void;
  children: React.ReactNode;
}): React.JSX.Element {
  const { title, isLarge = false, onClose, children } = props;
  const dialog = useModal(onClose);
  const id = React.useRef(`dialog-${Math.random().toString(36).slice(2)}`);
  return ReactDOM.createPortal(
    <dialog
      ref={dialog}
      className={isLarge ? 'dialog dialog-large' : 'dialog'}
      aria-labelledby={id.current}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
      onContextMenu={(event) => event.stopPropagation()}
    >
      <div className="dialog-inside">
        <h2 id={id.current} className="dialog-title">
          {title}
        </h2>
        {children}
      </div>
    </dialog>,
    document.body,
  );
}
