import { sampleFrame } from './sample-trace';

/** Start of the sample. */
const START = Date.UTC(2026, 2, 14, 14, 9, 26);

/** A request of a HAR file, to be spread over the defaults. */
type Entry = Readonly<Record<string, unknown>>;

function header(name: string, value: string): Entry {
  return { name, value };
}

/** Returns an entry as Chromium writes it. */
export function harEntry(url: string, startMs: number, more: Entry = {}): Entry {
  return {
    startedDateTime: new Date(START + startMs).toISOString(),
    time: 100,
    request: {
      ...{ method: 'GET', url, httpVersion: 'http/2.0', headersSize: -1, bodySize: 0 },
      ...{ headers: [header('accept', '*/*')], queryString: [], cookies: [] },
    },
    response: responseOf(200, 'OK', 'text/html', '<h1>Shop</h1>'),
    cache: {},
    timings: { blocked: 5, dns: 10, connect: 30, ssl: 20, send: 1, wait: 40, receive: 14 },
    serverIPAddress: '203.0.113.7',
    ...more,
  };
}

function responseOf(
  status: number,
  statusText: string,
  mimeType: string,
  text: string,
  more: Entry = {},
): Entry {
  return {
    ...{ status, statusText, httpVersion: 'http/2.0', headersSize: -1, bodySize: -1, cookies: [] },
    headers: [header('content-type', mimeType)],
    content: { size: text.length, mimeType, text },
    redirectURL: '',
    _transferSize: text.length + 300,
    ...more,
  };
}

/** Returns a HAR file with these entries. */
export function harOf(entries: readonly unknown[]): string {
  return JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'WebInspector', version: '537.36' },
      pages: [],
      entries,
    },
  });
}

/** A HAR file with a redirect, a script from the cache, a picture, a failed call with a token, and a blocked request. */
export function sampleHar(): string {
  const request = (method: string, url: string, more: Entry = {}): Entry => ({
    ...{ method, url, httpVersion: 'http/2.0', cookies: [], queryString: [], headers: [] },
    ...more,
  });
  return harOf([
    harEntry('https://shop.example/', 0, {
      response: responseOf(302, 'Found', '', '', { redirectURL: 'https://shop.example/start?lang=en' }),
    }),
    harEntry('https://shop.example/start?lang=en', 120, { _resourceType: 'document', time: 350 }),
    harEntry('https://cdn.example/app.js', 300, {
      _resourceType: 'script',
      _fromCache: 'disk',
      response: responseOf(200, 'OK', 'application/javascript', 'start()', { _transferSize: 0 }),
    }),
    harEntry('https://cdn.example/logo.png', 310, {
      _resourceType: 'image',
      response: responseOf(200, 'OK', 'image/png', '', {
        content: {
          size: sampleFrame('teal').length,
          mimeType: 'image/png',
          encoding: 'base64',
          text: sampleFrame('teal').toString('base64'),
        },
      }),
    }),
    harEntry('https://api.example/orders?page=2', 480, {
      _resourceType: 'fetch',
      time: 1_500,
      request: request('POST', 'https://api.example/orders?page=2', {
        headers: [header('authorization', 'Bearer secret-123'), header('content-type', 'application/json')],
        queryString: [header('page', '2')],
        postData: { mimeType: 'application/json', text: '{"item":7}' },
      }),
      response: responseOf(
        500,
        'Internal Server Error',
        'application/json; charset=utf-8',
        '{"error":"no stock"}',
      ),
    }),
    harEntry('https://ads.example/pixel.gif', 500, {
      _resourceType: 'image',
      time: 3,
      timings: { blocked: -1, dns: -1, connect: -1, send: 0, wait: 0, receive: 3 },
      response: responseOf(0, '', 'x-unknown', '', {
        _error: 'net::ERR_BLOCKED_BY_CLIENT',
        _transferSize: 0,
      }),
    }),
  ]);
}
