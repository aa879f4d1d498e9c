import type { Budget } from '../office/budget';
import type { DrawingContext } from '../office/drawings';
import type { NoteKind } from '../office/nodes';
import type { Numbering } from './read-numbering';
import type { Styles } from './read-styles';

/** Facts that the text of a document needs. */
export interface WordContext extends DrawingContext {
  readonly styles: Styles;
  readonly numbering: Numbering;
  readonly budget: Budget;
  readonly notes: NoteNumbers;
  /** Facts found in the text. */
  readonly found: { hasHiddenText: boolean };
}

/** Numbers of notes in the order of their references. */
export class NoteNumbers {
  readonly #numbers: Readonly<Record<NoteKind, Map<string, number>>> = {
    footnote: new Map(),
    endnote: new Map(),
    comment: new Map(),
  };

  /** Returns the number of a note at a reference. */
  refer(kind: NoteKind, id: string): number {
    const numbers = this.#numbers[kind];
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return number;
  }

  /** Returns the number of a note, or `undefined` if there is no reference. */
  numberOf(kind: NoteKind, id: string): number | undefined {
    return this.#numbers[kind].get(id);
  }
}
