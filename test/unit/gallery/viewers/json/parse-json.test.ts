import fc from 'fast-check';
import type { JsonNode } from '../../../../../src/gallery/viewers/json/parse-json';
import { parseJson } from '../../../../../src/gallery/viewers/json/parse-json';

/** Converts a node to a JavaScript value. */
function valueOf(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return JSON.parse(
        `{${node.members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(valueOf(value))}`).join()}}`,
      );
    case 'array':
      return node.items.map(valueOf);
    case 'string':
      return node.value;
    case 'literal':
      return JSON.parse(node.raw);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('parseJson agrees with JSON.parse on any value in any layout', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t', ' \n'), (value, space) => {
      const text = JSON.stringify(value, undefined, space);
      const reading = parseJson(text);
      expect(reading.ok && valueOf(reading.node)).toEqual(JSON.parse(text));
    }),
  );
});

test('parseJson accepts exactly the texts accepted by JSON.parse', () => {
  const token = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e9"',
      '"\\x"',
      '"',
      '\\',
      '1',
      '-0.5e+3',
      '01',
      '.5',
      '-',
    ],
    ...['true', 'false', 'null', 'nul', ' ', '\n', '\t', '\u00a0', '"\u0001"', "'", '//'],
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      const text = tokens.join('');
      expect(parseJson(text).ok).toBe(isJson(text));
    }),
    { numRuns: 3000 },
  );
});

test('parseJson agrees with JSON.parse on truncated and mutated texts', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 1 }), (json, at, other) => {
      const place = at % (json.length + 1);
      for (const text of [json.slice(0, place), json.slice(0, place) + other + json.slice(place + 1)])
        expect(parseJson(text).ok).toBe(isJson(text));
    }),
    { numRuns: 1000 },
  );
});

test('parseJson keeps the digits of numbers and the order and duplicates of members', () => {
  expect(parseJson('{"b": 12345678901234567890, "2": 1.10, "b": -0}')).toEqual({
    ok: true,
    node: {
      kind: 'object',
      members: [
        ['b', { kind: 'literal', raw: '12345678901234567890' }],
        ['2', { kind: 'literal', raw: '1.10' }],
        ['b', { kind: 'literal', raw: '-0' }],
      ],
    },
  });
});

test.each([
  ['', 1, 1],
  ['{\n  "a": 1,\n  "b": oops\n}', 3, 8],
  ['[1, 2', 1, 6],
  ['[1, 2,]', 1, 7],
  ['1 2', 1, 3],
  ['{"a": "unfinished', 1, 7],
])('parseJson reports the error in %j at line %d, column %d', (text, line, column) => {
  expect(parseJson(text)).toEqual({ ok: false, line, column });
});

test('parseJson rejects too deep nesting without throwing', () => {
  expect(parseJson('['.repeat(1_000_000)).ok).toBe(false);
  expect(parseJson('['.repeat(400) + ']'.repeat(400)).ok).toBe(true);
});
