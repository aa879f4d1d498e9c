import fc from 'fast-check';
import type { PlanAttachment, PlanFile } from '../../../../src/bulk/plan/plan';
import { planOf } from '../../../../src/bulk/plan/planner';
import { placesOf } from '../../../../src/upload/places';
import { splitInto } from '../../../helpers/split';
import { attachedMany, planFile, planInput, planItem } from './inputs';

const files: fc.Arbitrary<PlanFile[]> = fc
  .array(fc.record({ size: fc.integer({ min: 1, max: 60 }), isSplit: fc.boolean() }), { maxLength: 8 })
  .map((all) =>
    all.map(({ size, isSplit }, index) =>
      planFile(`${index}.bin`, { size, ...(isSplit && { volumeBytes: 10 }) }),
    ),
  );

const items = fc
  .array(fc.integer({ min: 80, max: 101 }), { minLength: 1, maxLength: 4 })
  .map((counts) => counts.map((count, index) => planItem(index + 1, { attachments: attachedMany(count) })));

test('planOf counts a place for each part, and blocks only files that do not fit as a whole', () => {
  fc.assert(
    fc.property(files, items, (allFiles, allItems) => {
      const { pairs } = planOf(planInput({ files: allFiles, items: allItems }));
      for (const { id, attachments } of allItems) {
        let room = 100 - attachments.length;
        for (const file of allFiles) {
          const pair = pairs.find(({ fileId, workItemId }) => fileId === file.id && workItemId === id);
          const fits = placesOf(file) <= room;
          expect(pair?.fate).toEqual(
            fits
              ? { kind: 'attach' }
              : { kind: 'blocked', problem: { kind: 'attachment-limit', limitCount: 100 } },
          );
          if (fits) room -= placesOf(file);
        }
      }
    }),
    { numRuns: 500 },
  );
});

/** Volumes of a file on a work item. */
function partsOf(name: string, bytes: Buffer, volumeBytes: number): PlanAttachment[] {
  return splitInto(name, bytes, volumeBytes).map((part, index) => ({
    ...{ attachmentId: `part ${index + 1}`, name: part.name },
    ...{ size: part.content.length, comment: part.comment },
  }));
}

describe('planOf with a split file that a work item has', () => {
  const file = planFile('dump.bin', { size: 25, volumeBytes: 10 });
  const parts = partsOf('dump.bin', Buffer.alloc(25), 10);
  const fateWith = (attachments: PlanAttachment[], all: 'skip' | 'replace' | 'keep-both') =>
    planOf(
      planInput({
        files: [file],
        items: [planItem(7, { attachments })],
        duplicates: { all, ofItems: new Map() },
      }),
    ).pairs[0]?.fate;

  test('skips it, also after a split into other parts', () => {
    const there = { kind: 'skip', reason: 'already-there' };
    expect(fateWith(parts, 'skip')).toEqual(there);
    expect(fateWith(partsOf('dump.bin', Buffer.alloc(25), 20), 'skip')).toEqual(there);
  });

  test('attaches it beside an incomplete set, a file of another size, and under "keep both"', () => {
    expect(fateWith(parts.slice(1), 'skip')).toEqual({ kind: 'attach' });
    expect(fateWith(partsOf('dump.bin', Buffer.alloc(26), 10), 'skip')).toEqual({ kind: 'attach' });
    expect(fateWith(parts, 'keep-both')).toEqual({ kind: 'attach' });
  });

  test('replaces all of its parts', () => {
    expect(fateWith(partsOf('dump.bin', Buffer.alloc(26), 10), 'replace')).toEqual({
      kind: 'replace',
      attachmentIds: ['part 1', 'part 2', 'part 3'],
    });
  });
});
