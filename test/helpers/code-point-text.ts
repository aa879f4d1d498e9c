import fc from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 } as const;

const codePoints = fc.integer({ min: 0, max: 0x10ffff - SURROGATES.count }).map(
  (index) => String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count),
  (text) => {
    const [point, ...rest] = Array.from(text as string, (each) => each.codePointAt(0)!);
    if (point === undefined || rest.length > 0) throw new RangeError('One code point was expected.');
    return point < SURROGATES.first ? point : point - SURROGATES.count;
  },
);

/**
 * Texts of any code points but lone surrogates, as the unit `binary` of fast-check. That one takes a second in each test
 * file, to list all code points.
 */
export function codePointText(
  constraints: Omit<fc.StringSharedConstraints, 'unit'> = {},
): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: codePoints });
}
