/** @jest-environment jsdom */
import { CancelledError, NetworkError } from '../../../src/model/errors';
import type { HttpRequest } from '../../../src/rest/http-stack';
import { xhrHttpStack } from '../../../src/rest/xhr-http-stack';
import { rejectionOf } from '../../helpers/deferred';

/** The parts of `XMLHttpRequest` that the stack touches; the test plays the browser. */
class FakeXhr {
  static latest: FakeXhr | undefined;

  onload = (): void => undefined;
  onerror = (): void => undefined;
  ontimeout = (): void => undefined;
  onabort = (): void => undefined;
  readonly upload: { onprogress?: (event: { loaded: number }) => void } = {};
  timeout = -1;
  status = 0;
  responseText = '';
  readonly said: unknown[] = [];
  readonly answerHeaders: Record<string, string> = {};

  constructor() {
    FakeXhr.latest = this;
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
  getResponseHeader(name: string): string | null {
    return this.answerHeaders[name] ?? null;
  }
}

const real = globalThis.XMLHttpRequest;
beforeEach(() => {
  FakeXhr.latest = undefined;
  globalThis.XMLHttpRequest = FakeXhr as unknown as typeof XMLHttpRequest;
});
afterEach(() => void (globalThis.XMLHttpRequest = real));

function begin(request: Partial<HttpRequest> = {}) {
  const answer = xhrHttpStack.send({
    method: 'POST',
    url: 'https://h/c/_apis/x?fileName=secret.txt',
    headers: { A: '1', B: '2' },
    ...request,
  });
  return { answer, xhr: FakeXhr.latest! };
}

test('everything is set before it is sent', () => {
  const body = new Blob(['x']);
  const { xhr } = begin({ body });
  expect(xhr.said).toEqual([
    ['open', 'POST', 'https://h/c/_apis/x?fileName=secret.txt'],
    ['header', 'A', '1'],
    ['header', 'B', '2'],
    ['send', body],
  ]);
});

test.each([
  [undefined, 0],
  [5_000, 5_000],
])('a limit of %s ms is a time-out of %d', (timeoutMs, expected) => {
  const { xhr } = begin(timeoutMs === undefined ? {} : { timeoutMs });
  expect(xhr.timeout).toBe(expected);
  expect(xhr.said.at(-1)).toEqual(['send', null]);
});

test.each([200, 203, 404, 500])('status %d is an answer', async (status) => {
  const { xhr, answer } = begin();
  Object.assign(xhr, { status, responseText: 'text' });
  xhr.answerHeaders['ActivityId'] = 'c0ffee';
  xhr.onload();
  const response = await answer;
  expect([response.status, response.text]).toEqual([status, 'text']);
  expect([response.header('ActivityId'), response.header('Retry-After')]).toEqual(['c0ffee', null]);
});

test('progress is reported', () => {
  const seen: number[] = [];
  const { xhr } = begin({ onUploadProgress: (bytesSent) => seen.push(bytesSent) });
  xhr.upload.onprogress?.({ loaded: 3 });
  xhr.upload.onprogress?.({ loaded: 9 });
  expect(seen).toEqual([3, 9]);
});

test('no listener is set where nobody asks for progress: it would cost a preflight', () => {
  expect(begin().xhr.upload).not.toHaveProperty('onprogress');
});

test('no answer is a network error that does not tell the file name', async () => {
  const { xhr, answer } = begin();
  xhr.onerror();
  expect(await rejectionOf(answer)).toMatchObject({
    name: 'NetworkError',
    kind: 'network',
    message: 'No answer to POST /c/_apis/x.',
    facts: { status: 0 },
  });
});

test('no answer in time is a time-out', async () => {
  const { xhr, answer } = begin({ timeoutMs: 5_000 });
  xhr.ontimeout();
  expect(await rejectionOf(answer)).toMatchObject({
    name: 'TimeoutError',
    kind: 'timeout',
    timeoutMs: 5_000,
  });
});

test('a header that CORS hides is not asked for, which a browser would complain about', async () => {
  const { answer, xhr } = begin();
  xhr.answerHeaders['ActivityId'] = 'an id';
  const asked = jest.spyOn(xhr, 'getResponseHeader');
  xhr.status = 429;
  xhr.onload();
  const answered = await answer;
  expect([answered.header('Retry-After'), answered.header('activityid')]).toEqual([
    null,
    xhr.getResponseHeader('activityid'),
  ]);
  expect(asked.mock.calls).not.toContainEqual(['Retry-After']);
});

describe('an abort', () => {
  test('before it was sent opens no connection', async () => {
    const signal = AbortSignal.abort();
    const { answer, xhr } = begin({ signal });
    expect(await rejectionOf(answer)).toBeInstanceOf(CancelledError);
    expect(xhr).toBeUndefined();
  });

  test('under way ends it', async () => {
    const controller = new AbortController();
    const { answer, xhr } = begin({ signal: controller.signal });
    const rejection = rejectionOf(answer);
    controller.abort();
    expect(await rejection).toBeInstanceOf(CancelledError);
    expect(xhr.said.at(-1)).toEqual(['abort']);
  });

  test('by the browser itself is a lost connection, not a wish', async () => {
    const { answer, xhr } = begin();
    const rejection = rejectionOf(answer);
    xhr.onabort();
    expect(await rejection).toBeInstanceOf(NetworkError);
  });

  test.each(['onload', 'onerror', 'ontimeout'] as const)('after %s reaches nothing', async (end) => {
    const controller = new AbortController();
    const { answer, xhr } = begin({ signal: controller.signal });
    xhr[end]();
    await answer.catch(() => undefined);
    controller.abort();
    expect(xhr.said).not.toContainEqual(['abort']);
  });
});
