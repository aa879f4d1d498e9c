/** @jest-environment node */
import { readTrace } from '../../../../../src/gallery/viewers/trace/read-trace';
import type { Trace } from '../../../../../src/gallery/viewers/trace/trace-log';
import type { TraceEvent } from '../../../../helpers/sample-trace';
import { linesOf, optionsOf, sampleTrace, traceOf } from '../../../../helpers/sample-trace';
import { lyingZip } from '../../../../helpers/sample-zip';

const context = { signal: new AbortController().signal, isInWorker: true };

async function read(zip: Buffer): Promise<Trace> {
  const trace = await readTrace(new Blob([new Uint8Array(zip)]), context);
  if (!trace) throw new Error('This is no trace.');
  return trace;
}

function before(callId: string, startTime: number, more: TraceEvent = {}): TraceEvent {
  return { type: 'before', callId, startTime, class: 'Page', method: 'click', params: {}, ...more };
}

/** Titles, indented by depth. */
function outline({ actions }: Trace): readonly string[] {
  return actions.map(({ title, depth }) => ' '.repeat(depth) + title);
}

describe('readTrace', () => {
  test('joins the steps of a test with the calls of the library', async () => {
    const trace = await read(sampleTrace());
    expect(trace).toMatchObject({
      title: 'shop.spec.ts:9 › shows the cart',
      ...{ browser: 'chromium', platform: 'linux', version: '1.53.0', domSnapshots: 1, skipped: 0 },
    });
    expect(outline(trace)).toEqual([
      ...['Before Hooks', 'open the shop', ' page.goto', 'expect.toHaveText', 'attach "notes"'],
    ]);
    expect(trace.endedAt - trace.startedAt).toBe(2_520);
    expect(trace.actions[2]).toMatchObject({
      ...{ method: 'Frame.goto', target: 'https://shop.example/', pageId: 'page@1' },
      log: { text: 'navigating to "https://shop.example/"' },
      stack: { text: '/tests/shop.spec.ts:10:14 open' },
    });
  });

  test('has the errors of the test without colors of a terminal', async () => {
    const { errors, actions } = await read(sampleTrace());
    expect(errors.map(({ message, stack }) => [message.text, stack.text])).toEqual([
      ['Error: expect(locator).toHaveText failed', '/tests/shop.spec.ts:12:5'],
    ]);
    expect(actions[3]?.error.text).toBe('Error: expect(locator).toHaveText failed');
  });

  test('has the messages of the page and the test in the order of time', async () => {
    const { messages } = await read(sampleTrace());
    expect(messages.map(({ kind, text, place }) => [kind, text.text, place])).toEqual([
      ['error', 'boom {a: 1}', 'https://shop.example/app.js:42'],
      ['page', 'Error: page broke\n    at app.js:1', ''],
      ['stdout', 'from the test\n', ''],
    ]);
  });

  test('has the network as requests, pictures and attachments by their paths', async () => {
    const { network, frames, actions } = await read(sampleTrace());
    expect(network.requests.map(({ url, isFailed }) => [url, isFailed])).toEqual([
      ['https://shop.example/api/cart', false],
      ['https://shop.example/missing.css', true],
    ]);
    expect(frames.map(({ path }) => path)).toEqual(['resources/first.jpeg', 'resources/second.jpeg']);
    expect(actions[4]?.attachments).toMatchObject([
      { name: 'notes', path: 'resources/a1b2' },
      { name: 'lost', path: '' },
    ]);
    const second = network.requests[1];
    expect(await network.source.slice(second?.start, second?.end).text()).toContain('missing.css');
  });

  test('reads version 10, with paths of files and equal ids', async () => {
    const trace = await read(
      traceOf({
        'test.trace': [
          optionsOf(10, { origin: 'testRunner' }),
          before('a@1', 1_000, { class: 'Test', title: 'Click', subtitle: "getByRole('button')" }),
          {
            ...{ type: 'after', callId: 'a@1', endTime: 1_100 },
            attachments: [{ name: 'log', file: 'attachments/f1' }],
          },
        ],
        '1-trace.trace': [
          optionsOf(10),
          before('a@1', 1_010, { class: 'Frame' }),
          { type: 'screencast-frame', pageId: 'p', file: 'screencast/p-1.jpeg', timestamp: 1_050 },
          { type: 'after', callId: 'a@1', endTime: 1_090 },
        ],
      }),
    );
    expect(trace.actions).toMatchObject([
      {
        ...{ title: 'Click', target: "getByRole('button')", method: 'Frame.click' },
        attachments: [{ path: 'attachments/f1' }],
      },
    ]);
    expect(trace.frames[0]?.path).toBe('screencast/p-1.jpeg');
  });

  test('reads version 6, with steps by name and time', async () => {
    const step = { apiName: 'page.click', wallTime: 1_700_000_000_000 };
    const trace = await read(
      traceOf({
        'test.trace': [before('step@1', 50, step), { type: 'after', callId: 'step@1', endTime: 90 }],
        '0-trace.trace': [
          { version: 6, type: 'context-options', browserName: 'webkit', platform: 'darwin', options: {} },
          before('call@1', 52, { ...step, params: { selector: '#buy' } }),
          { type: 'log', callId: 'call@1', message: 'waiting', time: 53 },
          { type: 'after', callId: 'call@1', endTime: 88 },
        ],
      }),
    );
    expect(trace.actions).toMatchObject([{ title: 'page.click', log: { text: 'waiting' } }]);
    expect(trace.startedAt).toBe(1_700_000_000_000);
  });

  test('keeps two calls of the same name and time in version 5, and their logs', async () => {
    const call = { apiName: 'page.title', wallTime: 1_700_000_000_000 };
    const trace = await read(
      traceOf({
        'trace.trace': [
          { version: 5, type: 'context-options', browserName: 'firefox', platform: 'win32', options: {} },
          before('call@1', 5, call),
          { type: 'after', callId: 'call@1', endTime: 6, log: ['one', 'two'] },
          before('call@2', 5, call),
          { type: 'after', callId: 'call@2', endTime: 7, log: [] },
        ],
      }),
    );
    expect(trace.actions.map(({ log }) => log.text)).toEqual(['one\ntwo', '']);
  });

  test('reads version 3, with metadata and console messages by object', async () => {
    const metadata = {
      ...{ id: 'call@1', startTime: 10, endTime: 30, type: 'Frame', method: 'click', apiName: 'page.click' },
      ...{ params: { selector: '#buy' }, log: ['clicking'], snapshots: [], wallTime: 1_700_000_000_000 },
      error: { error: { message: 'no such element', name: 'Error' } },
    };
    const created = {
      ...{ id: 'e1', startTime: 20, type: 'ConsoleMessage', method: '__create__' },
      params: { guid: 'm1', initializer: { type: 'warning', text: 'old', location: { url: 'a.js' } } },
    };
    const logged = {
      id: 'e2',
      startTime: 21,
      type: 'Page',
      method: 'console',
      params: { message: { guid: 'm1' } },
    };
    const trace = await read(
      traceOf({
        'trace.trace': [
          { version: 3, type: 'context-options', browserName: 'chromium', platform: 'linux', options: {} },
          { type: 'event', metadata: created },
          { type: 'event', metadata: logged },
          { type: 'action', metadata },
          { type: 'action', metadata: { ...metadata, id: 'call@2', method: 'tracingStop' } },
        ],
      }),
    );
    expect(trace.actions).toMatchObject([
      { title: 'page.click', target: '#buy', error: { text: 'no such element' }, log: { text: 'clicking' } },
    ]);
    expect(trace.messages).toMatchObject([{ kind: 'warning', text: { text: 'old' }, place: 'a.js' }]);
    // Without errors of a test, those of the actions count.
    expect(trace.errors).toHaveLength(1);
  });

  test('lists actions that are their own ancestors, and any depth', async () => {
    const deep = Array.from({ length: 5_000 }, (_, index) =>
      before(`a${index}`, index, { title: `${index}`, parentId: `a${index - 1}` }),
    );
    const circle = [
      before('x', 9, { title: 'x', parentId: 'y' }),
      before('y', 10, { title: 'y', parentId: 'x' }),
    ];
    const trace = await read(traceOf({ 'trace.trace': [optionsOf(8), ...deep, ...circle] }));
    expect(trace.actions).toHaveLength(5_002);
    expect(Math.max(...trace.actions.map(({ depth }) => depth))).toBe(20);
  });

  test('skips damaged and endless events, and counts them', async () => {
    const trace = await read(
      traceOf({
        'trace.trace': `${linesOf([optionsOf(8), before('a', 5)])}{"type":\n[1]\n"${'x'.repeat(9 * 1024 * 1024)}"\n{"type":"frame-snapshot","snapshot":{"html":"${'x'.repeat(9 * 1024 * 1024)}"}}\n`,
      }),
    );
    expect(trace).toMatchObject({ skipped: 3, domSnapshots: 1 });
    expect(trace.actions).toHaveLength(1);
  });

  test('limits the number of actions and the length of all texts', async () => {
    const events = Array.from({ length: 30_000 }, (_, index) =>
      before(`a${index}`, index, { params: { text: 'x'.repeat(1_000) } }),
    );
    const trace = await read(traceOf({ 'trace.trace': [optionsOf(8), ...events] }));
    expect(trace.actions).toHaveLength(10_000);
    expect(trace.totalActions).toBe(30_000);
    expect(JSON.stringify(trace).length).toBeLessThan(32 * 1024 * 1024);
  });

  test('returns null for files of other programs with the same extension', async () => {
    expect(
      await readTrace(new Blob([new Uint8Array(traceOf({ 'app.trace': 'a log\n{"type":"x"}\n' }))]), context),
    ).toBeNull();
    expect(await readTrace(new Blob([new Uint8Array(traceOf({ 'a.txt': '' }))]), context)).toBeNull();
  });

  test('refuses an entry that is larger than declared', async () => {
    const zip = lyingZip(linesOf(Array.from({ length: 5_000 }, () => optionsOf(8))), 10);
    const renamed = Buffer.from(zip.toString('latin1').replaceAll('bomb.txt', 'a2.trace'), 'latin1');
    await expect(readTrace(new Blob([new Uint8Array(renamed)]), context)).rejects.toMatchObject({
      kind: 'entry-damaged',
    });
  });
});
