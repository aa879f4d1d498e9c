import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { onPanelOpen } from '../../../../src/azure/host/panel-signal';

const script = readFileSync(join(__dirname, '../../../../src/entries/shared/first-script.js'), 'utf8');

/** Window of a frame, with its children. */
function windowWith(children: readonly object[] = []) {
  const target = new EventTarget();
  const postMessage = jest.fn((data: unknown) => target.dispatchEvent(new MessageEvent('message', { data })));
  return {
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    dispatchEvent: target.dispatchEvent.bind(target),
    postMessage,
    length: children.length,
    ...Object.fromEntries(children.entries()),
  };
}

/** Runs the first script of a page as the second frame of a tab. Its own script has not been loaded. */
function runAt(href: string, top?: object | null) {
  const [page, other] = [windowWith(), windowWith()];
  const opener = windowWith();
  const hidden = Object.defineProperty(windowWith(), 'length', {
    get() {
      throw new DOMException('Hidden.', 'SecurityError');
    },
  });
  const host = windowWith([hidden, windowWith([opener]), page, other]);
  const document = { createElement: () => ({}), head: { appendChild: () => undefined } };
  const opened = jest.fn();
  Object.assign(globalThis, { window: opener });
  const stopListening = onPanelOpen(opened);
  const window = Object.assign(page, { top: top === undefined ? host : top });
  runInNewContext(script, { document, window, location: { href } });
  stopListening();
  return {
    host,
    page,
    other,
    opened,
    drag: (type: string, on: string, types: readonly string[]) => drag(window, type, on, types),
  };
}

/** Drags data over an element of the page. Returns whether the browser may act on it, and the cursor's effect. */
function drag(page: object, type: string, tagName: string, types: readonly string[]) {
  const dataTransfer = { types, dropEffect: 'copy' };
  const event = Object.assign(new Event(type, { cancelable: true }), { dataTransfer });
  Object.defineProperty(event, 'target', { value: { tagName } });
  (page as { dispatchEvent: (sent: Event) => void }).dispatchEvent(event);
  return { isLeftToBrowser: !event.defaultPrevented, effect: dataTransfer.dropEffect };
}

afterEach(() => void Reflect.deleteProperty(globalThis, 'window'));

describe('first-script.js', () => {
  it.each(['https://p.gallerycdn.example/dist/bulk-panel.html', 'http://tfs/dist/bulk-panel.html?a=b#c'])(
    'confirms the panel %s before its script is loaded',
    (href) => {
      const { host, page, other, opened } = runAt(href);
      expect(opened).toHaveBeenCalledTimes(1);
      const calls = [host, page, other].map(({ postMessage }) => postMessage.mock.calls.length);
      expect(calls).toEqual([0, 0, 1]);
    },
  );

  it.each([
    'https://p.gallerycdn.example/dist/form-group.html',
    'https://p.example/bulk-panel.html/hub.html',
  ])('confirms nothing on the page %s', (href) => expect(runAt(href).opened).not.toHaveBeenCalled());

  it('continues outside of a tab', () => {
    expect(() => runAt('https://p.example/dist/bulk-panel.html', null)).not.toThrow();
  });

  const PAGES = ['form-group', 'gallery-page', 'bulk-panel'];

  it.each(PAGES.flatMap((page) => ['dragenter', 'dragover', 'drop'].map((type) => [page, type] as const)))(
    'keeps the page %s when files meet it with the event %s before anything is loaded',
    (page, type) => {
      const { drag: dragOver } = runAt(`https://p.example/dist/${page}.html`);
      const kept = { isLeftToBrowser: false, effect: 'none' };
      expect(dragOver(type, 'BODY', ['Files'])).toEqual(kept);
      expect(dragOver(type, 'INPUT', ['text/plain', 'Files'])).toEqual(kept);
      expect(dragOver(type, 'BODY', ['text/uri-list'])).toEqual(kept);
      expect(dragOver(type, 'TEXTAREA', ['text/plain']).isLeftToBrowser).toBe(true);
    },
  );
});
