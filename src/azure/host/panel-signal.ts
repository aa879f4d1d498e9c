import { siblingWindows } from '../../base/sibling-windows';

/** Message of an open panel to the frames of its tab. It holds no secret; a forged one only hides an explanation. */
interface PanelSignal {
  readonly staplerPanel: 'open';
}

/** Tells the other frames of the tab that the panel is open. A `BroadcastChannel` is blocked in some frames. */
export function confirmPanel(): void {
  const signal: PanelSignal = { staplerPanel: 'open' };
  for (const each of siblingWindows()) each.postMessage(signal, '*');
}

/**
 * Calls `onOpen` with each panel that opens in this tab.
 *
 * @returns Stops listening.
 */
export function onPanelOpen(onOpen: () => void): () => void {
  const listener = ({ data }: MessageEvent<Partial<PanelSignal> | null>): void => {
    if (data?.staplerPanel === 'open') onOpen();
  };
  window.addEventListener('message', listener);
  return () => window.removeEventListener('message', listener);
}
