import { isSameList, keyOf, collateralRemovals } from '../../../../src/upload/link/relation-list';
import type { Relation } from '../../../../src/azure/work-item';
import { linkTo, referenceTo, relationTo, workItemWith } from '../../../helpers/uploads';

function itemOf(...relations: Relation[]) {
  return workItemWith([], { relations });
}

test('an attachment has one key, however its address is written', () => {
  const rewritten = { ...relationTo(1), url: referenceTo(1).url };
  expect(keyOf(rewritten)).toBe(keyOf(relationTo(1)));
  expect(keyOf({ ...rewritten, rel: 'Hyperlink' })).not.toBe(keyOf(relationTo(1)));
  expect(keyOf(linkTo(1))).not.toBe(keyOf(linkTo(2)));
});

test('a list is another one in another order or revision', () => {
  const list = itemOf(relationTo(1), linkTo(2));
  expect(isSameList(list, itemOf(relationTo(1), linkTo(2)))).toBe(true);
  expect(isSameList(list, itemOf(linkTo(2), relationTo(1)))).toBe(false);
  expect(isSameList(list, { ...list, revision: 9 })).toBe(false);
});

describe('strays', () => {
  const [a, b, c] = [relationTo(1), relationTo(2), relationTo(3)];

  test('are none when all that was meant is gone, whatever else went meanwhile', () => {
    expect(collateralRemovals(itemOf(linkTo(1), a, b), itemOf(b), [a])).toEqual({ relations: [], unseen: 0 });
  });

  test('are what went in place of what was meant', () => {
    expect(collateralRemovals(itemOf(a, b, c), itemOf(a, b), [b])).toEqual({ relations: [c], unseen: 0 });
  });

  test('are attachments before links, which somebody else may have removed', () => {
    expect(collateralRemovals(itemOf(linkTo(1), a, b), itemOf(a), [a])).toEqual({
      relations: [b],
      unseen: 0,
    });
  });

  test('that nobody saw are counted', () => {
    expect(collateralRemovals(itemOf(a, b, c), itemOf(a, b), [a, b])).toEqual({ relations: [c], unseen: 1 });
  });
});
