import { t } from '../../../base/i18n/translate';

/** A token of a pattern. */
export type PatternToken =
  /** `{id}`: the number of a work item. */
  | { readonly kind: 'id' }
  /** `{type}`: the words of its type. */
  | { readonly kind: 'type' }
  /** `*`: any text, or none. */
  | { readonly kind: 'any' }
  /** `?`: any one character. */
  | { readonly kind: 'one' }
  /** A space: one or more spaces, underscores or hyphens. */
  | { readonly kind: 'gap' }
  /** The character itself, ignoring case. */
  | { readonly kind: 'literal'; readonly character: string };

/** One of the forms accepted by a pattern. */
export interface Alternative {
  /** As typed. */
  readonly text: string;
  /** With at most one `id` and one `type`. In a pattern of `readPattern`, with exactly one `id`. */
  readonly tokens: readonly PatternToken[];
}

/** A valid pattern. */
export interface Pattern {
  /** As typed. */
  readonly text: string;
  /** In the order tried. */
  readonly alternatives: readonly Alternative[];
}

/** Result of `readPattern` and `readNamePattern`. */
export type PatternResult =
  | { readonly ok: true; readonly pattern: Pattern }
  /** `message` is a sentence for the user; `at` is a 0-based index into the text. */
  | { readonly ok: false; readonly at: number; readonly message: string };

/**
 * Accepts `1234`, `1234.png`, `1234_evidence.png`, `#1234 notes.txt`, `Bug 1234.log`. A number directly followed by
 * letters does not count (`3fa85f64.png`, `1st draft.docx`) unless preceded by a `#` or a type.
 */
export const DEFAULT_PATTERN = '{id}; {id}.*; {id} *; #{id}*; {type} {id}*';

const WILDCARDS: Readonly<Record<string, PatternToken>> = {
  '*': { kind: 'any' },
  '?': { kind: 'one' },
  ' ': { kind: 'gap' },
};

/** A token, and the index after it. */
interface Step {
  readonly token: PatternToken;
  readonly next: number;
}

/** An error in a pattern. */
interface Fault {
  readonly at: number;
  readonly message: string;
}

/**
 * Parses a pattern that finds a work item: alternatives separated by `;`, each made of `{id}` (once), `{type}` (at most
 * once), `*`, `?`, spaces and plain text. `\` escapes the next character.
 */
export function readPattern(typed: string): PatternResult {
  return parse(typed, true);
}

/** Parses a pattern for names alone: as `readPattern`, but `{id}` may be missing. */
export function readNamePattern(typed: string): PatternResult {
  return parse(typed, false);
}

function parse(typed: string, needsId: boolean): PatternResult {
  const text = typed.normalize('NFC');
  const alternatives: Alternative[] = [];
  let tokens: PatternToken[] = [];
  let start = 0;
  for (let at = 0; at <= text.length;) {
    if (at === text.length || text[at] === ';') {
      const alternative = { text: text.slice(start, at).trim(), tokens: withoutOuterGaps(tokens) };
      const message = alternative.tokens.length > 0 ? faultOf(alternative, needsId) : undefined;
      if (message) return { ok: false, at: start + leadingSpaces(text.slice(start, at)), message };
      if (alternative.tokens.length > 0) alternatives.push(alternative);
      tokens = [];
      start = ++at;
      continue;
    }
    const step = readToken(text, at);
    if ('message' in step) return { ok: false, ...step };
    const isOneGap = step.token.kind === 'gap' && tokens.at(-1)?.kind === 'gap';
    if (!isOneGap) tokens.push(step.token);
    at = step.next;
  }
  if (alternatives.length === 0)
    return {
      ok: false,
      at: 0,
      message: needsId ? t('Every pattern needs {id}.', { id: '{id}' }) : t('The pattern is empty.'),
    };
  return { ok: true, pattern: { text: typed, alternatives } };
}

function readToken(text: string, at: number): Step | Fault {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === '{') return readBraces(text, at);
  if (character === '/')
    return { at, message: t("Don't use “/”. File and folder names are matched separately.") };
  if (character === '\\') {
    const escaped = text.codePointAt(at + 1);
    if (escaped === undefined)
      return { at, message: t('Add a character after “\\”. For a backslash, type “\\\\”.') };
    return literal(String.fromCodePoint(escaped), at + 1);
  }
  const wildcard = WILDCARDS[/\s/.test(character) ? ' ' : character];
  return wildcard ? { token: wildcard, next: at + 1 } : literal(character, at);
}

function literal(character: string, at: number): Step {
  return { token: { kind: 'literal', character: foldCharacter(character) }, next: at + character.length };
}

function readBraces(text: string, at: number): Step | Fault {
  const word = /^\{([^{};]*)\}/.exec(text.slice(at));
  if (!word) return { at, message: t('Missing {closing} after {opening}.', { closing: '}', opening: '{' }) };
  const kind = word[1]?.trim().toLowerCase();
  if (kind !== 'id' && kind !== 'type')
    return {
      at,
      message: t('Unknown placeholder {word}. Use {id} or {type}. For a brace, type {sign}.', {
        word: word[0],
        id: '{id}',
        type: '{type}',
        sign: '\\{',
      }),
    };
  return { token: { kind }, next: at + word[0].length };
}

function faultOf({ tokens }: Alternative, needsId: boolean): string | undefined {
  const count = (kind: PatternToken['kind']): number => tokens.filter((token) => token.kind === kind).length;
  if (needsId && count('id') === 0) return t('Every pattern needs {id}.', { id: '{id}' });
  if (count('id') > 1) return t('Use {id} only once. Separate patterns with “;”.', { id: '{id}' });
  if (count('type') > 1) return t('Use {type} only once.', { type: '{type}' });
  return undefined;
}

/** Spaces around an alternative are only separators. */
function withoutOuterGaps(tokens: readonly PatternToken[]): readonly PatternToken[] {
  const first = tokens[0]?.kind === 'gap' ? 1 : 0;
  const end = tokens.at(-1)?.kind === 'gap' ? -1 : tokens.length;
  return tokens.slice(first, end);
}

function leadingSpaces(text: string): number {
  return text.length - text.trimStart().length;
}

/** A character in the form used for case-insensitive comparison. */
export function foldCharacter(character: string): string {
  return character.toLowerCase();
}
