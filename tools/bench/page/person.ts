import { nextTask } from './next-task';

/** Distance of one wheel turn, as a part of the visible height. */
const TURN = 0.9;

/** However long a list is, this is a person who does not scroll on for ever. */
const MAX_TURNS = 40;

/** Roles of lists of rows or cards. */
const LISTS = '[role="list"], [role="listbox"]';

/** Timeout for content that is not drawn yet. */
const PATIENCE_FRAMES = 600;

/** Types a text into the field of a label, a key at a time. */
export async function type(label: string, text: string): Promise<void> {
  const field = fieldOf(label, HTMLInputElement);
  for (let length = 1; length <= text.length; length++)
    await enterValue(field, text.slice(0, length), 'input');
}

/** Chooses another value in the list of a label. */
export async function choose(label: string, value: string): Promise<void> {
  await enterValue(fieldOf(label, HTMLSelectElement), value, 'change');
}

/** Chooses the radio button of a label. */
export async function tick(label: string): Promise<void> {
  fieldOf(label, HTMLInputElement).click();
  await drawn();
}

/** Presses a button by its text, as soon as it is there. */
export async function press(name: RegExp): Promise<void> {
  for (let frame = 0; frame < PATIENCE_FRAMES; frame++) {
    const button = [...document.querySelectorAll('button')].find((each) =>
      name.test(each.ariaLabel ?? each.textContent),
    );
    button?.click();
    await drawn();
    if (button) return;
  }
  throw new Error(`There is no button ${String(name)}.`);
}

/** Resolves after the list of a label has been drawn. */
export async function shown(label: string): Promise<void> {
  for (let frame = 0; frame < PATIENCE_FRAMES && !listOf(label); frame++) await drawn();
  if (!listOf(label)) throw new Error(`There is no list "${label}".`);
  await drawn();
}

function listOf(label: string): Element | null {
  return document.querySelector(`:is(${LISTS})[aria-label="${label}"]`);
}

/**
 * Scrolls through a list by turns of the wheel to its end.
 *
 * @param look Called and awaited after each turn.
 */
export async function scrollThrough(label: string, look: () => Promise<void> = drawn): Promise<void> {
  const list = listOf(label);
  const scroller = list?.closest('[data-scrolls]') ?? list?.parentElement;
  if (!scroller) throw new Error(`There is no list "${label}".`);
  const isAtEnd = (): boolean => scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
  for (let turn = 0; turn < MAX_TURNS && !isAtEnd(); turn++) {
    scroller.scrollBy(0, scroller.clientHeight * TURN);
    await look();
  }
  scroller.scrollTo(0, scroller.scrollHeight);
  await look();
}

/** Resolves after the browser has drawn the changes; all tasks for them come earlier. */
export async function drawn(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve));
  await nextTask();
}

/** Sets the value in a task of its own, bypassing the setter of React. */
async function enterValue(
  field: HTMLInputElement | HTMLSelectElement,
  value: string,
  event: 'input' | 'change',
): Promise<void> {
  await nextTask();
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event(event, { bubbles: true }));
  await drawn();
}

function fieldOf<Field extends HTMLElement>(label: string, kind: new () => Field): Field {
  const found = [...document.querySelectorAll('label')].find(({ textContent }) =>
    textContent.startsWith(label),
  );
  const field = found?.control;
  if (!(field instanceof kind)) throw new Error(`There is no field "${label}".`);
  return field;
}
