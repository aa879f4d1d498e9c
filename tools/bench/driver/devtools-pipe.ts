import type { Readable, Writable } from 'node:stream';
import type { Commands, Method } from './protocol';

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Call {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const ENDED = 'The browser has ended.';

/** A conversation with a browser over its two pipes: JSON messages, each ended by a zero byte. */
export class DevToolsPipe {
  private readonly calls = new Map<number, Call>();
  private readonly waiting: { event: string; sessionId: string; resolve: () => void }[] = [];
  private unread: Buffer[] = [];
  private lastId = 0;
  private hasEnded = false;

  /** @param input Input of the browser. @param output Output of the browser. */
  constructor(
    private readonly input: Writable,
    output: Readable,
  ) {
    output.on('data', (data: Buffer) => this.read(data));
    output.on('close', () => this.end());
    // The browser may exit during a write; `end` rejects pending answers.
    input.on('error', () => undefined);
    output.on('error', () => undefined);
  }

  /** Sends a command, to the browser itself or to the page of `sessionId`. */
  send<M extends Method>(
    method: M,
    params: Commands[M]['params'],
    sessionId?: string,
  ): Promise<Commands[M]['result']> {
    if (this.hasEnded) return Promise.reject(new Error(ENDED));
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.calls.set(id, {
        resolve: resolve as Call['resolve'],
        reject: (error) => reject(new Error(`${method}: ${error.message}`)),
      });
      this.input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** Resolves with the next event of the name. */
  next(event: string, sessionId: string): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ event, sessionId, resolve }));
  }

  private read(data: Buffer): void {
    let start = 0;
    for (let end = data.indexOf(0); end >= 0; end = data.indexOf(0, start)) {
      const message = Buffer.concat([...this.unread, data.subarray(start, end)]).toString();
      this.unread = [];
      start = end + 1;
      this.receive(JSON.parse(message) as Message);
    }
    if (start < data.length) this.unread.push(data.subarray(start));
  }

  private receive({ id, sessionId, method, result, error }: Message): void {
    if (id === undefined) {
      const at = this.waiting.findIndex((one) => one.event === method && one.sessionId === sessionId);
      if (at >= 0) this.waiting.splice(at, 1)[0]?.resolve();
      return;
    }
    const call = this.calls.get(id);
    this.calls.delete(id);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
  }

  private end(): void {
    this.hasEnded = true;
    for (const { reject } of this.calls.values()) reject(new Error(ENDED));
    this.calls.clear();
  }
}
