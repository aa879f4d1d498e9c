import { besidePage, loadedBy, type Vsix } from './vsix';

/** A message of the protocol between host page and extension frame, decoded. */
interface Message {
  readonly id: number;
  readonly methodName?: string;
  readonly handshakeToken?: string;
  readonly result?: unknown;
  readonly error?: { readonly message?: string };
}

/** Host side of one extension frame. */
export interface FakeHost {
  /** Answers the handshake of the frame. Resolves before the frame can run any more code. */
  handshake(): Promise<void>;
  /** Object registered by the frame under `id`. Rejects with the error of the frame. */
  objectNamed(id: string): Promise<unknown>;
  close(): void;
}

/** Loads a packaged page into a frame of this (jsdom) document, with a fake host as its parent. */
export function fakeHost(options: { vsix: Vsix; page: string; contributionId: string }): FakeHost {
  const { vsix, page, contributionId } = options;
  const waiting = new Map<string | number, (message: Message) => void>();
  const early = new Map<string | number, Message>();
  let asked = 0;

  const element = document.createElement('iframe');
  document.body.append(element);
  const frame = element.contentWindow as Window & typeof globalThis;
  // Messages by jsdom's postMessage lack a source and an origin, so the frame would ignore them.
  const parent = { postMessage: (data: string) => hear(JSON.parse(data) as Message) };
  Object.defineProperty(frame, 'parent', { value: parent });
  for (const name of ['ResizeObserver', 'IntersectionObserver'])
    Object.defineProperty(frame, name, { value: NoObserver });

  function hear(message: Message): void {
    const key = message.methodName ?? message.id;
    const resolve = waiting.get(key);
    if (resolve === undefined) early.set(key, message);
    else resolve(message);
  }

  function next(key: string | number): Promise<Message> {
    const known = early.get(key);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => waiting.set(key, resolve));
  }

  function say(message: object): void {
    const event = new frame.MessageEvent('message', {
      data: JSON.stringify(message),
      origin: 'https://dev.azure.com',
    });
    Object.defineProperty(event, 'source', { value: parent });
    frame.dispatchEvent(event);
  }

  load(frame, vsix, page);

  return {
    async handshake() {
      const { id, handshakeToken } = await next('initialHandshake');
      say({ id, handshakeToken, result: greeting(contributionId) });
    },

    async objectNamed(instanceId) {
      const id = ++asked;
      const answer = next(id);
      say({ id, instanceId, methodName: '' });
      const { result, error } = await answer;
      if (error !== undefined) throw new Error(error.message);
      return result;
    },

    // Ends the frame's timers as well.
    close: () => element.remove(),
  };
}

/** jsdom has no such observers. */
class NoObserver {
  observe(): void {}
  disconnect(): void {}
}

function load(frame: Window, vsix: Vsix, page: string): void {
  const html = vsix.text(page);
  frame.document.body.innerHTML = /<body>(.*)<\/body>/s.exec(html)?.[1]?.replace(/<script.*/s, '') ?? '';
  for (const { url, tag } of loadedBy(html)) {
    if (tag !== 'script') continue;
    const script = frame.document.createElement('script');
    script.textContent = vsix.text(besidePage(page, url));
    frame.document.body.append(script);
  }
}

/** Minimum needed by the SDK; the emulator has the complete greeting. */
function greeting(contributionId: string): object {
  const [publisherId, extensionId] = contributionId.split('.');
  return {
    contributionId,
    context: {
      extension: { id: `${publisherId}.${extensionId}`, publisherId, extensionId },
      pageContext: { webContext: {} },
      user: {},
      host: {},
    },
    initialConfig: {},
  };
}
