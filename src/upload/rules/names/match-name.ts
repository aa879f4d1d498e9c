import { isWorkItemId } from '../../../azure/work-item';
import { memoize } from '../../../base/memoize';
import type { Alternative, PatternToken } from './pattern';
import { foldCharacter } from './pattern';

/** A file or folder name prepared for matching. */
export interface NameToMatch {
  /** Code points, as written. */
  readonly characters: readonly string[];
  /** In lower case. */
  readonly folded: readonly string[];
  /** `folded` in reverse. */
  readonly backwards: readonly string[];
  readonly numbers: readonly NumberInName[];
}

/** A possible work item number, at code points `start` (inclusive) to `end` (exclusive). */
export interface NumberInName {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** A pattern token with `{type}` resolved. */
type Step =
  | Exclude<PatternToken, { kind: 'id' | 'type' }>
  /** One or more words: an unknown type. */
  | { readonly kind: 'words' }
  /** A word boundary. */
  | { readonly kind: 'edge' };

/** Reachability by position in a name, including the position after its end. */
type Positions = Uint8Array;

/** Prepares a name for matching against any number of alternatives. */
export function prepareName(name: string): NameToMatch {
  const characters = Array.from(name.normalize('NFC'));
  const folded = characters.map(foldCharacter);
  return { characters, folded, backwards: [...folded].reverse(), numbers: numbersIn(characters) };
}

/**
 * Returns the numbers in a name that fit `{id}` such that the whole name matches. Takes linear time for any content.
 *
 * @param typeOf Type of a work item, if known; `{type}` then matches only that.
 */
export function matchingNumbers(
  { tokens }: Alternative,
  name: NameToMatch,
  typeOf: (id: number) => string | undefined,
): readonly NumberInName[] {
  const at = tokens.findIndex(({ kind }) => kind === 'id');
  const hasType = tokens.some(({ kind }) => kind === 'type');
  const before = memoize((type: string) =>
    reachablePositions(stepsOf(tokens.slice(0, at), type), name.folded),
  );
  const after = memoize((type: string) =>
    reachablePositions(stepsOf(tokens.slice(at + 1), type).reverse(), name.backwards),
  );
  return name.numbers.filter(({ value, start, end }) => {
    const type = hasType ? (typeOf(value) ?? '') : '';
    return before(type)[start] === 1 && after(type)[name.folded.length - end] === 1;
  });
}

/** Work item that a file goes to, as far as it is known. */
export interface NamedItem {
  readonly id: number | undefined;
  /** Such as `Bug`; empty if unknown. */
  readonly type: string;
}

/**
 * Whether a whole name matches, with the number of the work item for `{id}` and its type for `{type}`. Any number and
 * any words match what is unknown.
 */
export function matchesName(alternative: Alternative, name: NameToMatch, { id, type }: NamedItem): boolean {
  if (alternative.tokens.some(({ kind }) => kind === 'id'))
    return matchingNumbers(alternative, name, () => type).some(
      ({ value }) => id === undefined || value === id,
    );
  return reachablePositions(stepsOf(alternative.tokens, type), name.folded)[name.folded.length] === 1;
}

function numbersIn(characters: readonly string[]): readonly NumberInName[] {
  const numbers: NumberInName[] = [];
  for (let start = 0; start < characters.length; start++) {
    if (!isDigit(characters[start])) continue;
    let end = start + 1;
    while (isDigit(characters[end])) end++;
    const value = Number(characters.slice(start, end).join(''));
    if (isWorkItemId(value)) numbers.push({ value, start, end });
    start = end;
  }
  return numbers;
}

function stepsOf(tokens: readonly PatternToken[], type: string): Step[] {
  return tokens.flatMap((token): Step[] => {
    if (token.kind === 'id') return [];
    if (token.kind !== 'type') return [token];
    return [{ kind: 'edge' }, ...wordsOf(type), { kind: 'edge' }];
  });
}

function wordsOf(type: string): readonly Step[] {
  if (type === '') return [{ kind: 'words' }];
  return Array.from(
    type
      .normalize('NFC')
      .trim()
      .replace(/[\s_-]+/g, ' '),
    (character) =>
      character === ' ' ? { kind: 'gap' } : { kind: 'literal', character: foldCharacter(character) },
  );
}

/** Positions reached by all steps, starting at the first character. */
function reachablePositions(steps: readonly Step[], characters: readonly string[]): Positions {
  let positions: Positions = new Uint8Array(characters.length + 1);
  positions[0] = 1;
  for (const step of steps) positions = advance(positions, step, characters);
  return positions;
}

function advance(from: Positions, step: Step, characters: readonly string[]): Positions {
  const to = new Uint8Array(from.length);
  let isOpen = false;
  for (let position = 0; position < from.length; position++) {
    const isFrom = from[position] === 1;
    const character = characters[position] ?? '';
    switch (step.kind) {
      case 'edge':
        if (isFrom && !(isLetter(characters[position - 1]) && isLetter(character))) to[position] = 1;
        break;
      case 'any':
        isOpen ||= isFrom;
        if (isOpen) to[position] = 1;
        break;
      case 'one':
        if (isFrom) to[position + 1] = 1;
        break;
      case 'literal':
        if (isFrom && character === step.character) to[position + 1] = 1;
        break;
      case 'gap':
        isOpen = (isOpen || isFrom) && isGap(character);
        if (isOpen) to[position + 1] = 1;
        break;
      case 'words':
        if (isLetter(character)) isOpen ||= isFrom;
        else isOpen &&= isGap(character);
        if (isOpen && isLetter(character)) to[position + 1] = 1;
        break;
    }
  }
  return to;
}

function isDigit(character = ''): boolean {
  return character >= '0' && character <= '9';
}

function isLetter(character = ''): boolean {
  if (character <= '\u007f') return character >= 'a' && character <= 'z';
  return /^[\p{L}\p{M}]/u.test(character);
}

function isGap(character: string): boolean {
  if (character === ' ' || character === '_' || character === '-') return true;
  return character !== '' && character.trim() === '';
}
