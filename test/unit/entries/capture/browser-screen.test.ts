/** @jest-environment jsdom */
import { createBrowserScreens } from '../../../../src/entries/capture/browser-screen';
import { copyPng } from '../../../../src/entries/capture/copy-png';
import { createFakeRuntime } from '../../../helpers/fake-runtime';

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

/** A stream with one track. */
function createStream() {
  const track = { stop: jest.fn() };
  return { track, stream: { getTracks: () => [track] } };
}

class Recorder extends EventTarget {
  static isTypeSupported = (type: string): boolean => type === 'video/mp4';
  static last: Recorder;
  state = 'inactive';
  readonly mimeType = 'video/mp4';
  constructor(
    _: unknown,
    readonly options: MediaRecorderOptions,
  ) {
    super();
    Recorder.last = this;
  }
  start(): void {
    this.state = 'recording';
  }
  stop(): void {
    this.state = 'inactive';
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob(['end']) }));
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob([]) }));
    this.dispatchEvent(new Event('stop'));
  }
}

beforeEach(() => {
  define(globalThis, 'isSecureContext', true);
  define(globalThis, 'MediaRecorder', undefined);
  define(globalThis, 'CaptureController', undefined);
  define(navigator, 'mediaDevices', undefined);
});

describe('createBrowserScreens', () => {
  it.each<[string, boolean, unknown, string | undefined]>([
    ['without a secure context', false, undefined, 'insecure'],
    ['without media devices', true, undefined, 'unsupported'],
    ['on a phone', true, {}, 'unsupported'],
    ['with a screen', true, { getDisplayMedia: () => undefined }, undefined],
  ])('names the reason of a browser %s', async (_, isSecure, mediaDevices, problem) => {
    define(globalThis, 'isSecureContext', isSecure);
    define(navigator, 'mediaDevices', mediaDevices);
    const screens = createBrowserScreens(createFakeRuntime());
    expect(screens.problem).toBe(problem);
    expect(screens.canRecord).toBe(false);
    await expect(screens.share('image')).rejects.toMatchObject({ problem: 'unsupported' });
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'failed'],
  ])('takes %s for %s', async (name, problem) => {
    define(navigator, 'mediaDevices', {
      getDisplayMedia: () => Promise.reject(new DOMException('No.', name)),
    });
    await expect(createBrowserScreens(createFakeRuntime()).share('image')).rejects.toMatchObject({ problem });
  });

  it('keeps the window in front for an image, also where a screen has no focus to keep', async () => {
    const setFocusBehavior = jest.fn(() => {
      throw new DOMException('A screen.', 'InvalidStateError');
    });
    define(
      globalThis,
      'CaptureController',
      class {
        setFocusBehavior = setFocusBehavior;
      },
    );
    const { stream, track } = createStream();
    define(navigator, 'mediaDevices', { getDisplayMedia: () => Promise.resolve(stream) });
    const screen = await createBrowserScreens(createFakeRuntime()).share('image');
    expect(setFocusBehavior).toHaveBeenCalledWith('no-focus-change');
    screen.stop();
    expect(track.stop).toHaveBeenCalledTimes(1);
    expect(() => screen.record({ onChunk: jest.fn(), onEnd: jest.fn() })).toThrow('no-recorder');
  });

  it('gives up an image of a window without a picture', async () => {
    jest.spyOn(HTMLMediaElement.prototype, 'play').mockReturnValue(new Promise(() => undefined));
    define(navigator, 'mediaDevices', { getDisplayMedia: () => Promise.resolve(createStream().stream) });
    const runtime = createFakeRuntime();
    const screen = await createBrowserScreens(runtime).share('image');
    const image = expect(screen.takeImage()).rejects.toMatchObject({ problem: 'failed' });
    await runtime.pass(10_000);
    await image;
  });

  it('records in a format of the browser, and ends once', async () => {
    define(globalThis, 'MediaRecorder', Recorder);
    define(navigator, 'mediaDevices', { getDisplayMedia: () => Promise.resolve(createStream().stream) });
    const screens = createBrowserScreens(createFakeRuntime());
    const [onChunk, onEnd] = [jest.fn(), jest.fn()];
    const recording = (await screens.share('recording')).record({ onChunk, onEnd });
    expect(screens.canRecord).toBe(true);
    expect(Recorder.last.options.mimeType).toBe('video/mp4');
    recording.stop();
    recording.stop();
    expect(onChunk).toHaveBeenCalledTimes(1);
    expect(onEnd).toHaveBeenCalledTimes(1);
  });
});

class Item {
  constructor(readonly content: Record<string, Blob>) {}
}

describe('copyPng', () => {
  it('copies an image where the browser allows it', async () => {
    const write = jest.fn(() => Promise.resolve());
    define(navigator, 'clipboard', { write });
    define(globalThis, 'ClipboardItem', Item);
    expect(await copyPng(new Blob(['png']))).toBe(true);
    expect(write).toHaveBeenCalledTimes(1);
  });

  it('reports a missing clipboard and a refusal', async () => {
    define(globalThis, 'ClipboardItem', undefined);
    expect(await copyPng(new Blob(['png']))).toBe(false);
    define(globalThis, 'ClipboardItem', Item);
    define(navigator, 'clipboard', undefined);
    expect(await copyPng(new Blob(['png']))).toBe(false);
    define(navigator, 'clipboard', { write: () => Promise.reject(new Error('no')) });
    expect(await copyPng(new Blob(['png']))).toBe(false);
  });
});
