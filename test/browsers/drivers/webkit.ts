import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver, ElementHandle, Frame, Tab } from '../driver';
import { freePort, startDisplay, startProgram } from './processes';

/** Key of an element reference, as WebDriver defines it. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Code points of keys without a character, as WebDriver defines them. */
const KEYS: Readonly<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  Space: ' ',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  F10: '\uE03A',
};

type Reference = Readonly<Record<typeof ELEMENT, string>>;

/** Window and frame of a command. */
interface Place {
  readonly window: string;
  /** Reference of an `iframe` of the top document; `undefined` for the top document itself. */
  readonly iframe?: Reference;
}

type Send = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;

/** Called with the place of a click. */
type Note = (place: Place) => void;

/** Runs commands in a place, one after the other: the session has one current window and frame. */
type RunIn = (place: Place, run: (send: Send) => Promise<unknown>) => Promise<unknown>;

/**
 * Starts WebKitGTK's MiniBrowser, controlled by WebKitWebDriver. A session is ephemeral: it keeps no files after a
 * reload. Screenshots are of the display, because the driver's own never ends without a graphics card.
 */
export async function launchWebKit(miniBrowser: string): Promise<Driver> {
  const folder = await mkdtemp(join(tmpdir(), 'stapler-webkit-'));
  const downloads = join(folder, 'Downloads');
  await mkdir(join(folder, '.config'), { recursive: true });
  await mkdir(downloads);
  await writeFile(join(folder, '.config/user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/Downloads"\n');
  const { program: xvfb, display } = await startDisplay();
  const port = await freePort();
  const driver = startProgram('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    DISPLAY: display,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, '.config'),
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
    NO_AT_BRIDGE: '1',
  });
  const base = `http://127.0.0.1:${port}`;
  await whenListening(base);
  const { sessionId, capabilities } = (await command(base, 'POST', '/session', {
    capabilities: {
      alwaysMatch: { 'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] } },
    },
  })) as { sessionId: string; capabilities: { browserName: string; browserVersion: string } };
  const send: Send = (method, path, body) => command(`${base}/session/${sessionId}`, method, path, body);
  await send('POST', '/timeouts', { pageLoad: 60_000, script: 30_000 });
  // Stays open: the end of the last window ends the browser.
  const home = (await send('GET', '/window')) as string;

  let last: Promise<unknown> = Promise.resolve();
  let current = '';
  const runIn: RunIn = ({ window, iframe }, run) => {
    const wanted = `${window} ${iframe?.[ELEMENT] ?? ''}`;
    const result = last.then(async () => {
      // Each change of the frame moves the focus, and a menu without the focus closes.
      if (wanted !== current) {
        current = '';
        await send('POST', '/window', { handle: window });
        await send('POST', '/frame', { id: null });
        if (iframe) await send('POST', '/frame', { id: iframe });
        current = wanted;
      }
      return run(send);
    });
    last = result.catch(() => void (current = ''));
    return result;
  };

  return {
    engine: 'webkit',
    version: `WebKitGTK ${capabilities.browserVersion}`,
    downloads,
    async newTab() {
      // A new tab would stay behind the one in front.
      const opened = await runIn({ window: home }, (send) => send('POST', '/window/new', { type: 'window' }));
      const { handle } = opened as { handle: string };
      const tab = tabOf(handle, runIn);
      await runIn({ window: handle }, (send) =>
        send('POST', '/window/rect', { x: 0, y: 0, width: 1300, height: 1150 }),
      );
      return tab;
    },
    errors: () => [],
    async screenshot(path) {
      const { child } = startProgram('scrot', ['--overwrite', path], { DISPLAY: display });
      await once(child, 'exit');
    },
    async close() {
      await driver.stop();
      await xvfb.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function whenListening(base: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await command(base, 'GET', '/status');
      return;
    } catch (error) {
      if (attempt > 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function command(base: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(base + path, {
    method,
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    signal: AbortSignal.timeout(90_000),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${method} ${path}: ${error}: ${message}`);
}

function tabOf(window: string, runIn: RunIn): Tab {
  const top: Place = { window };
  const act = async (path: string, body?: unknown): Promise<void> => {
    await runIn(top, (send) => send('POST', path, body));
  };
  // The driver gives the focus to the frame of each command, so keys are sent to the frame of the last click.
  let clicked = top;
  const note = (place: Place): void => void (clicked = place);
  const type = async (actions: readonly object[]): Promise<void> => {
    await runIn(clicked, (send) =>
      send('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] }),
    );
  };
  return {
    main: frameOf(top, runIn, note),
    goto(url) {
      clicked = top;
      return act('/url', { url });
    },
    reload: () => act('/refresh'),
    back: () => act('/back'),
    async close() {
      await runIn(top, (send) => send('DELETE', '/window'));
    },
    async press(keys) {
      const values = keys.map((key) => KEYS[key] ?? key);
      await type([
        ...values.map((value) => ({ type: 'keyDown', value })),
        ...[...values].reverse().map((value) => ({ type: 'keyUp', value })),
      ]);
    },
    async type(text) {
      await type(
        Array.from(text).flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      );
    },
  };
}

function frameOf(place: Place, runIn: RunIn, note: Note): Frame {
  const evaluate = (expression: string): Promise<unknown> =>
    runIn(place, (send) => send('POST', '/execute/sync', { script: `return (${expression});`, args: [] }));
  return {
    evaluate,
    async element(expression) {
      const reference = (await evaluate(expression)) as Reference | null;
      return reference ? elementOf(reference, place, runIn, note) : undefined;
    },
  };
}

function elementOf(reference: Reference, place: Place, runIn: RunIn, note: Note): ElementHandle {
  const path = `/element/${reference[ELEMENT]}`;
  return {
    async click({ isWithControl = false } = {}) {
      note(place);
      await runIn(place, (send) =>
        isWithControl ? controlClick(send, reference) : send('POST', `${path}/click`),
      );
    },
    async setFiles(paths) {
      await runIn(place, (send) => send('POST', `${path}/value`, { text: paths.join('\n') }));
    },
    content: () => Promise.resolve(frameOf({ window: place.window, iframe: reference }, runIn, note)),
  };
}

function controlClick(send: Send, origin: Reference): Promise<unknown> {
  const pause = { type: 'pause' };
  return send('POST', '/actions', {
    actions: [
      {
        type: 'key',
        id: 'keyboard',
        actions: [
          { type: 'keyDown', value: KEYS['Control'] },
          pause,
          pause,
          pause,
          { type: 'keyUp', value: KEYS['Control'] },
        ],
      },
      {
        type: 'pointer',
        id: 'mouse',
        parameters: { pointerType: 'mouse' },
        actions: [
          pause,
          { type: 'pointerMove', origin, x: 0, y: 0 },
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
          pause,
        ],
      },
    ],
  });
}
