/**
 * Message of an open panel to the frames of its tab, sent by `first-script.js` before anything else is loaded. A
 * `BroadcastChannel` is blocked in some frames. It holds no secret; a forged one only hides an explanation.
 */
interface PanelSignal {
  readonly staplerPanel: 'open';
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
