import fc from 'fast-check';
import { explain, workItemInPath } from '../../../../../src/bulk/plan/by-name';
import type { PatternToken } from '../../../../../src/upload/rules/names/pattern';
import { readPattern } from '../../../../../src/upload/rules/names/pattern';
import { pattern, planItem } from '../../../bulk/plan/inputs';

/** Few characters, so names and patterns often match. */
const CHARACTERS = [
  'a',
  'b',
  '1',
  '0',
  ' ',
  '_',
  '-',
  '.',
  '*',
  '?',
  ';',
  '{',
  '}',
  '\\',
  '(',
  '🧨',
  'ü',
  '#',
];

const literal = fc
  .constantFrom(...CHARACTERS)
  .map((character): PatternToken => ({ kind: 'literal', character }));
const others = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: literal },
    fc.constantFrom<PatternToken>({ kind: 'any' }, { kind: 'one' }, { kind: 'gap' }),
  ),
  { maxLength: 6 },
);
const types = fc.array(fc.constant<PatternToken>({ kind: 'type' }), { maxLength: 1 });

/** An alternative with its steps in any order; without outer or double spaces. */
const alternatives = fc
  .tuple(others, types, others, fc.constantFrom('type first', 'id first'))
  .map(([before, type, after, order]) => {
    const id: PatternToken = { kind: 'id' };
    return order === 'type first'
      ? [...type, ...before, id, ...after]
      : [...before, id, ...after.slice(0, 2), ...type, ...after.slice(2)];
  })
  .filter((tokens) =>
    tokens.every(
      ({ kind }, index) => kind !== 'gap' || (index > 0 && (tokens[index + 1]?.kind ?? 'gap') !== 'gap'),
    ),
  );

function printed(tokens: readonly PatternToken[]): string {
  const signs = { id: '{id}', type: '{type}', any: '*', one: '?', gap: ' ' };
  return tokens
    .map((token) => (token.kind === 'literal' ? `\\${token.character}` : signs[token.kind]))
    .join('');
}

/** Equivalent regular expressions, for tests only because they may be slow. */
function expressionOf(tokens: readonly PatternToken[]): RegExp {
  const sources = {
    id: '',
    type: '(?<!\\p{L})\\p{L}+(?:[\\s_-]+\\p{L}+)*(?!\\p{L})',
    any: '.*',
    one: '.',
    gap: '[\\s_-]+',
  };
  const source = tokens.map((token) =>
    token.kind === 'literal' ? `\\u{${token.character.codePointAt(0)!.toString(16)}}` : sources[token.kind],
  );
  return new RegExp(`^(?:${source.join('')})$`, 'su');
}

/** Text for each step of a pattern. */
function textFor(token: PatternToken, id: number): fc.Arbitrary<string> {
  switch (token.kind) {
    case 'id':
      return fc.constantFrom('', '0', '000').map((zeros) => `${zeros}${id}`);
    case 'type':
      return fc.constantFrom('Bug', 'bug', 'BUG');
    case 'any':
      return fc.string({ maxLength: 5 }).map((text) => text.replace(/[\d/]/g, ''));
    case 'one':
      return fc.constantFrom('x', '🧨', '.');
    case 'gap':
      return fc.constantFrom(' ', '_', '-', ' - ');
    case 'literal':
      return fc.constantFrom(token.character, token.character.toUpperCase());
  }
}

const DOT: PatternToken = { kind: 'literal', character: '.' };

/** A name made from a pattern. Dots separate its number and its type from the rest. */
const described = alternatives
  .map((tokens) =>
    tokens.flatMap((token): PatternToken[] =>
      token.kind === 'id' || token.kind === 'type' ? [DOT, token, DOT] : [token],
    ),
  )
  .chain((tokens) =>
    fc
      .integer({ min: 1, max: 2 ** 31 - 1 })
      .chain((id) =>
        fc
          .tuple(...tokens.map((token) => textFor(token, id)))
          .map((texts) => ({ tokens, id, name: texts.join('') })),
      ),
  );

