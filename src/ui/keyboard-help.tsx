import * as React from 'react';
import { createStateStore } from '../base/store';
import { useLazy, useStore } from './hooks';
import type { ShortcutPage } from './shortcuts';

const isHelpOpen = createStateStore(false);

/** Opens the list of keyboard shortcuts of this page. */
export function showKeyboardHelp(): void {
  isHelpOpen.setState(true);
}

const loadHelp = () => import(/* webpackChunkName: "keyboard-help" */ './keyboard-help-dialog');

/** Opens the list of keyboard shortcuts of a page with `?`. Rendered once per page. */
export function KeyboardHelp({ page }: { page: ShortcutPage }): React.JSX.Element | null {
  const isOpen = useStore(isHelpOpen);
  const { module, problem } = useLazy(loadHelp, isOpen);
  React.useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== '?' || event.defaultPrevented || isTyping(event)) return;
      event.preventDefault();
      showKeyboardHelp();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  const close = (): void => isHelpOpen.setState(false);
  // The next `?` loads it again.
  React.useEffect(() => {
    if (problem) close();
  }, [problem]);
  return isOpen && module ? <module.KeyboardHelpDialog page={page} onClose={close} /> : null;
}

/** Whether a key goes into a field, or belongs to the browser or an input method. */
function isTyping({ target, isComposing, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (isComposing || ctrlKey || metaKey || altKey) return true;
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
