import fc from 'fast-check';
import { decodeBase64, joinBytes } from '../../../src/base/bytes';

test('decodeBase64 returns the bytes, also with line breaks', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const lines = Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n');
      expect(decodeBase64(lines)).toEqual(Uint8Array.from(bytes));
    }),
  );
});

test('decodeBase64 decodes long texts in parts', () => {
  const bytes = Buffer.alloc(1_000_000, 'Stapler');
  expect(Buffer.from(decodeBase64(bytes.toString('base64'))!).equals(bytes)).toBe(true);
});

test('decodeBase64 returns nothing for other texts', () => {
  expect(decodeBase64('not base64!')).toBeUndefined();
});

describe('joinBytes', () => {
  it('keeps all bytes in order', () => {
    const parts = [Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(0, 1, 2, 3).subarray(3)];
    expect(joinBytes(parts)).toEqual(Uint8Array.of(1, 2, 3));
    expect(joinBytes([])).toHaveLength(0);
  });

  it('does not copy a single part', () => {
    const part = Uint8Array.of(1);
    expect(joinBytes([part])).toBe(part);
  });
});
