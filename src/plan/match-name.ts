import { foldCharacter } from './fold';
import type { Alternative, PatternToken } from './pattern';
import { isWorkItemId } from './work-item-id';

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
type Places = Uint8Array;

/** Prepares a name for matching against any number of alternatives. */
export function takeApart(name: string): NameToMatch {
  const characters = Array.from(name.normalize('NFC'));
  const folded = characters.map(foldCharacter);
  return { characters, folded, backwards: [...folded].reverse(), numbers: numbersIn(characters) };
}

/**
 * Returns the numbers in a name that fit `{id}` such that the whole name matches. Takes linear time for any content.
 *
 * @param typeOf Type of a work item, if known; `{type}` then matches only that.
 */
export function numbersThatFit(
  { tokens }: Alternative,
  name: NameToMatch,
  typeOf: (id: number) => string | undefined,
): readonly NumberInName[] {
  const at = tokens.findIndex(({ kind }) => kind === 'id');
  const asksForType = tokens.some(({ kind }) => kind === 'type');
  const before = remember((type) => reach(stepsOf(tokens.slice(0, at), type), name.folded));
  const after = remember((type) => reach(stepsOf(tokens.slice(at + 1), type).reverse(), name.backwards));
  return name.numbers.filter(({ value, start, end }) => {
    const type = asksForType ? (typeOf(value) ?? '') : '';
    return before(type)[start] === 1 && after(type)[name.folded.length - end] === 1;
  });
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
function reach(steps: readonly Step[], characters: readonly string[]): Places {
  let places: Places = new Uint8Array(characters.length + 1);
  places[0] = 1;
  for (const step of steps) places = advance(places, step, characters);
  return places;
}

function advance(from: Places, step: Step, characters: readonly string[]): Places {
  const to = new Uint8Array(from.length);
  let isOpen = false;
  for (let place = 0; place < from.length; place++) {
    const isFrom = from[place] === 1;
    const character = characters[place] ?? '';
    switch (step.kind) {
      case 'edge':
        if (isFrom && !(isLetter(characters[place - 1]) && isLetter(character))) to[place] = 1;
        break;
      case 'any':
        isOpen ||= isFrom;
        if (isOpen) to[place] = 1;
        break;
      case 'one':
        if (isFrom) to[place + 1] = 1;
        break;
      case 'literal':
        if (isFrom && character === step.character) to[place + 1] = 1;
        break;
      case 'gap':
        isOpen = (isOpen || isFrom) && isGap(character);
        if (isOpen) to[place + 1] = 1;
        break;
      case 'words':
        if (isLetter(character)) isOpen ||= isFrom;
        else isOpen &&= isGap(character);
        if (isOpen && isLetter(character)) to[place + 1] = 1;
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

/** Caches results per type. */
function remember(ask: (type: string) => Places): (type: string) => Places {
  const answers = new Map<string, Places>();
  return (type) => {
    const answer = answers.get(type) ?? ask(type);
    answers.set(type, answer);
    return answer;
  };
}
