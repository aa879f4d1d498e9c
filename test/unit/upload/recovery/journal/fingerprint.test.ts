import { fingerprintOf, haveSameFingerprint } from '../../../../../src/upload/recovery/journal/fingerprint';
import { contentOf } from '../../../../helpers/transfer';

const MIB = 1024 * 1024;

function withByte(content: Uint8Array<ArrayBuffer>, at: number): Blob {
  const changed = content.slice();
  changed[at]! ^= 1;
  return new Blob([changed]);
}

test.each([0, 1, 1_000, MIB, 3 * MIB])('fingerprintOf hashes a file of %i bytes as a whole', async (size) => {
  const { hashes, ...rest } = await fingerprintOf(new Blob([contentOf(size)]));
  expect(rest).toEqual({ size });
  expect(hashes).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
});

test('fingerprintOf reads only the first, middle and last MiB of a larger file', async () => {
  const size = 5 * MIB + 1;
  const file = new Blob([contentOf(size)]);
  const slice = jest.spyOn(file, 'slice');
  const whole = await fingerprintOf(file);
  expect(whole.hashes).toHaveLength(3);
  expect(slice.mock.calls).toEqual([
    [0, MIB],
    [2 * MIB, 3 * MIB],
    [4 * MIB + 1, size],
  ]);
});

test('haveSameFingerprint compares contents, not names, and notices one byte', async () => {
  const content = contentOf(5 * MIB);
  const one = await fingerprintOf(new File([content], 'a.txt'));
  expect(haveSameFingerprint(one, await fingerprintOf(new File([content], 'b.log')))).toBe(true);
  for (const at of [0, MIB - 1, 2 * MIB, 3 * MIB - 1, 4 * MIB, 5 * MIB - 1])
    expect([at, haveSameFingerprint(one, await fingerprintOf(withByte(content, at)))]).toEqual([at, false]);
  const longer = await fingerprintOf(new Blob([content, 'x']));
  expect(haveSameFingerprint(one, longer)).toBe(false);
  expect(haveSameFingerprint(one, { ...one, size: one.size + 1 })).toBe(false);
});

test('fingerprintOf rejects for an unreadable file', async () => {
  const file = new Blob(['x']);
  jest.spyOn(file, 'arrayBuffer').mockRejectedValue(new DOMException('Gone.', 'NotFoundError'));
  await expect(fingerprintOf(file)).rejects.toThrow('Gone.');
});
