import { harEntry, harOf, sampleHar } from '../helpers/sample-har';
import { optionsOf, sampleTrace, traceOf } from '../helpers/sample-trace';
import type { CorpusFile } from './corpus-file';
import { marked, refused } from './corpus-file';

/** Requests in the dialects of the programs that write HAR files. */
const ENTRIES: Readonly<Record<string, (url: string) => unknown>> = {
  chromium: (url) =>
    harEntry(url, 0, { _resourceType: 'fetch', _priority: 'High', _initiator: { type: 'other' } }),
  'chromium failed': (url) =>
    harEntry(url, 0, { response: { status: 0, _error: 'net::ERR_FAILED', content: { size: 0 } } }),
  firefox: (url) => ({
    ...{
      pageref: 'page_1',
      startedDateTime: '2026-03-14T15:09:26.123+01:00',
      time: 12,
      _securityState: 'secure',
    },
    request: { method: 'GET', url, headers: [{ name: 'Sec-Fetch-Dest', value: 'image' }], bodySize: 0 },
    response: { status: 200, headers: [], content: { mimeType: 'image/png', size: 4 }, bodySize: 4 },
    timings: { blocked: 0, dns: 0, connect: 0, ssl: 0, send: 0, wait: 12, receive: 0 },
  }),
  safari: (url) => ({
    ...{ startedDateTime: '2026-03-14T14:09:26Z', time: 12.25, _fetchType: 'Network Load' },
    request: { method: 'GET', url, httpVersion: 'HTTP/2' },
    response: { status: 200, content: { size: 4, mimeType: 'text/html' }, bodySize: -1, _transferSize: 120 },
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 12, receive: 0 },
  }),
  charles: (url) => ({
    ...{ startedDateTime: '2026-03-14T15:09:26.123+01:00', time: 12, _charlesStatus: 'COMPLETE' },
    request: { method: 'CONNECT', url },
    response: { _charlesStatus: 'COMPLETE', status: 200 },
    timings: { dns: -1, connect: 3, ssl: 2, send: 0, wait: 9, receive: 0 },
  }),
  fiddler: (url) => ({
    ...{ startedDateTime: '2026-03-14T15:09:26.1234567+01:00', time: 12, comment: '[#1]' },
    request: { method: 'GET', url, cookies: [], headersSize: 12 },
    response: { status: 304, content: {}, headersSize: 12, bodySize: 0 },
    timings: { dns: -1, connect: -1, ssl: -1, blocked: -1, send: 0, wait: 0, receive: 0 },
  }),
  playwright: (url) => ({
    ...{ _monotonicTime: 5, startedDateTime: '2026-03-14T14:09:26.123Z', time: -1 },
    request: { method: 'GET', url },
    response: { status: -1, _failureText: 'net::ERR_ABORTED', content: { size: -1, mimeType: 'x-unknown' } },
    timings: { send: -1, wait: -1, receive: -1 },
  }),
  minimal: (url) => ({ request: { url } }),
  'wrong types': (url) => ({
    ...{ startedDateTime: {}, time: 'soon', timings: [], response: 'none', _webSocketMessages: 7 },
    request: { method: null, url, headers: { a: 1 }, postData: [] },
  }),
};

function harFiles(): readonly CorpusFile[] {
  return [
    ...Object.entries(ENTRIES).map(([name, entryOf]) =>
      marked(`${name}.har`, (mark) => harOf([entryOf(`https://a.example/${mark}`)])),
    ),
    marked(
      'entries last.har',
      (mark) => `{"a": [{"}": "]"}], ${harOf([ENTRIES['minimal']?.(mark)]).slice(1)}`,
    ),
    marked('utf-16.har', (mark) => Buffer.from(`\ufeff${harOf([{ request: { url: mark } }])}`, 'utf16le')),
    marked('not a log.har', (mark) => `{"mark": "${mark}"}`),
    refused('cut.har', sampleHar().slice(0, 3_000), /The file is incomplete/),
    refused('no requests.har', harOf([]), /There are no requests/),
    refused('damaged requests.har', harOf([1, 'a', null]), /3 requests can't be read/),
    refused('no json.har', 'oops', /isn't valid JSON/),
    refused('empty.har', '', /is empty/),
  ];
}

function traces(): readonly CorpusFile[] {
  const action = (title: string): Readonly<Record<string, unknown>> => ({
    ...{ type: 'before', callId: 'call@1', startTime: 1_001, class: 'Page', method: 'click', params: {} },
    ...{ title, apiName: title, wallTime: 1_700_000_000_000 },
  });
  return [
    ...[4, 5, 6, 7, 8, 9, 10].map((version) =>
      marked(`trace of version ${version}.zip`, (mark) =>
        traceOf({ 'trace.trace': [optionsOf(version), action(mark)] }),
      ),
    ),
    marked('trace of version 3.zip', (mark) =>
      traceOf({
        'trace.trace': [
          optionsOf(3),
          {
            type: 'action',
            metadata: { id: 'call@1', apiName: mark, type: 'Page', method: 'click', params: {} },
          },
        ],
      }),
    ),
    marked('trace of a later version.zip', (mark) =>
      traceOf({ 'trace.trace': [optionsOf(99), { type: 'new' }, action(mark)] }),
    ),
    marked('trace with damaged lines.zip', (mark) =>
      traceOf({
        'trace.trace': `${JSON.stringify(optionsOf(8))}\n{"type\n${JSON.stringify(action(mark))}\n`,
      }),
    ),
    marked('other trace.zip', (mark) => traceOf({ [`${mark}.trace`]: 'a log\n' })),
    refused('failed test.zip', sampleTrace(), /Errors|toHaveText failed/),
    refused('cut trace.zip', sampleTrace().subarray(0, 2_000), /to open it in another app/),
  ];
}

/** HAR files and traces of Playwright. */
export function evidence(): readonly CorpusFile[] {
  return [...harFiles(), ...traces()];
}
