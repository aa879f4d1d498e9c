/** @jest-environment jsdom */
import { watchLongPress } from '../../../src/ui/use-long-press';
import { createFakeRuntime } from '../../helpers/fake-runtime';

const FINGER = { pointerId: 1, isPrimary: true, pointerType: 'touch', clientX: 50, clientY: 60, detail: 1 };

/** Creates a container with a row and a field; long presses on the field have no effect. */
function stage() {
  document.body.innerHTML = '<main><p>Row</p><input></main><button>Outside</button>';
  const [container, row, field, outside] = ['main', 'p', 'input', 'button'].map((name) =>
    document.querySelector<HTMLElement>(name),
  ) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
  const runtime = createFakeRuntime();
  const onLongPress = jest.fn();
  const onClick = jest.fn();
  const onContextMenu = jest.fn();
  container.addEventListener('contextmenu', onContextMenu);
  for (const each of [container, outside]) each.addEventListener('click', onClick);
  const stop = watchLongPress(container, runtime, {
    find: (target) => (target === row ? row : null),
    onLongPress: (element, { clientX, clientY }) => void onLongPress(element, clientX, clientY),
  });
  stops.push(stop);
  /** Dispatches an event of a finger. Returns whether its default was prevented. */
  function send(type: string, more: Partial<typeof FINGER> = {}, target: Element = row): boolean {
    const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), { ...FINGER, ...more });
    return !target.dispatchEvent(event);
  }
  return { runtime, onLongPress, onClick, onContextMenu, send, stop, row, field, outside };
}

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

describe('watchLongPress', () => {
  it('calls back after 500 ms and suppresses the click at the end of the touch only', async () => {
    const { runtime, onLongPress, onClick, send, row, outside } = stage();
    send('pointerdown');
    await runtime.pass(499);
    expect(onLongPress).not.toHaveBeenCalled();
    await runtime.pass(1);
    expect(onLongPress.mock.calls).toEqual([[row, 50, 60]]);
    send('pointerup');
    // The focus stays in the menu.
    expect(send('mousedown')).toBe(true);
    // A choice in the menu by keyboard has the detail 0.
    expect(send('click', { detail: 0 }, outside)).toBe(false);
    expect(onClick).toHaveBeenCalledTimes(1);
    expect(send('click', {}, outside)).toBe(true);
    expect(onClick).toHaveBeenCalledTimes(1);
    send('pointerdown');
    send('pointerup');
    expect([send('mousedown'), send('click')]).toEqual([false, false]);
    expect(onClick).toHaveBeenCalledTimes(2);
  });

  it('leaves the click alone after a new press without the click of the last one', async () => {
    const { runtime, onClick, send, outside } = stage();
    send('pointerdown');
    await runtime.pass(500);
    send('pointercancel');
    send('pointerdown', {}, outside);
    send('pointerup', {}, outside);
    send('click', {}, outside);
    expect(onClick).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['moves by more than 10 px', 'pointermove', { clientX: 58, clientY: 67 }],
    ['is lifted', 'pointerup', {}],
    ['is canceled, such as by scrolling', 'pointercancel', {}],
    ['scrolls the page', 'scroll', {}],
    ['is joined by a second one', 'pointerdown', { pointerId: 2, isPrimary: false }],
  ])('does not call back if the finger %s', async (_, type, more) => {
    const { runtime, onLongPress, send } = stage();
    send('pointerdown');
    await runtime.pass(300);
    send(type, more);
    await runtime.pass(1_000);
    expect(onLongPress).not.toHaveBeenCalled();
    expect(runtime.delays()).toEqual([]);
  });

  it('calls back for a trembling finger', async () => {
    const { runtime, onLongPress, send } = stage();
    send('pointerdown');
    send('pointermove', { clientX: 56, clientY: 67 });
    send('pointermove', { pointerId: 2, clientX: 500 });
    await runtime.pass(500);
    expect(onLongPress).toHaveBeenCalledTimes(1);
  });

  it('calls back once for `contextmenu` before or after the time limit', async () => {
    const { runtime, onLongPress, onContextMenu, onClick, send, outside } = stage();
    send('pointerdown');
    await runtime.pass(400);
    expect(send('contextmenu', { clientX: 51 })).toBe(true);
    await runtime.pass(1_000);
    expect(onLongPress.mock.calls.map(([, x]) => x as number)).toEqual([51]);
    send('click');

    send('pointerdown');
    await runtime.pass(500);
    send('pointerup');
    // The menu is under the finger.
    expect(send('contextmenu', {}, outside)).toBe(true);
    expect(onLongPress).toHaveBeenCalledTimes(2);
    send('click');
    expect([onContextMenu, onClick].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  });

  it('ignores a mouse, targets without an element, and everything outside', async () => {
    const { runtime, onLongPress, onContextMenu, send, field, outside } = stage();
    send('pointerdown', { pointerType: 'mouse' });
    expect(send('contextmenu', { pointerType: 'mouse' })).toBe(false);
    for (const target of [field, outside]) {
      send('pointerdown', {}, target);
      await runtime.pass(1_000);
      expect(send('contextmenu', {}, target)).toBe(false);
    }
    expect(onLongPress).not.toHaveBeenCalled();
    expect(onContextMenu).toHaveBeenCalledTimes(2);
  });

  it('stops with its component', async () => {
    const { runtime, onLongPress, send, stop } = stage();
    send('pointerdown');
    stop();
    send('pointerdown');
    await runtime.pass(1_000);
    expect(onLongPress).not.toHaveBeenCalled();
  });
});
