/** @jest-environment jsdom */
import { CancelledError, NetworkError } from '../../../../src/base/errors';
import type { HttpRequest, HttpStack } from '../../../../src/azure/rest/http-stack';
import { xhrHttpStack } from '../../../../src/azure/rest/xhr-http-stack';
import { rejectionOf } from '../../../helpers/deferred';

/** Event of a request or of its upload. */
class FakeEvents {
  private readonly listeners: [string, (event: { loaded: number }) => void][] = [];

  addEventListener(type: string, listener: (event: { loaded: number }) => void): void {
    this.listeners.push([type, listener]);
  }
  fire(type: string, loaded = 0): void {
    for (const [wanted, listener] of this.listeners) if (wanted === type) listener({ loaded });
  }
  has(type: string): boolean {
    return this.listeners.some(([wanted]) => wanted === type);
  }
}

/** The parts of `XMLHttpRequest` used by the stack; the test plays the browser. */
class FakeXhr extends FakeEvents {
  static latest: FakeXhr | undefined;

  onload = (): void => undefined;
  onerror = (): void => undefined;
  onabort = (): void => undefined;
  readonly upload = new FakeEvents();
  readonly HEADERS_RECEIVED = 2;
  readyState = 0;
  responseType = '';
  status = 0;
  text = '';
  response: unknown;
  readonly said: unknown[] = [];
  readonly answerHeaders: Record<string, string> = {};

  constructor() {
    super();
    FakeXhr.latest = this;
  }

  /** Like browsers: no text for `responseType` blob. */
  get responseText(): string {
    if (this.responseType !== '') throw new DOMException('No text.', 'InvalidStateError');
    return this.text;
  }

  open(...args: unknown[]): void {
    this.said.push(['open', ...args]);
  }
  setRequestHeader(...args: unknown[]): void {
    this.said.push(['header', ...args]);
  }
  send(...args: unknown[]): void {
    this.said.push(['send', ...args]);
  }
  abort(): void {
    this.said.push(['abort']);
    this.onabort();
  }
  getAllResponseHeaders(): string {
    return Object.entries(this.answerHeaders)
      .map(([name, value]) => `${name.toLowerCase()}: ${value}\r\n`)
      .join('');
  }

  /** Advances the response: 1 is open, 2 has headers, 3 has bytes, 4 is done. */
  reach(readyState: number): void {
    this.readyState = readyState;
    this.fire('readystatechange');
  }
}

const real = globalThis.XMLHttpRequest;
beforeEach(() => {
  FakeXhr.latest = undefined;
  globalThis.XMLHttpRequest = FakeXhr as unknown as typeof XMLHttpRequest;
});
afterEach(() => void (globalThis.XMLHttpRequest = real));

function begin(request: Partial<HttpRequest> = {}, stack = xhrHttpStack) {
  const answer = stack.send({
    method: 'POST',
    url: 'https://h/c/_apis/x?fileName=secret.txt',
    headers: { A: '1', B: '2' },
    ...request,
  });
  return { answer, xhr: FakeXhr.latest! };
}

test('xhrHttpStack sets everything before sending', () => {
  const body = new Blob(['x']);
  const { xhr } = begin({ body });
  expect(xhr.said).toEqual([
    ['open', 'POST', 'https://h/c/_apis/x?fileName=secret.txt'],
    ['header', 'A', '1'],
    ['header', 'B', '2'],
    ['send', body],
  ]);
});

test('xhrHttpStack sends no body without one', () => {
  expect(begin().xhr.said.at(-1)).toEqual(['send', null]);
});

test.each([200, 203, 404, 500])('xhrHttpStack resolves with status %d', async (status) => {
  const { xhr, answer } = begin();
  Object.assign(xhr, { status, text: 'text' });
  xhr.answerHeaders['ActivityId'] = 'c0ffee';
  xhr.onload();
  const response = await answer;
  expect([response.status, response.text]).toEqual([status, 'text']);
  expect([response.header('ActivityId'), response.header('Retry-After')]).toEqual(['c0ffee', null]);
});

test('xhrHttpStack reports progress', () => {
  const seen: number[] = [];
  const { xhr } = begin({ onUploadProgress: (bytesSent) => seen.push(bytesSent) });
  xhr.upload.fire('progress', 3);
  xhr.upload.fire('progress', 9);
  expect(seen).toEqual([3, 9]);
});

