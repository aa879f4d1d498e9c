/** @jest-environment jsdom */

import { XdmChannel } from '../../src/host/page/sdk/xdm';

/** Decoded messages. */
type Message = Record<string, unknown>;

const origin = 'http://assets.localhost';

/** Two windows that exchange messages synchronously. */
class FakeWindow {
  readonly heard: MessageEvent[] = [];
  readonly received: Message[] = [];
  #listener: ((event: MessageEvent) => void) | undefined;

  addEventListener(_type: string, listener: (event: MessageEvent) => void): void {
    this.#listener = listener;
  }

  removeEventListener(): void {
    this.#listener = undefined;
  }

  /** A message arrives from `source`. */
  hear(data: unknown, source: FakeWindow, from: string): void {
    this.#listener?.({ data, source, origin: from } as unknown as MessageEvent);
  }

  postMessage(data: string, target: string): void {
    expect(target).toBe('*');
    this.received.push(JSON.parse(data) as Message);
  }
}

function setUp() {
  const host = new FakeWindow();
  const frame = new FakeWindow();
  const channel = new XdmChannel(frame as unknown as Window, origin, host as unknown as Window);
  /** The frame says something; resolves with the host's next words. */
  const say = async (message: unknown, from = origin): Promise<Message | undefined> => {
    const known = frame.received.length;
    host.hear(typeof message === 'string' ? message : JSON.stringify(message), frame, from);
    await settled();
    return frame.received[known];
  };
  return { host, frame, channel, say };
}

