import fc from 'fast-check';
import { planArchives } from '../../../../src/gallery/bundle/plan-archives';
import type { AttachedFile } from '../../../../src/gallery/model/attached-file';
import { attachedFilesOf } from '../../../../src/gallery/model/attached-file';
import { zipFiles } from '../../../../src/upload/over-limit/zip-file';
import { workItemWith } from '../../../helpers/uploads';

function filesOf(facts: readonly Partial<AttachedFile>[]): readonly AttachedFile[] {
  const numbers = facts.map((_, index) => index + 1);
  return attachedFilesOf(workItemWith(numbers)).map((file, index) => ({ ...file, ...facts[index] }));
}

const LIMIT = 10_000;

const factsArbitrary = fc.record({
  size: fc.option(fc.integer({ min: 0, max: 12_000 }), { nil: undefined }),
  name: fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
  folder: fc.constantFrom('', 'logs', 'logs/夜'),
  comment: fc.string({ maxLength: 60, unit: 'binary' }),
});

test('planArchives keeps every file once, in order, in zips of two or more with free names', () => {
  fc.assert(
    fc.property(fc.array(factsArbitrary, { maxLength: 30 }), (facts) => {
      const files = filesOf(facts);
      const taken = ['attachments.zip', 'Attachments (2).zip'];
      const { archives, leftOut } = planArchives(files, LIMIT, taken);
      const packed = archives.flatMap((archive) => archive.files);
      expect(packed).toEqual(files.filter((file) => packed.includes(file)));
      expect(new Set([...packed, ...leftOut]).size).toBe(files.length);
      expect(packed.length + leftOut.length).toBe(files.length);
      for (const archive of archives) expect(archive.files.length).toBeGreaterThan(1);
      const names = [...taken, ...archives.map(({ name }) => name)].map((name) => name.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});

test('A zip of random bytes is within the limit of its plan', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(factsArbitrary, { minLength: 2, maxLength: 12 }), async (facts) => {
      const { archives } = planArchives(filesOf(facts), LIMIT, []);
      for (const { files } of archives) {
        const entries = files.map(({ name, folder, comment, size = 0 }) => ({
          ...{ name, folder, comment },
          source: new Blob([crypto.getRandomValues(new Uint8Array(size))]),
        }));
        expect(await zipFiles(entries, { limitBytes: LIMIT })).toMatchObject({ kind: 'made' });
      }
    }),
    { numRuns: 40 },
  );
});

test('planArchives names zips after the days of their files', () => {
  const at = (day: number): number => new Date(2026, 2, day, 12).getTime();
  const nameFor = (...days: readonly number[]): string | undefined =>
    planArchives(filesOf(days.map((addedAt) => ({ addedAt, size: 10 }))), LIMIT, []).archives[0]?.name;
  expect(nameFor(at(12), at(14), at(13))).toBe('attachments 2026-03-12 to 2026-03-14.zip');
  expect(nameFor(at(12), at(12))).toBe('attachments 2026-03-12.zip');
  expect(nameFor(NaN, NaN)).toBe('attachments.zip');
});

test('planArchives leaves out files that are too large, or alone in a zip', () => {
  const files = filesOf([{ size: 20_000 }, { size: 8_000 }, { size: 10 }, { size: 10 }, { size: undefined }]);
  const { archives, leftOut } = planArchives(files, LIMIT, []);
  expect(archives.map((archive) => archive.files)).toEqual([[files[2], files[3]]]);
  expect(new Set(leftOut)).toEqual(new Set([files[0], files[1], files[4]]));
  expect(planArchives(filesOf([{ size: 9 }]), LIMIT, [])).toMatchObject({
    archives: [],
    leftOut: [{ size: 9 }],
  });
});
