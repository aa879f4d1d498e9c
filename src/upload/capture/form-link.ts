import { withTimeout } from '../../base/async';
import type { Runtime } from '../../base/runtime';
import type { CaptureMessage, CaptureReply } from './protocol';
import { readReply } from './protocol';

/** Connection of the capture page to the form that opened it. */
export interface FormLink {
  /** Whether the page has an opener. A page with an own opener policy cuts it off. */
  readonly hasForm: boolean;
  /** Reports that this page runs. Returns whether the report was sent. */
  readonly report: () => boolean;
  /** Hands over a file; resolves with the result. `gone`: the form is closed. Never rejects. */
  readonly hand: (file: File) => Promise<'taken' | 'refused' | 'gone'>;
}

/** Time for the form to answer, in milliseconds. */
const REPLY_MS = 5_000;

/** Creates the connection of this page to its opener. Only a page of the same origin receives its messages. */
export function createFormLink(id: string, runtime: Runtime): FormLink {
  const opener = openerOf();
  const { origin } = window;

  /** Returns whether the message was sent. */
  function post(message: CaptureMessage): boolean {
    if (!opener || opener.closed) return false;
    try {
      // In a sandbox, the origin is `null` and no page can be named as the receiver.
      opener.postMessage(message, origin);
      return true;
    } catch {
      return false;
    }
  }

  function nextReply(): { readonly reply: Promise<CaptureReply>; readonly ignore: () => void } {
    let ignore: () => void = () => undefined;
    const reply = new Promise<CaptureReply>((resolve) => {
      const onMessage = (event: MessageEvent<unknown>): void => {
        if (event.source !== opener || event.origin !== origin) return;
        const found = readReply(event.data, id);
        if (found) resolve(found);
      };
      window.addEventListener('message', onMessage);
      ignore = () => window.removeEventListener('message', onMessage);
    });
    return { reply, ignore };
  }

  return {
    hasForm: opener !== null,
    report: () => post({ captureId: id, type: 'reached' }),
    async hand(file) {
      const { reply, ignore } = nextReply();
      try {
        if (!post({ captureId: id, type: 'file', file })) return 'gone';
        const { isTaken } = await withTimeout(reply, REPLY_MS, runtime, () => new Error('no answer'));
        return isTaken ? 'taken' : 'refused';
      } catch {
        return 'gone';
      } finally {
        ignore();
      }
    },
  };
}

function openerOf(): Window | null {
  return window.opener as Window | null;
}