test('readPattern reads a printed pattern unchanged', () => {
  fc.assert(
    fc.property(fc.array(alternatives, { minLength: 1, maxLength: 3 }), (all) => {
      const reading = readPattern(all.map(printed).join(';'));
      expect(reading.ok && reading.pattern.alternatives.map(({ tokens }) => tokens)).toEqual(all);
    }),
  );
});

test('readPattern returns a pattern or the position of the error for any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.array(fc.constantFrom('{id}', '{', ...CHARACTERS))), (typed) => {
      const text = Array.isArray(typed) ? typed.join('') : typed;
      const reading = readPattern(text);
      if (reading.ok) {
        for (const { tokens } of reading.pattern.alternatives)
          expect(tokens.filter(({ kind }) => kind === 'id')).toHaveLength(1);
      } else {
        expect(reading.message).toMatch(/\.$/);
        expect(reading.at).toBeGreaterThanOrEqual(0);
        expect(reading.at).toBeLessThanOrEqual(text.normalize('NFC').length);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('workItemInPath finds the number in a name made from the pattern', () => {
  fc.assert(
    fc.property(described, fc.constantFrom('', 'folder/', '2024/'), ({ tokens, id, name }, folder) => {
      const found = workItemInPath(
        pattern(printed(tokens)),
        `${folder}${name}`,
        new Map([[id, planItem(id)]]),
      );
      expect(found).toEqual({ ids: [id] });
    }),
    { numRuns: 1_000 },
  );
});

test('explain finds exactly the numbers at the place of {id}', () => {
  const names = fc
    .array(fc.constantFrom(...CHARACTERS, '12', 'a b'), { maxLength: 12 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(alternatives, names, (tokens, name) => {
      const at = tokens.findIndex(({ kind }) => kind === 'id');
      const before = expressionOf(tokens.slice(0, at));
      const after = expressionOf(tokens.slice(at + 1));
      const expected = [...name.matchAll(/\d+/g)].filter(
        ({ 0: digits, index }) =>
          Number(digits) > 0 &&
          before.test(name.slice(0, index)) &&
          after.test(name.slice(index + digits.length)),
      );
      expect(explain(pattern(printed(tokens)), name).map(({ before: { length } }) => length)).toEqual(
        expected.map(({ index }) => index),
      );
    }),
    { numRuns: 2_000 },
  );
});

test('workItemInPath finds nothing in a name without digits', () => {
  const names = fc.string({ unit: 'grapheme' }).map((name) => name.replace(/[0-9]/g, 'x'));
  fc.assert(
    fc.property(alternatives, names, (tokens, name) => {
      const found = workItemInPath(pattern(printed(tokens)), name, new Map([[1, planItem(1)]]));
      expect(found).toEqual({ ids: [], reason: { kind: 'no-number' } });
    }),
  );
});

test('explain returns parts that add up to the path', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...CHARACTERS, '/'), { maxLength: 20 }), (characters) => {
      const path = characters.join('');
      for (const { before, digits, after, workItemId } of explain(pattern('*{id}*'), path)) {
        expect(before + digits + after).toBe(path);
        expect(Number(digits)).toBe(workItemId);
      }
    }),
    { numRuns: 1_000 },
  );
});

// Quadratic time would take hours, and the test would not end.
test.each(['a', 'a ', '1 ', '1a', ' ', 'Bug ', '9', '🧨'])(
  'workItemInPath takes limited time for long names that repeat %j',
  (piece) => {
    const text = '*a*a*{type}*?*a* *{id}*a*?* *_*b*1*; *{type}*{id}*';
    const items = new Map([[1, planItem(1)]]);
    const name = piece.repeat(300_000 / piece.length);
    expect(workItemInPath(pattern(text), `${name}1${name}`, items).ids.length).toBeLessThan(2);
  },
);
