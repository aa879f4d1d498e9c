import fc from 'fast-check';
import { findSecrets } from '../../../../../src/upload/rules/secrets/find-secrets';
import { SECRET_RULES } from '../../../../../src/upload/rules/secrets/rules';
import { maskSecrets, scanSecrets } from '../../../../../src/upload/rules/secrets/scan';
import { maskHar } from '../../../../../src/upload/rules/secrets/mask-har';
import { blobOf, bufferOf } from '../../../../helpers/picture-data';
import { plantedSecrets } from '../../../../helpers/planted-secrets';

const signal = new AbortController().signal;

/** Product of the lengths that the longest variable parts of a pattern can have: a bound for its steps per character. */
function stepsOf({ source }: RegExp): number {
  const plain = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  return [...plain.matchAll(/\{(\d+),(\d+)\}/g)].reduce(
    (sum, [, , most]) => sum + Number(most),
    plain.length,
  );
}

describe('Patterns of rules', () => {
  it.each(SECRET_RULES.map(({ id, pattern }) => [id, pattern] as const))(
    'have bounded repetitions only: %s',
    (_, pattern) => {
      const plain = pattern.source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
      expect(plain).not.toMatch(/[*+]|\{\d+,\}/);
      // No repetition in a repetition, except one of a few groups of fixed length.
      expect(plain).not.toMatch(/[}]\)\{\d+,\d{2,}\}/);
      // A long repetition begins only where a run of its characters does.
      expect(stepsOf(pattern) < 700 || pattern.source.startsWith('(?<![\\w-])')).toBe(true);
    },
  );
});

it('Hostile texts of 200 KB are scanned: repeated starts of each rule, and long runs', () => {
  const starts = plantedSecrets(3).flatMap(({ line, secret }) => [
    line.slice(0, line.indexOf(secret) + 5),
    secret.slice(0, -1),
  ]);
  for (const start of [
    ...new Set(starts),
    'a',
    'eyJ',
    'eyJa.',
    '4',
    'DE12',
    '://a:',
    '-----',
    'sig=a&sig=',
    'password=',
  ]) {
    const text = start.repeat(Math.ceil(200_000 / start.length));
    const found = findSecrets(text);
    expect(found.every(({ start: from, end }) => from < end && end <= text.length)).toBe(true);
  }
});

it('Any bytes are scanned and masked without a change of size, and a second scan finds no more in masked ranges', async () => {
  const lines = plantedSecrets(4).map(({ line }) => line);
  const part = fc.oneof(
    fc.constantFrom(...lines),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('\n', '\r\n', ' ', '"', '\ufeff'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
      const bytes = Buffer.from(parts.join(''));
      const scan = await scanSecrets(blobOf(bytes), signal);
      if (scan.kind !== 'scanned') return;
      const masked = await bufferOf(await maskSecrets(blobOf(bytes), scan.findings));
      expect(masked.length).toBe(bytes.length);
      let at = 0;
      for (const { start, end, line, column, excerpt } of scan.findings) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(masked.subarray(at, start).equals(bytes.subarray(at, start))).toBe(true);
        expect(masked.subarray(start, end).toString('latin1')).toMatch(/^[*\r\n]+$/);
        const before = bytes.subarray(0, start).toString();
        expect(line).toBe(before.split('\n').length);
        expect(column).toBe(Array.from(before.slice(before.lastIndexOf('\n') + 1)).length + 1);
        expect(excerpt).toMatch(/\*{3}/);
        at = end;
      }
      expect(masked.subarray(at).equals(bytes.subarray(at))).toBe(true);
    }),
    { numRuns: 150 },
  );
});

it('Any JSON value in the place of an entry gives a HAR of the same shape', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (entries) => {
      const text = JSON.stringify({ log: { entries } });
      const masked = maskHar(text);
      const log = (JSON.parse(masked!.text) as { log: { entries: unknown[] } }).log;
      expect(log.entries).toHaveLength(entries.length);
      expect(maskHar(masked!.text)?.text).toBe(masked!.text);
    }),
  );
});

it('A scan in small chunks, as on the page, finds the same secrets in the same places', async () => {
  const lines = plantedSecrets(6).map(({ line }) => line);
  const { signal } = new AbortController();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.constantFrom(...lines), fc.stringMatching(/^[ -~\n]{0,400}$/)), { maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      async (parts, size, isWide) => {
        const text = parts.join('\n');
        const file = new Blob([isWide ? Buffer.from(`\ufeff${text}`, 'utf16le') : text]);
        expect(await scanSecrets(file, signal, size * 256)).toEqual(await scanSecrets(file, signal));
      },
    ),
    { numRuns: 30 },
  );
});
