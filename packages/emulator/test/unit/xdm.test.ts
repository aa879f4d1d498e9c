/** @jest-environment jsdom */

import { XdmChannel } from '../../src/host/page/sdk/xdm';

/** What went over the wire, decoded. */
type Message = Record<string, unknown>;

const origin = 'http://assets.localhost';

/** Two windows that hand each other's messages over at once. */
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

/** All promises that need no timer have come to their end. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

const request = { id: 1, methodName: 'add', instanceId: 'calculator', params: [2, 3], handshakeToken: 'abc' };
const calculator = { add: (one: number, other: number) => one + other };

describe('answering', () => {
  test('calls the method and echoes the token', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', calculator);
    expect(await say(request)).toEqual({ id: 1, result: 5, handshakeToken: 'abc' });
  });

  test('waits for promises, of results and of registered objects', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', Promise.resolve({ add: () => Promise.resolve('later') }));
    expect(await say(request)).toMatchObject({ result: 'later' });
  });

  test('gives the context to a factory', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', (context: unknown) => ({ add: () => context }));
    expect(await say({ ...request, instanceContext: { of: 'mine' } })).toMatchObject({
      result: { of: 'mine' },
    });
  });

  test('an empty method name asks for the object, methods of its class included', async () => {
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

  test('tells which object or method is missing', async () => {
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

  test('an error crosses as a plain object with its stack, and with a toString that is a proxy', async () => {
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

  test('rejecting with nothing arrives as success, as it does in the SDK', async () => {
    const { channel, say } = setUp();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    channel.register('calculator', { add: () => Promise.reject() });
    expect(await say(request)).toEqual({ id: 1, handshakeToken: 'abc' });
  });

  test('forgets what is unregistered', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', calculator);
    channel.unregister('calculator');
    expect(await say(request)).toHaveProperty('error');
  });
});

describe('whom it hears', () => {
  test('a sandboxed frame, whose origin is "null"', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', calculator);
    expect(await say(request, 'null')).toMatchObject({ result: 5 });
  });

  test('no other origin and no other window', async () => {
    const { channel, say, host, frame } = setUp();
    channel.register('calculator', calculator);
    expect(await say(request, 'http://elsewhere.localhost')).toBeUndefined();
    host.hear(JSON.stringify(request), new FakeWindow(), origin);
    await settled();
    expect(frame.received).toEqual([]);
  });

  test('nothing that is not JSON of the protocol', async () => {
    const { say, host, frame } = setUp();
    expect(await say('not { json')).toBeUndefined();
    expect(await say('"text"')).toBeUndefined();
    expect(await say('null')).toBeUndefined();
    host.hear({ ...request }, frame, origin);
    await settled();
    expect(frame.received).toEqual([]);
  });
});

describe('calling', () => {
  test('sends a request and gives back the result', async () => {
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

  test('functions of an object that was fetched call back, underscore members included', async () => {
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

  test('closing rejects what is open and stops listening', async () => {
    const { channel, say } = setUp();
    channel.register('calculator', calculator);
    const rejected = expect(channel.getObject('group')).rejects.toThrow('The frame was closed.');
    channel.close();
    await rejected;
    expect(await say(request)).toBeUndefined();
  });
});

describe('values', () => {
  /** What the frame receives when the host returns `value`. */
  async function sent(value: unknown): Promise<unknown> {
    const { channel, say } = setUp();
    channel.register('calculator', { add: () => value });
    return (await say(request))?.['result'];
  }

  /** What the host receives when the frame passes `value`. */
  async function received(value: unknown): Promise<unknown> {
    const { channel, say } = setUp();
    const add = jest.fn();
    channel.register('calculator', { add });
    await say({ ...request, params: [value] });
    return (add.mock.calls[0] as unknown[])[0];
  }

  test('dates travel as milliseconds, the epoch too', async () => {
    expect(await sent({ at: new Date(5) })).toEqual({ at: { __proxyDate: 5 } });
    expect(await received({ __proxyDate: 0 })).toEqual(new Date(0));
  });

  test('false, zero and the empty text survive', async () => {
    expect(await sent({ no: false, zero: 0, empty: '' })).toEqual({ no: false, zero: 0, empty: '' });
    expect(await sent(false)).toBe(false);
  });

  test('null vanishes from objects and stays in arrays', async () => {
    expect(await sent({ one: null, two: [null, 1] })).toEqual({ two: [null, 1] });
    expect(await sent(null)).toBeUndefined();
  });

  test('members that begin with an underscore are left out unless asked for', async () => {
    expect(await sent({ _links: 1, id: 2 })).toEqual({ id: 2 });
    const { channel, say } = setUp();
    channel.register('calculator', { add: () => ({ _links: 1 }) });
    const asking = { ...request, serializationSettings: { includeUnderscoreProperties: true } };
    expect(await say(asking)).toMatchObject({ result: { _links: 1 } });
  });

  test('parts of the page are not sent', async () => {
    expect(await sent({ node: document.body, event: new Event('x'), id: 1 })).toEqual({ id: 1 });
  });

  test('a getter that throws is a member that is missing', async () => {
    const value = {
      id: 1,
      get broken() {
        throw new Error('broken');
      },
    };
    expect(await sent(value)).toEqual({ id: 1 });
  });

  test('a cycle is cut by a reference, and closed again at the other end', async () => {
    const cycle: Record<string, unknown> = { name: 'ring' };
    cycle['self'] = cycle;
    const wire = await sent({ cycle });
    expect(wire).toEqual({
      cycle: { name: 'ring', self: { __circularReference: 1 }, __circularReferenceId: 1 },
    });
    const closed = (await received(wire)) as { cycle: { self: unknown } };
    expect(closed.cycle.self).toBe(closed.cycle);
  });

  test('the same value twice side by side is no cycle', async () => {
    const twice = { id: 1 };
    expect(await sent([twice, twice])).toEqual([{ id: 1 }, { id: 1 }]);
  });
});
