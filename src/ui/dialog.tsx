import * as React from 'react';
import * as ReactDOM from 'react-dom';
import type { FocusAfterClose } from './use-modal';
import { useModal } from './use-modal';

/** A modal dialog. The browser keeps the focus inside, and returns it to the previously focused element on close. */
export function Dialog(props: {
  title: string;
  /** Whether it fills the window. */
  isLarge?: boolean;
  /** Called on Escape. A click outside does not close it, since typed text would be lost. */
  onClose: () => void;
  /** See `useModal`. */
  focusAfterClose?: FocusAfterClose;
  children: React.ReactNode;
}): React.JSX.Element {
  const { title, isLarge = false, onClose, children } = props;
  const dialog = useModal(onClose, props.focusAfterClose);
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
