import fc from 'fast-check';
import { t } from '../../../src/base/i18n/translate';
import { describeProblem, quoteName } from '../../../src/upload/messages/problems';
import { describeUnsaved } from '../../../src/upload/messages/waiting-for-save';
import { describeAttached } from '../../../src/upload/messages/work-items';

/** Texts with the syntax of ICU messages. */
const hostile = fc
  .array(
    fc.constantFrom(
      ...Array.from("{}'#<>/,$&`"),
      'count',
      'name',
      'plural',
      'other',
      '{count, plural, other {x}}',
      '<b>',
      '</b>',
      '__proto__',
      ' ',
    ),
    { minLength: 1 },
  )
  .map((parts) => parts.join(''));

test('A placeholder value is never parsed as a message', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, workItem) => {
      expect(t('{name} was attached to {workItem}.', { name, workItem })).toBe(
        `${name} was attached to ${workItem}.`,
      );
      expect(describeAttached([name], workItem)).toBe(`${quoteName(name)} was attached to ${workItem}.`);
      expect(quoteName(name)).toBe(`“\u2068${name}\u2069”`);
    }),
  );
});

test('Text from a server or a form is never parsed as a message', () => {
  fc.assert(
    fc.property(hostile, hostile, (first, second) => {
      expect(describeUnsaved({ outcome: 'invalid', fields: [first, second] })).toBe(
        `Can't save yet. Fix these fields first: ${first}, ${second}.`,
      );
      expect(describeUnsaved({ outcome: 'failed', message: `x ${first}` })).toContain(`Message: x ${first}`);
      expect(describeProblem({ kind: 'refused', serverMessage: `x ${first}` }, second)).toBe(
        `${second}: Azure DevOps rejected the request. Message: x ${first}`,
      );
      expect(describeProblem({ kind: 'rule-broken', brokenRules: [first, second] }, 'It')).toContain(
        `invalid fields. ${first} ${second} Fix them`,
      );
    }),
  );
});
