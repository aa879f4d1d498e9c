import fc from 'fast-check';
import type { Encoding } from '../../../src/base/decode-text';
import {
  decodeText,
  detectEncoding,
  ENCODINGS,
  legacyEncoding,
  scanUtf8,
} from '../../../src/base/decode-text';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const joined = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** `日本語.txt`, as programs without Unicode in Japan, China and Korea write it. */
const SHIFT_JIS = joined([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea], utf8('.txt'));
const GBK = joined([0xc8, 0xd5, 0xb1, 0xbe, 0xd5, 0x5a], utf8('.txt'));
const EUC_KR = joined([0xc7, 0xd1, 0xb1, 0xdb], utf8('.txt'));
/** `Größe` in Windows-1252. */
const WESTERN = joined(utf8('Gr'), [0xf6, 0xdf], utf8('e'));
/** `Привет` in Windows-1251. */
const CYRILLIC = Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);

describe('detectEncoding', () => {
  it.each<readonly [string, Uint8Array, string, Encoding]>([
    ['plain ASCII', utf8('a line\n'), 'ja-JP', 'utf-8'],
    ['no bytes', new Uint8Array(), 'en-US', 'utf-8'],
    ['UTF-8 with a byte order mark', joined([0xef, 0xbb, 0xbf], utf8('é')), 'en-US', 'utf-8'],
    ['UTF-16 LE with a byte order mark', Uint8Array.from([0xff, 0xfe, 0x61, 0]), 'en-US', 'utf-16le'],
    ['UTF-16 BE with a byte order mark', Uint8Array.from([0xfe, 0xff, 0, 0x61]), 'en-US', 'utf-16be'],
    [
      'UTF-16 LE without a mark',
      new Uint8Array(Buffer.from('line 1\r\nline 2\r\n', 'utf16le')),
      'en-US',
      'utf-16le',
    ],
    [
      'UTF-16 BE without a mark',
      new Uint8Array(Buffer.from('日本語のログ 2026-11-30 14:05\r\n', 'utf16le').swap16()),
      'ja-JP',
      'utf-16be',
    ],
    [
      'UTF-8 with one bad byte',
      joined(utf8('Müller hat Größe'.repeat(9)), [0xff], utf8('\n')),
      'de-DE',
      'utf-8',
    ],
    ['UTF-8 that ends within a character', utf8('日本').subarray(0, 5), 'ja-JP', 'utf-8'],
    ['Shift_JIS, for a Japanese user', SHIFT_JIS, 'ja-JP', 'shift_jis'],
    ['GBK, for a Chinese user', GBK, 'zh-CN', 'gb18030'],
    ['EUC-KR, for a Korean user', EUC_KR, 'ko-KR', 'euc-kr'],
    ['Windows-1251, for a Russian user', CYRILLIC, 'ru-RU', 'windows-1251'],
    ['Windows-1252, for an English user', WESTERN, 'en-US', 'windows-1252'],
    ['Windows-1252, for a Japanese user', WESTERN, 'ja-JP', 'windows-1252'],
    ['Windows-1252, for an invalid culture', WESTERN, '!', 'windows-1252'],
  ])('recognizes %s', (_name, bytes, culture, encoding) => {
    expect(detectEncoding(bytes, true, culture)).toBe(encoding);
  });

  it('takes binary data with zeros on both sides for no UTF-16', () => {
    const integers = new Uint8Array(Uint32Array.from({ length: 100 }, (_, index) => index).buffer);
    expect(detectEncoding(integers, true, 'en-US')).toBe('utf-8');
  });

  it('keeps UTF-8 up to one bad byte in ten sequences', () => {
    const text = (sequences: number): Uint8Array => joined(utf8('é'.repeat(sequences)), [0xff], utf8('.'));
    expect(detectEncoding(text(10), true, 'en-US')).toBe('utf-8');
    expect(detectEncoding(text(9), true, 'en-US')).toBe('windows-1252');
  });

  it('recognizes UTF-8 in the beginning of any text, wherever it is cut off', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, cut) => {
        fc.pre(!/[\0\ue000-\uf8ff]/.test(text));
        const bytes = utf8(text);
        expect(detectEncoding(bytes.subarray(0, cut % (bytes.length + 1)), false, 'ja-JP')).toBe('utf-8');
      }),
    );
  });
});

describe('scanUtf8', () => {
  it('finds no bad byte in valid text, and forgives sequences cut off at both ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (text, from, to) => {
        const bytes = utf8(text);
        const part = bytes.subarray(from % (bytes.length + 1), to % (bytes.length + 1));
        expect(scanUtf8(part, false).badBytes).toBe(0);
      }),
    );
  });

  it('finds a bad byte exactly where the strict decoder of the platform does', () => {
    const isValid = (bytes: Uint8Array): boolean => {
      try {
        new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0x41, 0x80, 0xa0, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0xf5)),
        (middle) => {
          // Whole characters at both ends, so that nothing is forgiven.
          const bytes = Uint8Array.from([0x41, ...middle, 0x41]);
          expect(scanUtf8(bytes, true).badBytes === 0).toBe(isValid(bytes));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('counts sequences and bad bytes', () => {
    expect(scanUtf8(joined(utf8('aé€😀'), [0xff], utf8('z')), true)).toEqual({ sequences: 3, badBytes: 1 });
  });
});

describe('decodeText', () => {
  it('returns the text in the detected encoding, without its byte order mark', () => {
    expect(decodeText(joined([0xef, 0xbb, 0xbf], utf8('é')))).toBe('é');
    expect(decodeText(WESTERN)).toBe('Größe');
    expect(decodeText(Uint8Array.from([0x80, 0x93, 0x94]))).toBe('€“”');
    expect(decodeText(SHIFT_JIS, 'shift_jis')).toBe('日本語.txt');
  });

  it('shows bad bytes as replacement characters', () => {
    expect(decodeText(joined(utf8('é'.repeat(10)), [0xff], utf8('!')))).toBe(`${'é'.repeat(10)}\ufffd!`);
  });
});

test('legacyEncoding distinguishes the scripts of Chinese', () => {
  expect(['zh-CN', 'zh-TW', 'zh-Hant', 'zh'].map(legacyEncoding)).toEqual([
    'gb18030',
    'big5',
    'big5',
    'gb18030',
  ]);
});

test('ENCODINGS has only labels that the platform can decode', () => {
  for (const label of Object.keys(ENCODINGS)) expect(() => new TextDecoder(label)).not.toThrow();
});
