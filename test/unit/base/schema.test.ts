import type { GenericSchema } from 'valibot';
import { is } from 'valibot';
import {
  countSchema,
  finiteSchema,
  flagSchema,
  nameSchema,
  positiveSchema,
  problemSchema,
  textSchema,
} from '../../../src/base/schema';
import { PROBLEM_KINDS } from '../../../src/base/problem-kinds';

describe('schemas of single values', () => {
  test.each<[string, GenericSchema, unknown[], unknown[]]>([
    ['textSchema', textSchema, ['', 'a'], [1, null, undefined, ['a']]],
    ['nameSchema', nameSchema, ['a', ' '], ['', 1, null, undefined]],
    ['countSchema', countSchema, [0, 1, Number.MAX_SAFE_INTEGER], [-1, 1.5, NaN, Infinity, 2 ** 53, '1', 1n]],
    ['positiveSchema', positiveSchema, [1, 7], [0, -1, 1.5, NaN, '1', undefined]],
    ['finiteSchema', finiteSchema, [-1, 0, 1.5], [NaN, Infinity, -Infinity, '1', null]],
    ['flagSchema', flagSchema, [true, false], [0, 'true', null, undefined]],
  ])('%s accepts its values and rejects all others', (_, schema, accepted, rejected) => {
    for (const value of accepted) expect([value, is(schema, value)]).toEqual([value, true]);
    for (const value of rejected) expect([value, is(schema, value)]).toEqual([value, false]);
  });
});

describe('problemSchema', () => {
  it.each(PROBLEM_KINDS)('accepts a problem of the kind %s without facts', (kind) => {
    expect(is(problemSchema, { kind })).toBe(true);
  });

  it('accepts facts, missing ones and undefined ones', () => {
    const facts = { status: 0, serverMessage: '', brokenRules: ['Rule.'], range: undefined };
    expect(is(problemSchema, { kind: 'refused', ...facts })).toBe(true);
  });

  it.each<[string, unknown]>([
    ['an unknown kind', { kind: 'gravity' }],
    ['no kind', { status: 400 }],
    ['a status of another type', { kind: 'refused', status: '400' }],
    ['a status that is no number', { kind: 'refused', status: NaN }],
    ['a rule that is no text', { kind: 'refused', brokenRules: [1] }],
    ['null for a fact', { kind: 'refused', range: null }],
    ['no object', 'refused'],
  ])('rejects %s', (_, value) => {
    expect(is(problemSchema, value)).toBe(false);
  });
});