test('xhrHttpStack sets no progress listener without a callback, to avoid a preflight', () => {
  expect(begin().xhr.upload.has('progress')).toBe(false);
});

test('xhrHttpStack reports a missing response as a network error without the file name', async () => {
  const { xhr, answer } = begin();
  xhr.onerror();
  expect(await rejectionOf(answer)).toMatchObject({
    name: 'NetworkError',
    kind: 'network',
    message: 'No answer to POST /c/_apis/x.',
    facts: { status: 0 },
  });
});

test('xhrHttpStack finds headers in any case and omits those hidden by CORS', async () => {
  const { answer, xhr } = begin();
  xhr.answerHeaders['ActivityId'] = 'an id';
  xhr.answerHeaders['Location'] = 'https://h/x: y';
  xhr.onload();
  const answered = await answer;
  const asked = ['activityid', 'ACTIVITYID', 'Location', 'Retry-After'];
  expect(asked.map((name) => answered.header(name))).toEqual(['an id', 'an id', 'https://h/x: y', null]);
});

describe('xhrHttpStack: wantsBlob', () => {
  const blob = { text: () => Promise.resolve('{"message":"No."}') };

  test('resolves with a blob without reading it as text', async () => {
    const { answer, xhr } = begin({ wantsBlob: true });
    expect(xhr.responseType).toBe('blob');
    Object.assign(xhr, { status: 200, response: blob });
    xhr.onload();
    expect(await answer).toMatchObject({ status: 200, text: '', blob });
  });

  test.each([203, 404, 500])('reads the text of status %d', async (status) => {
    const { answer, xhr } = begin({ wantsBlob: true });
    Object.assign(xhr, { status, response: blob });
    xhr.onload();
    expect(await answer).toMatchObject({ status, text: status === 203 ? '' : '{"message":"No."}' });
  });

  test('has no effect unless set', async () => {
    const { answer, xhr } = begin();
    expect(xhr.responseType).toBe('');
    Object.assign(xhr, { status: 200, text: 'text' });
    xhr.onload();
    expect(await answer).not.toHaveProperty('blob');
  });
});

describe('xhrHttpStack: abort', () => {
  test('opens no connection before sending', async () => {
    const signal = AbortSignal.abort();
    const { answer, xhr } = begin({ signal });
    expect(await rejectionOf(answer)).toBeInstanceOf(CancelledError);
    expect(xhr).toBeUndefined();
  });

  test('ends a pending request', async () => {
    const controller = new AbortController();
    const { answer, xhr } = begin({ signal: controller.signal });
    const rejection = rejectionOf(answer);
    controller.abort();
    expect(await rejection).toBeInstanceOf(CancelledError);
    expect(xhr.said.at(-1)).toEqual(['abort']);
  });

  test('is a lost connection if the browser aborts by itself', async () => {
    const { answer, xhr } = begin();
    const rejection = rejectionOf(answer);
    xhr.onabort();
    expect(await rejection).toBeInstanceOf(NetworkError);
  });

  test.each(['onload', 'onerror'] as const)('has no effect after %s', async (end) => {
    const controller = new AbortController();
    const { answer, xhr } = begin({ signal: controller.signal });
    xhr[end]();
    await answer.catch(() => undefined);
    controller.abort();
    expect(xhr.said).not.toContainEqual(['abort']);
  });
});

