import { strToU8, zipSync, zlibSync } from 'fflate';
import { PNG_MARK, pngChunk, pngHeader } from 'azure-devops-emulator/png';

const COLORS = { teal: [0, 128, 128], red: [190, 30, 45], gray: [120, 120, 120] } as const;

/** A picture in one color. Real traces have JPEG; the viewer takes both. */
export function sampleFrame(color: keyof typeof COLORS, width = 320, height = 180): Buffer {
  const row = Buffer.alloc(1 + width * 4);
  for (let x = 0; x < width; x++) row.set([...COLORS[color], 255], 1 + x * 4);
  return Buffer.concat([
    PNG_MARK,
    pngHeader(width, height, 'rgba'),
    pngChunk('IDAT', zlibSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    pngChunk('IEND'),
  ]);
}

/** An event of a trace. */
export type TraceEvent = Readonly<Record<string, unknown>>;

/** Returns events as lines. */
export function linesOf(events: readonly TraceEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

/** Returns an archive with these files: texts, bytes, or lists of events. */
export function traceOf(files: Readonly<Record<string, string | Buffer | readonly TraceEvent[]>>): Buffer {
  return Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([path, content]) => [
          path,
          Buffer.isBuffer(content)
            ? content
            : strToU8(typeof content === 'string' ? content : linesOf(content)),
        ]),
      ),
      { mtime: new Date(2026, 2, 14, 15, 9, 26) },
    ),
  );
}

const WALL_TIME = Date.UTC(2026, 2, 14, 14, 9, 26);

/** First event of a trace file. Its time 1,000 is the start. */
export function optionsOf(version: number, more: TraceEvent = {}): TraceEvent {
  return {
    ...{ version, type: 'context-options', browserName: 'chromium', platform: 'linux', options: {} },
    ...{ wallTime: WALL_TIME, monotonicTime: 1_000, origin: 'library', sdkLanguage: 'javascript' },
    ...more,
  };
}

const before = (callId: string, startTime: number, more: TraceEvent): TraceEvent => ({
  ...{ type: 'before', callId, startTime, class: 'Test', method: 'pw:api', params: {} },
  ...more,
});

/** Steps of a test that failed. */
function testEvents(): readonly TraceEvent[] {
  return [
    optionsOf(8, { origin: 'testRunner', browserName: '' }),
    before('hook@1', 1_000, { method: 'hook', title: 'Before Hooks' }),
    { type: 'after', callId: 'hook@1', endTime: 1_100 },
    before('test.step@2', 1_110, { method: 'test.step', title: 'open the shop' }),
    before('pw:api@3', 1_120, {
      parentId: 'test.step@2',
      title: 'page.goto',
      params: { url: 'https://shop.example/' },
    }),
    { type: 'after', callId: 'pw:api@3', endTime: 1_400 },
    { type: 'after', callId: 'test.step@2', endTime: 1_410 },
    { type: 'stdout', timestamp: 1_450, text: 'from the test\n' },
    before('expect@4', 1_500, {
      ...{ method: 'expect', title: 'expect.toHaveText' },
      stack: [{ file: '/tests/shop.spec.ts', line: 12, column: 5 }],
    }),
    {
      ...{ type: 'after', callId: 'expect@4', endTime: 3_500 },
      error: { message: 'Error: \u001b[31mexpect\u001b[39m(locator).toHaveText failed', stack: '' },
    },
    {
      ...{ type: 'error', message: 'Error: \u001b[31mexpect\u001b[39m(locator).toHaveText failed' },
      stack: [{ file: '/tests/shop.spec.ts', line: 12, column: 5 }],
    },
    before('attach@5', 3_510, { method: 'attach', title: 'attach "notes"' }),
    {
      ...{ type: 'after', callId: 'attach@5', endTime: 3_520 },
      attachments: [
        { name: 'notes', contentType: 'text/plain', sha1: 'a1b2' },
        { name: 'lost', contentType: 'image/png', path: '/tmp/lost.png' },
      ],
    },
  ];
}

/** Calls of the library in one browser context. */
function libraryEvents(): readonly TraceEvent[] {
  const frame = (sha1: string, timestamp: number): TraceEvent => ({
    ...{ type: 'screencast-frame', pageId: 'page@1', sha1, width: 320, height: 180, timestamp },
  });
  return [
    optionsOf(8, { title: 'shop.spec.ts:9 › shows the cart', playwrightVersion: '1.53.0' }),
    before('call@7', 1_130, {
      ...{ stepId: 'pw:api@3', class: 'Frame', method: 'goto', pageId: 'page@1' },
      params: { url: 'https://shop.example/', timeout: 0 },
    }),
    { type: 'log', callId: 'call@7', time: 1_140, message: 'navigating to "https://shop.example/"' },
    { type: 'frame-snapshot', snapshot: { html: ['HTML', {}, ['SCRIPT', {}, 'window.hacked = true']] } },
    frame('first.jpeg', 1_200),
    { type: 'after', callId: 'call@7', endTime: 1_390 },
    {
      ...{ type: 'console', messageType: 'error', text: 'boom {a: 1}', time: 1_420, pageId: 'page@1' },
      location: { url: 'https://shop.example/app.js', lineNumber: 41, columnNumber: 3 },
    },
    {
      ...{ type: 'event', class: 'BrowserContext', method: 'pageError', time: 1_430 },
      params: {
        error: {
          error: { message: 'page broke', name: 'Error', stack: 'Error: page broke\n    at app.js:1' },
        },
      },
    },
    before('call@8', 1_510, {
      stepId: 'expect@4',
      class: 'Frame',
      method: 'expect',
      params: { selector: 'h1' },
    }),
    { type: 'log', callId: 'call@8', time: 1_520, message: 'waiting for locator("h1")' },
    frame('second.jpeg', 2_000),
    { type: 'after', callId: 'call@8', endTime: 3_490, error: { message: 'Expect failed' } },
  ];
}

function networkEvents(): readonly TraceEvent[] {
  const snapshot = (url: string, status: number, sha1: string): TraceEvent => ({
    startedDateTime: new Date(WALL_TIME + 150).toISOString(),
    time: 25,
    request: { method: 'GET', url, httpVersion: 'HTTP/1.1', cookies: [], headers: [], queryString: [] },
    response: {
      ...{ status, statusText: status === 200 ? 'OK' : 'Not Found', headers: [], redirectURL: '' },
      content: { size: 14, mimeType: 'application/json', _sha1: sha1 },
    },
    timings: { send: 0, wait: 20, receive: 5 },
  });
  return [
    { type: 'resource-snapshot', snapshot: snapshot('https://shop.example/api/cart', 200, 'cart.json') },
    { type: 'resource-snapshot', snapshot: snapshot('https://shop.example/missing.css', 404, 'none.css') },
  ];
}

/** A trace of a test that failed, in the format of version 8. */
export function sampleTrace(): Buffer {
  return traceOf({
    'test.trace': testEvents(),
    '0-trace.trace': libraryEvents(),
    '0-trace.network': networkEvents(),
    '0-trace.stacks': JSON.stringify({
      files: ['/tests/shop.spec.ts'],
      stacks: [[7, [[0, 10, 14, 'open']]]],
    }),
    'resources/first.jpeg': sampleFrame('gray'),
    'resources/second.jpeg': sampleFrame('red'),
    'resources/cart.json': '{"items": [7]}',
    'resources/a1b2': 'Notes of the test.',
  });
}
