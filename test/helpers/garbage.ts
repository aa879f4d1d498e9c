import fc from 'fast-check';
import { sampleFiles } from './sample-files';

/** Marks of the formats, to reach deeper code than random bytes do. */
const TOKENS: readonly string[] = [
  ...['<', '>', '&', '"', "'", '[', ']', '{', '}', '(', ')', '\\', '/', '|', '*', '_', '`', '#', '-', '='],
  ...['\n\n', '\r\n', '\t', '\0', '\ufeff', '\u202e', '```', '<!--', '--', 'data:', 'javascript:', '&#0;'],
  ...[
    '<svg xmlns="http://www.w3.org/2000/svg">',
    '<use href="#a"/>',
    '</g>',
    '<b>',
    '<table>',
    '%PDF-1.7',
    'endobj',
  ],
  ...[
    'PK\u0003\u0004',
    'PK\u0001\u0002',
    'Content-Type: multipart/mixed; boundary=x',
    'From: a',
    '--x',
    'sep=;',
    '1e999',
  ],
];

/** How a good file is spoiled. */
type Damage =
  | { readonly how: 'cut' | 'flip' | 'repeat'; readonly at: number }
  | { readonly how: 'insert'; readonly at: number; readonly text: string };

const position = fc.double({ min: 0, max: 1, noNaN: true });

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ how: fc.constantFrom('cut' as const, 'flip' as const, 'repeat' as const), at: position }),
  fc.record({
    how: fc.constant('insert' as const),
    at: position,
    text: fc.array(fc.constantFrom(...TOKENS), { maxLength: 200 }).map((tokens) => tokens.join('')),
  }),
);

/**
 * Generates spoiled files of every kind that has a viewer. The same seed gives the same files, and each name has the
 * seed.
 */
export function garbage(
  seed: number,
  count: number,
): readonly { readonly name: string; readonly content: Buffer }[] {
  const samples = Object.entries(sampleFiles());
  const file = fc.tuple(fc.constantFrom(...samples), fc.array(damage, { minLength: 1, maxLength: 8 }));
  return fc.sample(file, { seed, numRuns: count }).map(([[name, good], damages], index) => {
    const extension = name.slice(name.lastIndexOf('.'));
    return { name: `seed ${seed} no ${index}${extension}`, content: damages.reduce(spoil, good) };
  });
}

function spoil(content: Buffer, { at, ...rest }: Damage): Buffer {
  const offset = Math.floor(at * content.length);
  const [before, after] = [content.subarray(0, offset), content.subarray(offset)];
  switch (rest.how) {
    case 'cut':
      return before;
    case 'flip':
      return Buffer.concat([before, Buffer.from([(after[0] ?? 0) ^ 0xff]), after.subarray(1)]);
    case 'repeat':
      return Buffer.concat([before, ...Array.from({ length: 50 }, () => after.subarray(0, 500)), after]);
    case 'insert':
      return Buffer.concat([before, Buffer.from(rest.text), after]);
  }
}
