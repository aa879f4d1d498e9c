import { cutTextOf } from '../har/fields';
import type { CutText } from '../results/test-results';
import { withoutAnsi } from '../text/ansi';

/** Maximum length of all texts of a trace, in UTF-16 units: they are copied from the worker to the page. */
const MAX_TOTAL_LENGTH = 16 * 1024 * 1024;

/** Maximum number of events of a kind. */
const MAX_EVENTS = 20_000;

/** Limits of everything that is kept of a trace. */
export class TraceBudget {
  #left = MAX_TOTAL_LENGTH;
  readonly #events = { action: 0, message: 0, frame: 0 };

  /** Returns whether there is room for one more event, and takes it. */
  takeEvent(kind: 'action' | 'message' | 'frame'): boolean {
    return this.#events[kind]++ < MAX_EVENTS;
  }

  /** Returns a string without colors of a terminal, and an empty text for any other value. */
  cut(value: unknown, maxLength: number): CutText {
    const cut = cutTextOf(value, Math.min(maxLength, this.#left));
    this.#left -= cut.text.length;
    return { ...cut, text: withoutAnsi(cut.text) };
  }

  /** As `cut`, with an ellipsis for the part that is left out. */
  word(value: unknown, maxLength: number): string {
    const { text, missing } = this.cut(value, maxLength);
    return missing > 0 ? `${text}…` : text;
  }
}
