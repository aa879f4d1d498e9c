import { XdmValues, type SerializationSettings } from './xdm-values';

interface Request {
  id: number;
  methodName: string;
  instanceId: string;
  instanceContext?: unknown;
  params?: unknown;
  serializationSettings?: SerializationSettings | undefined;
  handshakeToken?: string;
}

interface Response {
  id: number;
  result?: unknown;
  error?: unknown;
}

interface PendingCall {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** Name of the object with the functions passed as values. */
const proxiedFunctions = '__proxyFunctions';
let channelCount = 0;

/**
 * The host's end of the conversation with one extension frame, as `azure-devops-extension-sdk` speaks it: JSON text
 * posted both ways, each answer carrying the token of its request. The frame drops whatever the host says before it has
 * answered a first request.
 */
export class XdmChannel {
  readonly #objects = new Map<string, unknown>();
  readonly #calls = new Map<number, PendingCall>();
  readonly #values = new XdmValues(++channelCount, (name, args) =>
    this.invoke(proxiedFunctions, name, args, { includeUnderscoreProperties: true }),
  );
  #callCount = 0;

  /**
   * @param remote - window of the frame; messages from other windows are ignored
   * @param origin - origin of the frame; the origin "null" of a sandboxed frame is accepted as well
   * @param local - window that receives the frame's messages
   */
  constructor(
    private readonly remote: Window,
    private readonly origin: string,
    private readonly local: Window = window,
  ) {
    local.addEventListener('message', this.#receive);
  }

  /** Registers `object` for the frame: a value, a promise of one, or a factory with the caller's context. */
  register(instanceId: string, object: unknown): void {
    this.#objects.set(instanceId, object);
  }

  unregister(instanceId: string): void {
    this.#objects.delete(instanceId);
  }

  /** Calls a method of an object registered by the frame. Rejects with the frame's error. */
  invoke(
    instanceId: string,
    methodName: string,
    params?: unknown[],
    serializationSettings?: SerializationSettings,
  ): Promise<unknown> {
    const id = ++this.#callCount;
    const result = new Promise((resolve, reject: (error: Error) => void) => {
      this.#calls.set(id, { resolve, reject });
    });
    this.#post({
      id,
      methodName,
      instanceId,
      params: this.#values.encode(params, serializationSettings),
      serializationSettings,
    });
    return result;
  }

  /** Returns an object registered by the frame; its methods are remote functions. */
  getObject(instanceId: string): Promise<unknown> {
    return this.invoke(instanceId, '');
  }

  /** Stops listening. Pending calls are rejected. */
  close(): void {
    this.local.removeEventListener('message', this.#receive);
    for (const call of this.#calls.values()) call.reject(new FrameClosed());
    this.#calls.clear();
  }

  readonly #receive = (event: MessageEvent): void => {
    if (event.source !== this.remote || (event.origin !== this.origin && event.origin !== 'null')) return;
    const message = parseMessage(event.data);
    if (!message) return;
    if ('instanceId' in message) void this.#answer(message);
    else this.#settle(message);
  };

  #settle(response: Response): void {
    const call = this.#calls.get(response.id);
    if (!call) return;
    this.#calls.delete(response.id);
    if (response.error) call.reject(toError(this.#values.decode(response.error)));
    else call.resolve(this.#values.decode(response.result));
  }

  async #answer(request: Request): Promise<void> {
    const { id, handshakeToken, serializationSettings } = request;
    const encode = (value: unknown) => this.#values.encode(value, serializationSettings);
    try {
      const result = encode(await this.#perform(request));
      this.#post({ id, result, handshakeToken });
    } catch (error) {
      this.#post({ id, error: encode(error), handshakeToken });
    }
  }

  async #perform({ instanceId, methodName, instanceContext, params }: Request): Promise<unknown> {
    const object = await this.#find(instanceId, instanceContext);
    if (!object) throw new Error(`The registered object ${instanceId} could not be found.`);
    if (!methodName) return object;
    const method = (object as Record<string, unknown>)[methodName];
    if (typeof method !== 'function') throw new Error(`RPC method not found: ${methodName}`);
    const args = (this.#values.decode(params) ?? []) as unknown[];
    return (method as (...args: unknown[]) => unknown).apply(object, args);
  }

  #find(instanceId: string, context: unknown): unknown {
    if (instanceId === proxiedFunctions) return this.#values.functions;
    const object = this.#objects.get(instanceId);
    return typeof object === 'function' ? (object as (context: unknown) => unknown)(context) : object;
  }

  #post(message: Request | (Response & { handshakeToken: string | undefined })): void {
    // A sandboxed frame has no origin to use as a target.
    this.remote.postMessage(JSON.stringify(message), '*');
  }
}

/** Error of a pending call after its frame was removed. */
export class FrameClosed extends Error {
  override readonly name = 'FrameClosed';

  constructor() {
    super('The frame was closed.');
  }
}

function parseMessage(data: unknown): Request | Response | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const message: unknown = JSON.parse(data);
    return typeof message === 'object' && message !== null && 'id' in message
      ? (message as Request | Response)
      : undefined;
  } catch {
    return undefined;
  }
}

function toError(value: unknown): Error {
  const members = typeof value === 'object' && value !== null ? (value as Partial<Error>) : {};
  const error = new Error(members.message ?? (typeof value === 'string' ? value : 'The extension failed.'));
  if (members.name) error.name = members.name;
  return error;
}
