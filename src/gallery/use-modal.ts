import * as React from 'react';

/**
 * Puts a `<dialog>` in front of all the rest of the frame, which can neither be clicked nor reached by the keyboard
 * meanwhile. Once it is gone, the focus goes to where the person goes on.
 *
 * @param onClose Escape was pressed.
 * @param goOnFrom The element that gets the focus; the one that had it before where there is none.
 * @returns The ref of the dialog.
 */
export function useModal(
  onClose: () => void,
  goOnFrom: () => HTMLElement | null,
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
    dialog.addEventListener('cancel', onCancel);
    dialog.showModal();
    return () => {
      dialog.removeEventListener('cancel', onCancel);
      dialog.close();
      latest.current.goOnFrom()?.focus();
    };
  }, []);
  return ref;
}
