import * as ReactDOM from 'react-dom';
import { act } from 'react-dom/test-utils';

/** Draws an element into a place of its own, which is on the page until it is cleared, and answers with the place. */
export async function render(element: React.ReactElement): Promise<HTMLElement> {
  const place = document.createElement('div');
  document.body.append(place);
  await act(async () => {
    ReactDOM.render(element, place);
    await Promise.resolve();
  });
  return place;
}

/** Takes all that was drawn off the page again. */
export function clearAll(): void {
  for (const place of [...document.body.children]) {
    act(() => void ReactDOM.unmountComponentAtNode(place));
    place.remove();
  }
}

/** Lets what is under way go on until a condition holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await act(() => new Promise((resolve) => setTimeout(resolve)));
}

/** Presses a key on an element, or on the page. Answers whether nobody took it for themselves. */
export function press(key: string, on: Element = document.body, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  act(() => void on.dispatchEvent(event));
  return !event.defaultPrevented;
}

/** Presses the button of that name. */
export function click(place: Element, name: string | RegExp): void {
  const button = [...place.querySelectorAll('button')].find(({ textContent, ariaLabel, attributes }) => {
    const words = ariaLabel ?? attributes.getNamedItem('aria-label')?.value ?? textContent;
    return typeof name === 'string' ? words === name : name.test(words);
  });
  if (!button) throw new Error(`No button is called ${String(name)} in ${place.textContent}`);
  act(() => button.click());
}

/** Types into a field. */
export function type(field: HTMLInputElement, text: string): void {
  // The element's own property: a library may have put one of its own before it.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  tell(field, 'input');
}

/** Tells an element that something happened to it: `load`, `error`. */
export function tell(element: Element, event: string): void {
  act(() => void element.dispatchEvent(new Event(event, { bubbles: event === 'input' })));
}
