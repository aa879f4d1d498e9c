import * as React from 'react';

/** Returns the element to focus after the dialog has closed; `null` for the previously focused one. */
export type FocusAfterClose = () => HTMLElement | null;

const previouslyFocused: FocusAfterClose = () => null;

/**
 * Shows a `<dialog>` as a modal: the rest of the frame is inert, and the browser keeps the focus inside.
 *
 * @param onClose Called on Escape, unless an element inside has handled it.
 * @returns The ref of the dialog.
 */
export function useModal(
  onClose: () => void,
  focusAfterClose: FocusAfterClose = previouslyFocused,
): React.RefObject<HTMLDialogElement> {
  const ref = React.useRef<HTMLDialogElement>(null);
  const latest = React.useRef({ onClose, focusAfterClose });
  React.useLayoutEffect(() => {
    latest.current = { onClose, focusAfterClose };
  });
  React.useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const before = document.activeElement;
    const onCancel = (event: Event): void => {
      // React removes the dialog; closing it here as well would leave an empty one.
      event.preventDefault();
      latest.current.onClose();
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      // Buttons of azure-devops-ui stop this key, so the browser does not see it.
      if (event.key !== 'Escape' || event.isComposing) return;
      // What covers the dialog or a part of it closes first.
      if (event.target instanceof Element && event.target.closest('[role="menu"], [data-takes-escape]'))
        return;
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
      // A browser lays out the content of a visible dialog again while it closes: a quarter of a second for 10,000 elements.
      dialog.style.display = 'none';
      dialog.close();
      const target = latest.current.focusAfterClose() ?? before;
      if (target instanceof HTMLElement) focusNow(target);
    };
  }, []);
  return ref;
}

/** WebKit ignores the focus of an element that was inert until the next layout, so this needs one. */
function focusNow(target: HTMLElement): void {
  target.getBoundingClientRect();
  target.focus();
}
