import * as React from 'react';
import { useHostPage } from '../host-page';
import { useStore } from '../store';

interface ModalDialogProps {
  className: string;
  name: string;
  /** Id of the description element. */
  descriptionId?: string;
  /** Whether a click beside it dismisses it. */
  isLightDismissed: boolean;
  onDismiss: () => void;
  style?: React.CSSProperties;
  children: React.ReactNode;
}

/**
 * Dialog that traps the focus and restores it on close. Escape dismisses it while the focus is in the page;
 * inside a frame, the key stays in the frame.
 */
export function ModalDialog({ className, name, isLightDismissed, onDismiss, ...props }: ModalDialogProps) {
  const { settings } = useHostPage();
  const { quirks } = useStore(settings);
  const element = React.useRef<HTMLDialogElement>(null);
  React.useLayoutEffect(() => {
    const dialog = element.current!;
    const before = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      // A browser gives it back to elements of the page, and not to a frame.
      if (before instanceof HTMLIFrameElement) before.focus();
    };
  }, []);
  const stays = !isLightDismissed && quirks.escapeWithoutLightDismiss === 'stays';
  return (
    <dialog
      ref={element}
      className={className}
      style={props.style}
      role="dialog"
      aria-modal="true"
      aria-label={name}
      aria-describedby={props.descriptionId}
      onClick={(event) => {
        if (isLightDismissed && event.target === element.current && isBeside(event, element.current))
          onDismiss();
      }}
      onCancel={(event) => {
        event.preventDefault();
        if (!stays) onDismiss();
      }}
      // A browser lets a person out at the second Escape, whatever the page says to it.
      onClose={() => element.current?.showModal()}
    >
      {props.children}
    </dialog>
  );
}

/** The shade around a dialog is part of it. */
function isBeside({ clientX, clientY }: React.MouseEvent, dialog: Element): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