describe('xhrHttpStack: stallMs', () => {
  const STALL_MS = 30_000;
  let stack: HttpStack;

  // Requests share the time of the last progress, so tests must not affect each other.
  beforeEach(async () => {
    jest.useFakeTimers();
    jest.resetModules();
    ({ xhrHttpStack: stack } = await import('../../../../src/azure/rest/xhr-http-stack'));
  });
  afterEach(() => jest.useRealTimers());

  /** A request that may stall, with its outcome. */
  function beginWatched(request: Partial<HttpRequest> = {}) {
    const { answer, xhr } = begin({ stallMs: STALL_MS, ...request }, stack);
    const failures: unknown[] = [];
    answer.catch((error: unknown) => failures.push(error));
    return {
      answer,
      xhr,
      isAlive: () => !xhr.said.some((said) => (said as unknown[])[0] === 'abort'),
      failures,
    };
  }

  test('ends a request after the timeout, counted from send', async () => {
    const { xhr, isAlive, failures } = beginWatched();
    await jest.advanceTimersByTimeAsync(STALL_MS - 1);
    expect(isAlive()).toBe(true);
    await jest.advanceTimersByTimeAsync(1);
    expect(isAlive()).toBe(false);
    expect(failures).toMatchObject([
      {
        name: 'TimeoutError',
        kind: 'timeout',
        timeoutMs: STALL_MS,
        message: 'No byte of POST /c/_apis/x moved for too long.',
      },
    ]);
    expect(xhr.said.filter((said) => (said as unknown[])[0] === 'abort')).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  test.each<[string, (xhr: FakeXhr) => void]>([
    ['bytes that leave', (xhr) => xhr.upload.fire('progress', 5)],
    ['the headers of the answer', (xhr) => xhr.reach(2)],
    ['bytes that come', (xhr) => xhr.fire('progress', 5)],
  ])('restarts the timeout with %s', async (_, move) => {
    const { xhr, isAlive } = beginWatched();
    for (let time = 0; time < 4; time++) {
      await jest.advanceTimersByTimeAsync(STALL_MS - 1);
      move(xhr);
    }
    expect(isAlive()).toBe(true);
    // Stall checks run every few seconds.
    await jest.advanceTimersByTimeAsync(STALL_MS + STALL_MS / 6);
    expect(isAlive()).toBe(false);
  });

  test('does not count opening the request as progress', async () => {
    const { xhr, isAlive } = beginWatched();
    await jest.advanceTimersByTimeAsync(STALL_MS - 1);
    xhr.reach(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(isAlive()).toBe(false);
  });

  test('keeps a queued request alive while others progress, up to a limit', async () => {
    const busy = beginWatched();
    const waiting = beginWatched();
    const getOn = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time++) {
        await jest.advanceTimersByTimeAsync(STALL_MS - 1);
        busy.xhr.upload.fire('progress', time);
      }
    };
    await getOn(3);
    expect(waiting.isAlive()).toBe(true);
    await getOn(2);
    expect([busy.isAlive(), waiting.isAlive()]).toEqual([true, false]);
  });

  test('ends a queued request as soon as the others stall', async () => {
    const busy = beginWatched();
    const waiting = beginWatched();
    await jest.advanceTimersByTimeAsync(STALL_MS - 1);
    busy.xhr.upload.fire('progress', 1);
    await jest.advanceTimersByTimeAsync(STALL_MS + STALL_MS / 6);
    expect([busy.isAlive(), waiting.isAlive()]).toEqual([false, false]);
  });

  test('does not keep a started request alive through the others', async () => {
    const busy = beginWatched();
    const stalled = beginWatched();
    stalled.xhr.upload.fire('progress', 1);
    await jest.advanceTimersByTimeAsync(STALL_MS / 2);
    busy.xhr.upload.fire('progress', 1);
    await jest.advanceTimersByTimeAsync(STALL_MS / 2);
    expect([busy.isAlive(), stalled.isAlive()]).toEqual([true, false]);
  });

  test.each<[string, (xhr: FakeXhr) => void]>([
    ['an answer', (xhr) => xhr.onload()],
    ['a broken line', (xhr) => xhr.onerror()],
  ])('stops the checks after %s', async (_, end) => {
    const { xhr, isAlive } = beginWatched();
    end(xhr);
    expect(jest.getTimerCount()).toBe(0);
    await jest.advanceTimersByTimeAsync(2 * STALL_MS);
    expect(isAlive()).toBe(true);
  });

  test('stops the checks after an abort, which is not a timeout', async () => {
    const controller = new AbortController();
    const { failures } = beginWatched({ signal: controller.signal });
    await jest.advanceTimersByTimeAsync(STALL_MS - 1);
    controller.abort();
    await jest.advanceTimersByTimeAsync(2 * STALL_MS);
    expect(failures).toMatchObject([{ name: 'CancelledError' }]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('disables the checks if undefined', () => {
    const { xhr } = begin({}, stack);
    expect(jest.getTimerCount()).toBe(0);
    expect(xhr.upload.has('progress')).toBe(false);
  });
});
