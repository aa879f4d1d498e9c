import type * as React from 'react';
import * as ReactDOM from 'react-dom';
import { act } from 'react-dom/test-utils';

/** A page with one element, driven as by a user. */
export interface Page {
  show(element: React.JSX.Element): void;
  /** All text except on buttons. */
  words(): string;
  /** Labels of the enabled buttons. */
  buttons(): readonly string[];
  click(words: string): void;
  /** Toggles the only checkbox. */
  tick(): void;
}

/** Creates a page in the document, since React handles events only there. */
export function createPage(): Page {
  const place = document.createElement('div');
  document.body.replaceChildren(place);
  const buttons = (): HTMLButtonElement[] => [...place.querySelectorAll('button')];

  function press(element: HTMLElement | null | undefined): void {
    if (!element) throw new Error(`There is no such thing in: ${place.innerHTML}`);
    act(() => element.click());
  }

  return {
    show(element) {
      act(() => {
        ReactDOM.render(element, place);
      });
    },
    words() {
      const copy = place.cloneNode(true) as HTMLElement;
      for (const button of copy.querySelectorAll('button:not(.link-button)')) button.remove();
      return copy.textContent;
    },
    buttons: () => buttons().flatMap(({ disabled, textContent }) => (disabled ? [] : [textContent])),
    click: (words) => press(buttons().find(({ textContent }) => textContent === words)),
    tick: () => press(place.querySelector<HTMLElement>('input[type=checkbox]')),
  };
}
