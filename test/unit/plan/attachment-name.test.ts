import fc from 'fast-check';
import { attachmentName, numberedName } from '../../../src/model/attachment-name';

const names = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.constantFrom('x', '.', '/', '\\', ' ', '\0', '🧨', '\ud83e', 'u\u0308'), { maxLength: 300 })
    .map((all) => all.join('')),
  fc
    .tuple(fc.integer({ min: 230, max: 260 }), fc.string({ maxLength: 25 }))
    .map(([length, end]) => `${'x'.repeat(length)}.${end}`),
);

test('a name that was made stays as it is', () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(attachmentName(attachmentName(name))).toBe(attachmentName(name));
    }),
    { numRuns: 2_000 },
  );
});

test('a number makes another name of it, which is no longer than one may be and keeps the extension', () => {
  fc.assert(
    fc.property(names.map(attachmentName), fc.integer({ min: 2, max: 5_000 }), (name, number) => {
      const numbered = numberedName(name, number);
      expect(numbered).not.toBe(name);
      expect(numbered).not.toBe(numberedName(name, number + 1));
      expect(numbered.length).toBeLessThanOrEqual(255);
      expect(numbered).not.toMatch(/\p{Surrogate}/u);
      expect(attachmentName(numbered)).toBe(numbered);
      const extension = /.\.[^.]{0,19}$/su.exec(name)?.[0].replace(/^./su, '') ?? '';
      expect(numbered.endsWith(` (${number})${extension}`)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
