import { isSameList, keyOf, collateralRemovals } from '../../../../src/upload/link/relation-list';
import type { Relation } from '../../../../src/azure/work-item';
import { linkTo, referenceTo, relationTo, workItemWith } from '../../../helpers/uploads';

function itemOf(...relations: Relation[]) {
  return workItemWith([], { relations });
}

test('keyOf returns the same key for all URLs of an attachment', () => {
  const rewritten = { ...relationTo(1), url: referenceTo(1).url };
  expect(keyOf(rewritten)).toBe(keyOf(relationTo(1)));
  expect(keyOf({ ...rewritten, rel: 'Hyperlink' })).not.toBe(keyOf(relationTo(1)));
  expect(keyOf(linkTo(1))).not.toBe(keyOf(linkTo(2)));
});

test('isSameList is false for another order or revision', () => {
  const list = itemOf(relationTo(1), linkTo(2));
  expect(isSameList(list, itemOf(relationTo(1), linkTo(2)))).toBe(true);
  expect(isSameList(list, itemOf(linkTo(2), relationTo(1)))).toBe(false);
  expect(isSameList(list, { ...list, revision: 9 })).toBe(false);
});

describe('collateralRemovals', () => {
  const [a, b, c] = [relationTo(1), relationTo(2), relationTo(3)];

  test('returns none when all intended relations are gone', () => {
    expect(collateralRemovals(itemOf(linkTo(1), a, b), itemOf(b), [a])).toEqual({ relations: [], unseen: 0 });
  });

  test('returns the relation removed instead of the intended one', () => {
    expect(collateralRemovals(itemOf(a, b, c), itemOf(a, b), [b])).toEqual({ relations: [c], unseen: 0 });
  });

  test('prefers attachments to links, which another client may have removed', () => {
    expect(collateralRemovals(itemOf(linkTo(1), a, b), itemOf(a), [a])).toEqual({
      relations: [b],
      unseen: 0,
    });
  });

  test('counts relations missing from the last read', () => {
    expect(collateralRemovals(itemOf(a, b, c), itemOf(a, b), [a, b])).toEqual({ relations: [c], unseen: 1 });
  });
});
