import fc from 'fast-check';
import {
  memberAt,
  namesAt,
  NEW_POLICY,
  parsePolicyText,
  POLICY_SCHEMA_URL,
  writeMember,
} from '../../../../src/entries/settings/policy-text';
import { VALUE_FORMATS } from '../../../../src/entries/settings/rule-values';
import { readPolicy } from '../../../../src/upload/rules/policy/read-policy';
import schema from '../../../../packages/cli/policy.schema.json';

const NAMES = [
  'maxBytes',
  'allow',
  'message',
  'workItemTypes',
  'future',
  '__proto__',
  'constructor',
  'ö “7”',
];

const someName = fc.oneof(fc.constantFrom(...NAMES), fc.string());

// JSON has no -0.
const someValue = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const someDocument = fc.dictionary(someName, someValue, { noNullPrototype: true });

const someText = fc
  .tuple(someDocument, fc.constantFrom(undefined, 2, 4, '\t'), fc.constantFrom('', '\n'))
  .map(([document, indent, end]) => JSON.stringify(document, null, indent) + end);

function entriesWithout(text: string, name: string): readonly (readonly [string, unknown])[] {
  return Object.entries(parsePolicyText(text) ?? {}).filter(([other]) => other !== name);
}

test('A field changes its own member and keeps all others, unknown ones as well, in their order', () => {
  fc.assert(
    fc.property(someText, someName, someValue, (text, name, value) => {
      const changed = writeMember(text, [name], value);
      expect(memberAt(parsePolicyText(changed), [name])).toEqual(value);
      expect(entriesWithout(changed, name)).toEqual(entriesWithout(text, name));
      expect(changed.endsWith('\n')).toBe(text.endsWith('\n'));
    }),
  );
});

test('A field of a work item type changes the rule of that type alone', () => {
  const types = fc.dictionary(someName, someDocument, { noNullPrototype: true });
  fc.assert(
    fc.property(someDocument, types, someName, someName, someValue, (document, types, type, name, value) => {
      const text = JSON.stringify({ ...document, workItemTypes: types });
      const path = ['workItemTypes', type, name];
      const changed = writeMember(text, path, value);
      expect(memberAt(parsePolicyText(changed), path)).toEqual(value);
      expect(entriesWithout(changed, 'workItemTypes')).toEqual(entriesWithout(text, 'workItemTypes'));
      for (const other of Object.keys(types).filter((each) => each !== type))
        expect(memberAt(parsePolicyText(changed), ['workItemTypes', other])).toEqual(
          memberAt(parsePolicyText(text), ['workItemTypes', other]),
        );
    }),
  );
});

test('An emptied field leaves no member, and the other members as they were', () => {
  fc.assert(
    fc.property(someText, someName, (text, name) => {
      const changed = writeMember(writeMember(text, [name], 'new'), [name], undefined);
      expect(Object.entries(parsePolicyText(changed) ?? {})).toEqual(entriesWithout(text, name));
    }),
  );
});

test('A change keeps the indent of the text', () => {
  const text = JSON.stringify({ version: 1, maxFiles: 3 }, null, '\t');
  expect(writeMember(text, ['maxFiles'], 4)).toBe(text.replace('3', '4'));
});

test('The last rules for a type leave no empty list of types', () => {
  const text = writeMember('{"version": 1}', ['workItemTypes', 'Bug'], {});
  expect(namesAt(parsePolicyText(text), ['workItemTypes'])).toEqual(['Bug']);
  const without = writeMember(text, ['workItemTypes', 'Bug'], undefined);
  expect(parsePolicyText(without)).toEqual({ version: 1 });
});

test.each(['', '{', '[]', '7', 'null', '"text"'])('The form changes nothing in the text %j', (text) => {
  expect(parsePolicyText(text)).toBeUndefined();
  expect(writeMember(text, ['maxFiles'], 1)).toBe(text);
});

test('A new policy names the published schema and asks nothing', () => {
  expect(readPolicy(NEW_POLICY)).toMatchObject({ ok: true, policy: { rules: {} }, unknown: [] });
  expect(schema.$id).toBe(POLICY_SCHEMA_URL);
});

/** Up to a terabyte. */
const someSize = fc.maxSafeNat().map((number) => number % 1e12);

test('A size is shown in megabytes and read back to the byte', () => {
  fc.assert(
    fc.property(someSize, (bytes) => {
      expect(VALUE_FORMATS.size.read(VALUE_FORMATS.size.show(bytes))).toBe(bytes);
    }),
  );
  expect(VALUE_FORMATS.size.read('1,5')).toBe(1_500_000);
});

test.each<[keyof typeof VALUE_FORMATS, string, unknown]>([
  ['size', ' ', undefined],
  ['size', 'large', 'large'],
  ['count', ' 12 ', 12],
  ['count', '1.5', '1.5'],
  ['list', 'png, .LOG;txt  har', ['png', '.LOG', 'txt', 'har']],
  ['list', ' , ', undefined],
  ['text', '', undefined],
])('A field of the kind %s reads %j', (format, typed, value) => {
  expect(VALUE_FORMATS[format].read(typed)).toEqual(value);
});

test('Each kind of field shows any value without an error', () => {
  fc.assert(
    fc.property(someValue, fc.constantFrom(...Object.values(VALUE_FORMATS)), (value, format) => {
      expect(typeof format.show(value)).toBe('string');
    }),
  );
});

test('The last part that is switched on again removes the list of parts', () => {
  const text = JSON.stringify({ version: 1 }, null, 2);
  const off = writeMember(text, ['parts', 'hub'], false);
  expect(parsePolicyText(off)).toEqual({ version: 1, parts: { hub: false } });
  expect(writeMember(off, ['parts', 'hub'], undefined)).toBe(text);
});
