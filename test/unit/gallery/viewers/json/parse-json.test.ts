import fc from 'fast-check';
import { runAtOnce } from '../../../../../src/base/steps';
import type { JsonResult, JsonValues } from '../../../../../src/gallery/viewers/json/parse-json';
import { parseJson as parseInSteps, ROOT } from '../../../../../src/gallery/viewers/json/parse-json';

function parseJson(text: string): JsonResult {
  return runAtOnce(parseInSteps(text));
}

/** Writes a value as JSON again. */
function sourceOf(values: JsonValues, row: number): string {
  const children = values.childrenOf(row).map((child) => {
    const key = values.keyOf(child);
    return `${key === undefined ? '' : `${JSON.stringify(key)}:`}${sourceOf(values, child)}`;
  });
  switch (values.kindOf(row)) {
    case 'object':
      return `{${children.join()}}`;
    case 'array':
      return `[${children.join()}]`;
    case 'string':
    case 'literal':
      return values.sourceOf(row);
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
      expect(reading.ok && JSON.parse(sourceOf(reading.values, ROOT))).toEqual(JSON.parse(text));
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
  const reading = parseJson('{"b": 12345678901234567890, "2": 1.10, "b": -0}');
  expect(reading.ok && sourceOf(reading.values, ROOT)).toBe('{"b":12345678901234567890,"2":1.10,"b":-0}');
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

test('parseJson reads any depth', () => {
  expect(parseJson('['.repeat(1_000_000)).ok).toBe(false);
  const reading = parseJson('['.repeat(100_000) + ']'.repeat(100_000));
  expect(reading.ok && reading.values.childrenOf(99_998)).toEqual([99_999]);
});

test('parseJson yields between the values of a long text', () => {
  const steps = parseInSteps(`[${'1,'.repeat(9_999)}1]`);
  let count = 0;
  while (!steps.next().done) count++;
  expect(count).toBe(5);
});
