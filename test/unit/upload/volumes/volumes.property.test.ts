import fc from 'fast-check';
import { MAX_COMMENT_LENGTH } from '../../../../src/azure/work-item';
import { MAX_NAME_LENGTH } from '../../../../src/upload/intake/attachment-name';
import { readVolumeComment, writeVolumeComment } from '../../../../src/upload/volumes/volume-mark';
import { volumeNames, wholeName } from '../../../../src/upload/volumes/volume-names';
import { volumeBytesFor, volumeRanges } from '../../../../src/upload/volumes/volume-plan';
import type { VolumeCandidate } from '../../../../src/upload/volumes/volume-sets';
import { findVolumeSets, foreignVolumes, missingVolumes } from '../../../../src/upload/volumes/volume-sets';

const hex = (length: number): fc.Arbitrary<string> =>
  fc
    .uint8Array({ minLength: length / 2, maxLength: length / 2 })
    .map((bytes) => Buffer.from(bytes).toString('hex'));
const factsOfSplit = fc
  .record({ count: fc.integer({ min: 2, max: 99 }), volumeBytes: fc.integer({ min: 100, max: 60_000_000 }) })
  .chain(({ count, volumeBytes }) =>
    fc.record({
      count: fc.constant(count),
      volumeBytes: fc.constant(volumeBytes),
      totalBytes: fc.integer({ min: volumeBytes * (count - 1) + 1, max: volumeBytes * count }),
      sha256: hex(64),
    }),
  );

/** The volumes of a split file, as the attachments of a work item. */
function volumesOf(
  {
    count,
    volumeBytes,
    totalBytes,
    sha256,
  }: { [Key in 'count' | 'volumeBytes' | 'totalBytes']: number } & {
    readonly sha256: string;
  },
  name = 'log.txt',
): readonly (VolumeCandidate & { readonly number: number; readonly set: string })[] {
  const names = volumeNames(name, count, () => false);
  return volumeRanges(totalBytes, volumeBytes).map(({ number, start, end }) => ({
    ...{ number, set: name, name: names[number - 1] ?? '', size: end - start },
    comment: writeVolumeComment({
      comment: '',
      mark: { number, count, totalBytes, sha256, crc32: '00000000' },
    }),
  }));
}

describe('Comments of volumes', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        factsOfSplit,
        hex(8),
        (comment, { volumeBytes, ...facts }, crc32) => {
          expect(volumeBytes).toBeGreaterThan(0);
          const mark = { ...facts, number: facts.count, crc32 };
          const stored = writeVolumeComment({ comment, mark });
          expect(stored.length).toBeLessThanOrEqual(MAX_COMMENT_LENGTH);
          expect(readVolumeComment(stored)).toEqual({ comment, mark });
        },
      ),
    );
  });

  it('cut a comment that leaves no room for the mark', () => {
    const mark = {
      number: 1,
      count: 99,
      totalBytes: 5_000_000_000,
      sha256: 'a'.repeat(64),
      crc32: '12345678',
    };
    const stored = writeVolumeComment({ comment: '😀'.repeat(127), mark });
    expect(stored.length).toBeLessThanOrEqual(MAX_COMMENT_LENGTH);
    expect(readVolumeComment(stored)?.mark).toEqual(mark);
    expect(stored).toMatch(/^(?:😀)+… Part 1 of 99/u);
  });

  it.each([
    '',
    'Part 1 of 2 of a larger file.',
    '[stapler 1/2 100 sha256:00 crc32:00000000]',
    `Part 3 of 2 of a larger file. To join them: 7-Zip, cat or copy /b. [stapler 3/2 100 sha256:${'0'.repeat(64)} crc32:00000000]`,
    `Part 1 of 1 of a larger file. To join them: 7-Zip, cat or copy /b. [stapler 1/1 100 sha256:${'0'.repeat(64)} crc32:00000000]`,
    `Part 1 of 9 of a larger file. To join them: 7-Zip, cat or copy /b. [stapler 1/9 5 sha256:${'0'.repeat(64)} crc32:00000000]`,
    `Part 0 of 2 of a larger file. To join them: 7-Zip, cat or copy /b. [stapler 0/2 5 sha256:${'0'.repeat(64)} crc32:00000000]`,
  ])('with the invalid mark %j are plain comments', (stored) => {
    expect(readVolumeComment(stored)).toBeUndefined();
  });
});

describe('Plans of volumes', () => {
  it('cover the file without gaps, each volume below the limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 80_000_000 }),
        fc.integer({ min: 1, max: 3_000_000_000 }),
        (limit, beyond) => {
          const size = limit + Math.min(beyond, limit * 200);
          const ranges = volumeRanges(size, volumeBytesFor(limit));
          expect(ranges.length).toBeGreaterThanOrEqual(2);
          let at = 0;
          for (const { start, end } of ranges) {
            expect(start).toBe(at);
            expect(end).toBeGreaterThan(start);
            expect(end - start).toBeLessThan(limit);
            at = end;
          }
          expect(at).toBe(size);
        },
      ),
    );
  });

  it('leave a margin below a limit of 60 MB, whatever a megabyte is', () => {
    expect(volumeBytesFor(60_000_000)).toBe(60_000_000 - 3 * 2 ** 20);
    expect(volumeBytesFor(60 * 2 ** 20)).toBe(57 * 2 ** 20);
    expect(volumeBytesFor(2 ** 31)).toBe(57 * 2 ** 20);
  });
});

