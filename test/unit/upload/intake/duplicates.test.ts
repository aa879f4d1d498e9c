import fc from 'fast-check';
import type { LinkableAttachment } from '../../../../src/azure/work-item';
import { findDuplicates, isToBeCompared, MAX_COMPARED_BYTES } from '../../../../src/upload/intake/duplicates';
import { linkable } from '../../../helpers/uploads';

function attachment(name: string, size: number): LinkableAttachment {
  return { ...linkable(1), name, size };
}

const file = (name: string, size: number) => ({ name, size, folder: '' });

describe('findDuplicates', () => {
  test('finds the attachments with the same name, whatever their size is', () => {
    const same = attachment('a.log', 5);
    expect(findDuplicates(file('a.log', 9), [same, attachment('b.log', 9)])).toEqual({
      likeness: 'name',
      attachments: [same],
    });
  });

  test('takes a file of another folder for another one, unless a folder is unknown or the size is equal', () => {
    const inA = { ...attachment('a.log', 5), comment: '📁 logs/a' };
    const other = { ...file('a.log', 9), folder: 'logs/b' };
    expect(findDuplicates(other, [inA])).toBeUndefined();
    expect(findDuplicates({ ...other, folder: 'logs/a' }, [inA])).toMatchObject({ likeness: 'name' });
    expect(findDuplicates({ ...other, folder: '' }, [inA])).toMatchObject({ likeness: 'name' });
    expect(findDuplicates(other, [attachment('a.log', 5)])).toMatchObject({ likeness: 'name' });
    expect(findDuplicates({ ...other, size: 5 }, [inA])).toMatchObject({ likeness: 'size' });
  });

  test('finds the attachments of the same size if none has the name', () => {
    const same = attachment('b.log', 9);
    expect(findDuplicates(file('a.log', 9), [attachment('c.log', 5), same])).toEqual({
      likeness: 'size',
      attachments: [same],
    });
  });

  test('does not match empty files by their size, since an unknown size is 0', () => {
    expect(findDuplicates(file('a.log', 0), [attachment('b.log', 0)])).toBeUndefined();
    expect(findDuplicates(file('a.log', 0), [attachment('a.log', 0)])).toMatchObject({ likeness: 'name' });
  });

  test('finds a duplicate exactly if an attachment has the name or the size', () => {
    const facts = fc.record({ name: fc.constantFrom('a', 'b', 'c'), size: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(facts, fc.array(facts), ({ name, size }, attached) => {
        const attachments = attached.map((each) => attachment(each.name, each.size));
        const found = findDuplicates(file(name, size), attachments);
        const isNamed = attached.some((each) => each.name === name);
        const isSized = size > 0 && attached.some((each) => each.size === size);
        expect(found?.likeness).toBe(isNamed ? 'name' : isSized ? 'size' : undefined);
        for (const each of found?.attachments ?? [])
          expect(found?.likeness === 'name' ? each.name === name : each.size === size).toBe(true);
      }),
    );
  });
});

describe('isToBeCompared', () => {
  test.each([
    ['one file of 20 MB', 1, MAX_COMPARED_BYTES, true],
    ['a larger one', 1, MAX_COMPARED_BYTES + 1, false],
    ['several files of together 20 MB', 4, MAX_COMPARED_BYTES / 4, true],
    ['several files of together more', 4, MAX_COMPARED_BYTES / 4 + 1, false],
  ])('is decided for %s', (_, count, size, isCompared) => {
    const attachments = Array.from({ length: count }, () => attachment('b', size));
    expect(isToBeCompared({ likeness: 'size', attachments })).toBe(isCompared);
    expect(isToBeCompared({ likeness: 'name', attachments })).toBe(false);
  });
});
