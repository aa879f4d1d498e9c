import { withTimeout } from '../../base/async';
import type { Runtime } from '../../base/runtime';
import { makeSecret } from '../../base/secret';
import type { CaptureMessage, CapturePurpose, CaptureReply } from './protocol';
import { captureUrl, readMessage } from './protocol';

/** A window with the capture page. */
export interface CaptureWindow {
  /** Whether this frame has a reference to it. A page that cuts off its frames gets none, although the window opens. */
  readonly isOpen: boolean;
  /** Closes the window and ignores its messages. */
  readonly close: () => void;
}

/** Random part of a window's address, without its task. */
type Task = Omit<Extract<CapturePurpose, { kind: 'capture' }>, 'id'> | { readonly kind: 'check' };

/** Receives a message. An answer goes back to the window. */
type Receive = (message: CaptureMessage) => CaptureReply | undefined;

/**
 * Opens the capture page in a window of its own. Must be called in a click or key handler. Accepts messages of this
 * window only, from this origin, with the secret id of its address.
 */
export function openCaptureWindow(task: Task, features: string, receive: Receive): CaptureWindow {
  const id = makeSecret();
  const { origin } = window;
  let opened: Window | null = null;
  try {
    opened = window.open(captureUrl(location.href, { ...task, id }), '', features);
  } catch {
    // The browser or the sandbox refuses windows.
  }
  if (!opened) return { isOpen: false, close: () => undefined };
  const target = opened;
  const onMessage = (event: MessageEvent<unknown>): void => {
    if (event.source !== target || event.origin !== origin) return;
    const message = readMessage(event.data, id);
    const reply = message && receive(message);
    if (reply) target.postMessage(reply, origin);
  };
  window.addEventListener('message', onMessage);
  return {
    isOpen: true,
    close() {
      window.removeEventListener('message', onMessage);
      target.close();
    },
  };
}

/** Time for the page of the window to load and answer, in milliseconds. */
const REACH_MS = 10_000;

/** Result of opening a window for the check. */
export interface WindowCheck {
  readonly isOpen: boolean;
  /** Resolves with whether a message of the window arrived. Never rejects. */
  readonly reaches: Promise<boolean>;
}

/** Opens a small window for a moment, at a click, and waits for its message. */
export function checkWindow(runtime: Runtime): WindowCheck {
  let onReached: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (onReached = resolve));
  const opened = openCaptureWindow({ kind: 'check' }, 'popup,width=200,height=100', () => {
    onReached();
    return undefined;
  });
  if (!opened.isOpen) return { isOpen: false, reaches: Promise.resolve(false) };
  const reaches = withTimeout(reached, REACH_MS, runtime, () => new Error('no answer'))
    .then(
      () => true,
      () => false,
    )
    .finally(opened.close);
  return { isOpen: true, reaches };
}
