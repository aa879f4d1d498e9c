/** @jest-environment jsdom */
import { guardPlatform } from '../../../../src/entries/shared/platform';

/** Original members of the page, restored after each test. */
const { requestAnimationFrame: request, cancelAnimationFrame: cancel, ResizeObserver: resize } = globalThis;

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
  Object.assign(window, {
    requestAnimationFrame: request,
    cancelAnimationFrame: cancel,
    ResizeObserver: resize,
  });
});

/** Sets what the browser has instead of animation frames. */
function setFrames(value: unknown): void {
  Object.assign(window, { requestAnimationFrame: value, cancelAnimationFrame: () => undefined });
}

describe('requestAnimationFrame after guardPlatform', () => {
  test.each([
    ['is missing', undefined],
    [
      'throws',
      () => {
        throw new Error('Blocked.');
      },
    ],
    ['never calls back', () => 1],
  ])('calls back once within 250 ms if the one of the browser %s', (_, frames) => {
    setFrames(frames);
    guardPlatform();
    const callback = jest.fn();
    window.requestAnimationFrame(callback);
    jest.advanceTimersByTime(250);
    expect(callback).toHaveBeenCalledTimes(1);
    expect(callback).toHaveBeenCalledWith(expect.any(Number));
    jest.advanceTimersByTime(1_000);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  test('uses the frame of the browser if there is one', () => {
    const frames: FrameRequestCallback[] = [];
    setFrames((callback: FrameRequestCallback) => frames.push(callback));
    guardPlatform();
    const callback = jest.fn();
    window.requestAnimationFrame(callback);
    frames[0]?.(42);
    expect(callback).toHaveBeenCalledWith(42);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('does not call back after cancelAnimationFrame', () => {
    setFrames(() => 1);
    guardPlatform();
    const callback = jest.fn();
    const other = jest.fn();
    const handle = window.requestAnimationFrame(callback);
    window.requestAnimationFrame(other);
    window.cancelAnimationFrame(handle);
    jest.advanceTimersByTime(1_000);
    expect(callback).not.toHaveBeenCalled();
    expect(other).toHaveBeenCalledTimes(1);
  });
});

describe.each([
  ['is missing', undefined],
  [
    'throws',
    function () {
      throw new Error('Blocked.');
    },
  ],
])('An observer after guardPlatform, if the one of the browser %s,', (_, observer) => {
  test('reports an element at first, and after its size has changed', () => {
    Object.assign(window, { ResizeObserver: observer });
    guardPlatform();
    const element = document.createElement('div');
    let height = 10;
    element.getBoundingClientRect = () => ({ width: 5, height, top: 0, bottom: height }) as DOMRect;
    const onChange = jest.fn();
    const created = new window.ResizeObserver(onChange);
    created.observe(element);
    jest.advanceTimersByTime(2_000);
    expect(onChange).toHaveBeenCalledTimes(1);
    height = 20;
    jest.advanceTimersByTime(500);
    expect(onChange).toHaveBeenCalledTimes(2);
    created.disconnect();
    height = 30;
    jest.advanceTimersByTime(2_000);
    expect(onChange).toHaveBeenCalledTimes(2);
    expect(jest.getTimerCount()).toBe(0);
  });
});