/** Resolves after all promises without a timer. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

const request = { id: 1, methodName: 'add', instanceId: 'calculator', params: [2, 3], handshakeToken: 'abc' };
const calculator = { add: (one: number, other: number) => one + other };

describe('XdmChannel as the callee', () => {
  test('calls the method and echoes the token', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', calculator);
    expect(await say(request)).toEqual({ id: 1, result: 5, handshakeToken: 'abc' });
  });

  test('awaits promises of results and of registered objects', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', Promise.resolve({ add: () => Promise.resolve('later') }));
    expect(await say(request)).toMatchObject({ result: 'later' });
  });

  test('passes the context to a factory', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', (context: unknown) => ({ add: () => context }));
    expect(await say({ ...request, instanceContext: { of: 'mine' } })).toMatchObject({
      result: { of: 'mine' },
    });
  });

  test('returns the object, with the methods of its class, for an empty method name', async () => {
    class Service {
      readonly name = 'service';
      readonly _secret = 1;
      greet = () => 'hello';
      get shout() {
        return 'HELLO';
      }
      describe() {
        return this.name;
      }
    }
    const { channel, say } = setUp();
    channel.register('service', new Service());
    const answer = await say({ id: 1, methodName: '', instanceId: 'service' });
    const result = answer?.['result'] as Record<string, { __proxyFunctionId: number }>;
    expect(Object.keys(result).sort()).toEqual(['describe', 'greet', 'name', 'shout']);
    const methodName = `proxy${result['describe']!.__proxyFunctionId}`;
    const call = { id: 2, methodName, instanceId: '__proxyFunctions', params: [] };
    expect(await say(call)).toMatchObject({ id: 2, result: 'service' });
  });

  test('names the missing object or method', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', calculator);
    expect(await say({ ...request, instanceId: 'clock' })).toMatchObject({
      id: 1,
      handshakeToken: 'abc',
      error: { name: 'Error', message: 'The registered object clock could not be found.' },
    });
    expect(await say({ ...request, methodName: 'divide' })).toMatchObject({
      error: { message: 'RPC method not found: divide' },
    });
  });

  test('sends an error as a plain object with its stack and a remote toString', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', { add: () => Promise.reject(new TypeError('No numbers.')) });
    expect(await say(request)).toMatchObject({
      error: {
        name: 'TypeError',
        message: 'No numbers.',
        stack: expect.any(String) as string,
        toString: { __proxyFunctionId: expect.any(Number) as number },
      },
    });
  });

  test('sends a rejection without a reason as a success, like the SDK', async () => {
    const { channel, say } = setUp();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    channel.register('calculator', { add: () => Promise.reject() });
    expect(await say(request)).toEqual({ id: 1, handshakeToken: 'abc' });
  });

  test('forgets unregistered objects', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', calculator);
    channel.unregister('calculator');
    expect(await say(request)).toHaveProperty('error');
  });
});

describe('XdmChannel as a listener', () => {
  test('accepts a sandboxed frame with the origin "null"', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', calculator);
    expect(await say(request, 'null')).toMatchObject({ result: 5 });
  });

  test('ignores other origins and windows', async () => {
    const { channel, say, host, frame } = setUp();
    channel.register('calculator', calculator);
    expect(await say(request, 'http://elsewhere.localhost')).toBeUndefined();
    host.hear(JSON.stringify(request), new FakeWindow(), origin);
    await settled();
    expect(frame.received).toEqual([]);
  });

  test('ignores anything but JSON of the protocol', async () => {
    const { say, host, frame } = setUp();
    expect(await say('not { json')).toBeUndefined();
    expect(await say('"text"')).toBeUndefined();
    expect(await say('null')).toBeUndefined();
    host.hear({ ...request }, frame, origin);
    await settled();
    expect(frame.received).toEqual([]);
  });
});

describe('XdmChannel as the caller', () => {
  test('sends a request and returns the result', async () => {
    const { channel, frame, say } = setUp();
    const answer = channel.invoke('DevOps.SdkClient', 'dispatchEvent', ['themeChanged', { detail: 1 }]);
    expect(frame.received).toEqual([
      {
        id: 1,
        methodName: 'dispatchEvent',
        instanceId: 'DevOps.SdkClient',
        params: ['themeChanged', { detail: 1 }],
      },
    ]);
    await say({ id: 1, result: { done: true } });
    await expect(answer).resolves.toEqual({ done: true });
  });

  test('calls functions of a fetched object, including underscore members', async () => {
    const { channel, frame, say } = setUp();
    const fetched = channel.getObject('group');
    await say({ id: 1, result: { onLoaded: { __proxyFunctionId: 7, _channelId: 1 } } });
    const { onLoaded } = (await fetched) as { onLoaded: (args: unknown) => Promise<unknown> };
    const called = onLoaded({ id: 7, _note: 'kept' });
    expect(frame.received[1]).toEqual({
      id: 2,
      methodName: 'proxy7',
      instanceId: '__proxyFunctions',
      params: [{ id: 7, _note: 'kept' }],
      serializationSettings: { includeUnderscoreProperties: true },
    });
    await say({ id: 2 });
    await expect(called).resolves.toBeUndefined();
  });

  test("rejects with the frame's error", async () => {
    const { channel, say } = setUp();
    const answer = channel.getObject('group');
    const rejected = expect(answer).rejects.toMatchObject({ name: 'RangeError', message: 'Too far.' });
    await say({ id: 1, error: { name: 'RangeError', message: 'Too far.' } });
    await rejected;
  });

  test('rejects pending calls and stops listening on close', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', calculator);
    const rejected = expect(channel.getObject('group')).rejects.toThrow('The frame was closed.');
    channel.close();
    await rejected;
    expect(await say(request)).toBeUndefined();
  });
});

describe('XDM values', () => {
  /** Value received by the frame for `value` of the host. */
  async function sent(value: unknown): Promise<unknown> {
    const { channel, say } = setUp();
    channel.register('calculator', { add: () => value });
    return (await say(request))?.['result'];
  }

  /** Value received by the host for `value` of the frame. */
  async function received(value: unknown): Promise<unknown> {
    const { channel, say } = setUp();
    const add = jest.fn();
    channel.register('calculator', { add });
    await say({ ...request, params: [value] });
    return (add.mock.calls[0] as unknown[])[0];
  }

  test('encode dates as milliseconds, including the epoch', async () => {
    expect(await sent({ at: new Date(5) })).toEqual({ at: { __proxyDate: 5 } });
    expect(await received({ __proxyDate: 0 })).toEqual(new Date(0));
  });

  test('keep false, zero and the empty text', async () => {
    expect(await sent({ no: false, zero: 0, empty: '' })).toEqual({ no: false, zero: 0, empty: '' });
    expect(await sent(false)).toBe(false);
  });

  test('omit null in objects and keep it in arrays', async () => {
    expect(await sent({ one: null, two: [null, 1] })).toEqual({ two: [null, 1] });
    expect(await sent(null)).toBeUndefined();
  });

  test('omit members with a leading underscore by default', async () => {
    expect(await sent({ _links: 1, id: 2 })).toEqual({ id: 2 });
    const { channel, say } = setUp();
    channel.register('calculator', { add: () => ({ _links: 1 }) });
    const asking = { ...request, serializationSettings: { includeUnderscoreProperties: true } };
    expect(await say(asking)).toMatchObject({ result: { _links: 1 } });
  });

  test('omit DOM nodes', async () => {
    expect(await sent({ node: document.body, event: new Event('x'), id: 1 })).toEqual({ id: 1 });
  });

  test('omit members with a throwing getter', async () => {
    const value = {
      id: 1,
      get broken() {
        throw new Error('broken');
      },
    };
    expect(await sent(value)).toEqual({ id: 1 });
  });

  test('encode a cycle as a reference and restore it', async () => {
    const cycle: Record<string, unknown> = { name: 'ring' };
    cycle['self'] = cycle;
    const wire = await sent({ cycle });
    expect(wire).toEqual({
      cycle: { name: 'ring', self: { __circularReference: 1 }, __circularReferenceId: 1 },
    });
    const closed = (await received(wire)) as { cycle: { self: unknown } };
    expect(closed.cycle.self).toBe(closed.cycle);
  });

  test('do not treat a repeated sibling as a cycle', async () => {
    const twice = { id: 1 };
    expect(await sent([twice, twice])).toEqual([{ id: 1 }, { id: 1 }]);
  });
});
