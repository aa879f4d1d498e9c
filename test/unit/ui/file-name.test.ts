import fc from 'fast-check';
import { splitName } from '../../../src/ui/rich-text';

describe('splitName', () => {
  test.each([
    ['short.txt', 'short.txt', ''],
    ['x'.repeat(24), 'x'.repeat(24), ''],
    ['x'.repeat(25), 'x'.repeat(13), 'x'.repeat(12)],
    ['a long name of a build log 0042.txt', 'a long name of a build ', 'log 0042.txt'],
    ['', '', ''],
  ])('splits %s', (name, head, tail) => {
    expect(splitName(name)).toEqual({ head, tail });
  });

  test.each([
    ['an emoji of several code points', '👩‍👩‍👧‍👦'],
    ['a flag', '🇩🇪'],
    ['a letter with combining marks', 'u\u0308\u0323'],
  ])('does not cut through %s', (_, character) => {
    expect(splitName('a'.repeat(20) + character.repeat(12))).toEqual({
      head: 'a'.repeat(20),
      tail: character.repeat(12),
    });
  });

  test('keeps every character of the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (name) => {
        const { head, tail } = splitName(name);
        expect(head + tail).toBe(name);
      }),
    );
  });
});

test('splitName keeps code points whole in a browser without a segmenter', () => {
  const { Segmenter } = Intl;
  Reflect.deleteProperty(Intl, 'Segmenter');
  try {
    expect(splitName('é'.repeat(20) + '😀'.repeat(14))).toEqual({
      head: 'é'.repeat(20) + '😀'.repeat(2),
      tail: '😀'.repeat(12),
    });
  } finally {
    Intl.Segmenter = Segmenter;
  }
});
