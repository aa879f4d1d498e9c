import * as ReactDOM from 'react-dom';
import { act } from 'react-dom/test-utils';

/** Renders an element into a container of its own on the page, and returns the container. */
export async function render(element: React.ReactElement): Promise<HTMLElement> {
  const place = document.createElement('div');
  document.body.append(place);
  await act(async () => {
    ReactDOM.render(element, place);
    await Promise.resolve();
  });
  return place;
}

/** Gives jsdom dialogs that open and close, without a modal state. */
export function stubDialogs(): void {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
  };
}

/** Removes all rendered elements from the page. */
export function clearAll(): void {
  for (const place of [...document.body.children]) {
    act(() => void ReactDOM.unmountComponentAtNode(place));
    place.remove();
  }
}

/** Waits until a condition holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await act(() => new Promise((resolve) => setTimeout(resolve)));
}

/** Presses a key on an element, or on the page. Returns false if a handler prevented the default. */
export function press(key: string, on: Element = document.body, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  act(() => void on.dispatchEvent(event));
  return !event.defaultPrevented;
}

/** Clicks the button with a name. */
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
  // The native setter: a library may have overridden the property.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  tell(field, 'input');
}

/** Dispatches an event on an element: `load`, `error`, `change`. */
export function tell(element: Element, event: string): void {
  act(() => void element.dispatchEvent(new Event(event, { bubbles: ['input', 'change'].includes(event) })));
}
