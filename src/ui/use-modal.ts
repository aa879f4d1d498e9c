import * as React from 'react';

/** The element that gets the focus once a dialog is gone; `null` for the one that had it before. */
export type GoOnFrom = () => HTMLElement | null;

const whereItWas: GoOnFrom = () => null;

/**
 * Puts a `<dialog>` in front of all the rest of the frame, which can neither be clicked nor reached by the keyboard
 * meanwhile. The browser keeps the focus inside.
 *
 * @param onClose Escape was pressed, and nothing inside took it for itself.
 * @returns The ref of the dialog.
 */
export function useModal(
  onClose: () => void,
  goOnFrom: GoOnFrom = whereItWas,
): React.RefObject<HTMLDialogElement> {
  const ref = React.useRef<HTMLDialogElement>(null);
  const latest = React.useRef({ onClose, goOnFrom });
  React.useLayoutEffect(() => {
    latest.current = { onClose, goOnFrom };
  });
  React.useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const onCancel = (event: Event): void => {
      // React takes it away; the browser closing it as well would leave an empty one behind.
      event.preventDefault();
      latest.current.onClose();
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      // The library's buttons keep this key to themselves, and the browser then hears nothing of it.
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current.onClose();
    };
    dialog.addEventListener('cancel', onCancel);
    dialog.addEventListener('keydown', onKeyDown, { capture: true });
    dialog.showModal();
    return () => {
      dialog.removeEventListener('cancel', onCancel);
      dialog.removeEventListener('keydown', onKeyDown, { capture: true });
      dialog.close();
      latest.current.goOnFrom()?.focus();
    };
  }, []);
  return ref;
}