describe('Names of volumes', () => {
  it('differ in their endings only, and stay within the length of a name', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: MAX_NAME_LENGTH }),
        fc.integer({ min: 2, max: 1_200 }),
        (name, count) => {
          const names = volumeNames(name, count, () => false);
          expect(new Set(names).size).toBe(count);
          expect(new Set(names.map(wholeName)).size).toBe(1);
          for (const each of names) expect(each.length).toBeLessThanOrEqual(MAX_NAME_LENGTH);
        },
      ),
    );
  });

  it('keep the extension of a long name', () => {
    expect(volumeNames(`${'a'.repeat(251)}.mp4`, 2, () => false)).toEqual([
      `${'a'.repeat(247)}.mp4.001`,
      `${'a'.repeat(247)}.mp4.002`,
    ]);
  });

  it('get a number together if one of them is taken', () => {
    const taken = new Set(['log.txt.002', 'log (2).txt.001']);
    expect(volumeNames('log.txt', 2, (name) => taken.has(name))).toEqual([
      'log (3).txt.001',
      'log (3).txt.002',
    ]);
  });
});

describe('Sets of volumes', () => {
  it('are found in any order and under any names', () => {
    fc.assert(
      fc.property(
        factsOfSplit.chain((facts) =>
          fc.record({
            facts: fc.constant(facts),
            order: fc.shuffledSubarray(
              Array.from({ length: facts.count }, (_, index) => index),
              { minLength: facts.count },
            ),
            names: fc.array(fc.string(), { minLength: facts.count, maxLength: facts.count }),
          }),
        ),
        ({ facts, order, names }) => {
          const files = volumesOf(facts).map((file, index) => ({ ...file, name: names[index] ?? '' }));
          const other = { name: 'x.001', size: 1, comment: '', number: 0, set: '' };
          const found = findVolumeSets([other, ...order.flatMap((index) => files[index] ?? [])]);
          expect(found.others).toEqual([other]);
          expect(found.sets).toHaveLength(1);
          const [set] = found.sets;
          if (!set) return;
          expect(set.volumes.map((volume) => volume?.file)).toEqual(files);
          expect(missingVolumes(set)).toEqual([]);
          expect(foreignVolumes(set)).toEqual([]);
        },
      ),
    );
  });

  it('name each missing volume and each one of another size', () => {
    fc.assert(
      fc.property(
        factsOfSplit
          .filter(({ count }) => count > 4)
          .chain((facts) =>
            fc.record({
              facts: fc.constant(facts),
              bad: fc.uniqueArray(fc.integer({ min: 1, max: facts.count }), { minLength: 2, maxLength: 2 }),
            }),
          ),
        ({ facts, bad: [gone = 0, changed = 0] }) => {
          const files = volumesOf(facts)
            .filter(({ number }) => number !== gone)
            .map((file) => (file.number === changed ? { ...file, size: (file.size ?? 0) + 1 } : file));
          const [set] = findVolumeSets(files).sets;
          if (!set) throw new Error('There is a set.');
          expect(missingVolumes(set)).toEqual([gone]);
          expect(foreignVolumes(set)).toEqual([changed]);
        },
      ),
    );
  });

  it('of two copies and of two files with one name stay apart', () => {
    const facts = { count: 3, volumeBytes: 100, totalBytes: 250, sha256: 'a'.repeat(64) };
    const files = [
      ...volumesOf(facts),
      ...volumesOf(facts, 'log (2).txt').slice(1),
      ...volumesOf({ ...facts, sha256: 'b'.repeat(64) }),
    ];
    const { sets } = findVolumeSets([...files].reverse());
    expect(sets.map(({ name, facts: { sha256 } }) => [name, sha256[0]])).toEqual([
      ['log.txt', 'b'],
      ['log.txt', 'a'],
      ['log (2).txt', 'a'],
    ]);
    expect(sets.map(missingVolumes)).toEqual([[], [], [1]]);
    for (const { volumes, name } of sets)
      for (const volume of volumes) expect(volume?.file.set ?? name).toBe(name);
  });

  it('complete each other if two copies lack different volumes', () => {
    const facts = { count: 3, volumeBytes: 100, totalBytes: 250, sha256: 'a'.repeat(64) };
    const [a1, , a3] = volumesOf(facts);
    const [, b2, b3] = volumesOf(facts, 'other.txt');
    const { sets } = findVolumeSets([a1, a3, b2, b3].flatMap((file) => file ?? []));
    expect(sets.map(missingVolumes)).toEqual([[], [1, 2]]);
  });

  it('keep the comment of the user', () => {
    const mark = { number: 1, count: 2, totalBytes: 10, sha256: 'c'.repeat(64), crc32: '00000000' };
    const comment = writeVolumeComment({ comment: 'Nightly run', mark });
    expect(findVolumeSets([{ name: 'a.001', size: 5, comment }]).sets[0]?.comment).toBe('Nightly run');
  });
});
