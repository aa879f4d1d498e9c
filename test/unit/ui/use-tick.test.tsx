/** @jest-environment jsdom */
import fc from 'fast-check';
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { act } from 'react-dom/test-utils';
import { secondsUntil, useSecondsUntil } from '../../../src/ui/hooks';

describe('secondsUntil', () => {
  test.each([
    [4000, 0, 4],
    [4000, 1, 4],
    [4000, 1000, 3],
    [4000, 3999, 1],
    [4000, 4000, 0],
    [4000, 9000, 0],
  ])('counts to %d at %d: %d', (until, now, seconds) => {
    expect(secondsUntil(until, now)).toBe(seconds);
  });

  test('is never negative', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (until, now) => {
        expect(secondsUntil(until, now)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('useSecondsUntil', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 0 }));
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  function Countdown({ until }: { until: number }): React.JSX.Element {
    return <>{useSecondsUntil(until)} </>;
  }

  function show(place: HTMLElement, ...untils: number[]): void {
    const countdowns = untils.map((until, index) => <Countdown key={index} until={until} />);
    act(() => {
      ReactDOM.render(<>{countdowns}</>, place);
    });
  }

  /** Running intervals; React has its own timers. */
  let running: Set<unknown>;
  beforeEach(() => {
    running = new Set();
    const { setInterval: set, clearInterval: clear } = globalThis;
    jest.spyOn(globalThis, 'setInterval').mockImplementation((...args: Parameters<typeof set>) => {
      const timer = set(...args);
      running.add(timer);
      return timer;
    });
    jest.spyOn(globalThis, 'clearInterval').mockImplementation((timer) => {
      running.delete(timer);
      clear(timer);
    });
  });

  function pass(ms: number): void {
    act(() => {
      jest.advanceTimersByTime(ms);
    });
  }

  test('counts down to 0 and stops its timer', () => {
    const place = document.createElement('div');
    show(place, 2500);
    expect(place.textContent).toBe('3 ');
    pass(1000);
    expect(place.textContent).toBe('2 ');
    pass(2000);
    expect(place.textContent).toBe('0 ');
    expect(running.size).toBe(0);
  });

  test('shares one timer among components', () => {
    const place = document.createElement('div');
    show(place, 2000, 4000, 9000);
    expect(running.size).toBe(1);
    pass(3000);
    expect(place.textContent).toBe('0 1 6 ');
    act(() => void ReactDOM.unmountComponentAtNode(place));
    expect(running.size).toBe(0);
  });

  test('starts again with a later time', () => {
    const place = document.createElement('div');
    show(place, 1000);
    pass(1000);
    expect(running.size).toBe(0);
    show(place, 5000);
    expect(place.textContent).toBe('4 ');
    pass(1000);
    expect(place.textContent).toBe('3 ');
  });
});
