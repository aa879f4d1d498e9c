import type { LearnedAnswers } from '../../../../src/upload/learned';
import { createMemoryLearned } from '../../../../src/upload/learned';
import { createNaming } from '../../../../src/upload/transport/transfer-tools';
import { linkable, referenceTo, relationTo, workItemWith } from '../../../helpers/uploads';

function begin(known: LearnedAnswers = {}) {
  const learned = createMemoryLearned(known);
  const naming = createNaming(learned);
  return { ...naming, isKept: () => learned.answers().namesInRelations };
}

/** Work item with a kept name of attachment 1 and this relation. */
function workItemShowing(relation: ReturnType<typeof relationTo>) {
  return workItemWith([], { relations: [relationTo(1), relation] });
}

describe('createNaming', () => {
  it('omits the name of one upload only until the organization has answered', () => {
    const { tryWithoutName, recordUnnamed, check, isKept } = begin();
    expect([tryWithoutName(), tryWithoutName(), tryWithoutName()]).toEqual([true, false, false]);
    recordUnnamed(referenceTo(1));
    expect(check(workItemWith([1, 2]), [linkable(1), linkable(2)])).toEqual([]);
    expect(isKept()).toBe(true);
    expect([tryWithoutName(), tryWithoutName()]).toEqual([true, true]);
  });

  it('lets another upload ask after a failure', () => {
    const { tryWithoutName, recordFailure } = begin();
    tryWithoutName();
    recordFailure();
    expect(tryWithoutName()).toBe(true);
  });

  it('learns nothing from names that were in the URL', () => {
    const { tryWithoutName, check, isKept } = begin();
    tryWithoutName();
    check(workItemWith([2]), [linkable(2)]);
    expect(isKept()).toBeUndefined();
  });

  it.each([true, false])('uses the answer of an earlier frame: %s', (namesInRelations) => {
    expect(begin({ namesInRelations }).tryWithoutName()).toBe(namesInRelations);
  });

  it('puts names into the URL after a refused upload without a name', () => {
    const { requireUrlName, tryWithoutName } = begin({ namesInRelations: true });
    requireUrlName();
    expect(tryWithoutName()).toBe(false);
  });

  it.each([
    ['another name', { ...relationTo(2), name: 'attachment' }],
    ['no name', { ...relationTo(2), name: '' }],
  ])('returns the attachment and puts names into the URL when a work item shows %s', (_, relation) => {
    const { check, tryWithoutName } = begin({ namesInRelations: true });
    const asked = [linkable(1), linkable(2)];
    expect(check(workItemShowing(relation), asked)).toEqual([linkable(2)]);
    expect(tryWithoutName()).toBe(false);
  });

  it.each([
    [
      'an attachment of another user',
      workItemWith([], { relations: [{ ...relationTo(9), name: 'theirs' }] }),
    ],
    ['a work item that does not show the attachment', workItemWith([])],
    [
      'a relation to something else',
      workItemWith([], { relations: [{ rel: 'Hyperlink', url: 'https://h/x', name: 'x', attributes: {} }] }),
    ],
  ])('ignores other relations: %s', (_, workItem) => {
    const { check, recordUnnamed, isKept } = begin();
    recordUnnamed(referenceTo(1));
    expect(check(workItem, [linkable(1)])).toEqual([]);
    expect(isKept()).toBeUndefined();
  });

  it('keeps a requirement once learned', () => {
    const { requireUrlName, recordUnnamed, check, isKept } = begin();
    requireUrlName();
    recordUnnamed(referenceTo(1));
    check(workItemWith([1]), [linkable(1)]);
    expect(isKept()).toBe(false);
  });
});
