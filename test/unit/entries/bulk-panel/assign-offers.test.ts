import type { PlanItem, UnmatchedReason } from '../../../../src/bulk/plan/plan';
import { offersFor } from '../../../../src/entries/bulk-panel/assign-offers';
import { planItem } from '../../bulk/plan/inputs';

const items: readonly PlanItem[] = [
  planItem(7, { type: 'Bug', title: 'Login page loses the typed name' }),
  planItem(9, { type: 'Bug', title: 'Release 12 notes are late' }),
  planItem(12, { type: 'User Story', title: 'Sign in with a work account' }),
];

/** Ids of the offers; new ones have a plus. */
function offered(typed: string, reason?: UnmatchedReason, all = items): string[] {
  const { shown, more } = offersFor(typed, { items: all, reason, baseUrls: [] });
  return [
    ...shown.map(({ ids, item }) => `${item ? '' : '+'}${ids.join(' ')}`),
    ...(more ? [`…${more}`] : []),
  ];
}

describe('offersFor', () => {
  test.each<[string, string[]]>([
    ['12', ['12', '9']],
    ['41', ['+41']],
    ['7, 41', ['+7 41']],
    ['Bug 7', ['7']],
    ['login', ['7']],
    ['bug', ['7', '9']],
    ['Release 12', ['9', '12']],
    ['no such title', []],
  ])('finds for %j the work items %j', (typed, ids) => {
    expect(offered(typed)).toEqual(ids);
  });

  it('suggests the work items of the name, then those of the list, before a text is typed', () => {
    expect(offered('')).toEqual(['7', '9', '12']);
    expect(offered('', { kind: 'not-listed', workItemIds: [41, 42] })).toEqual([
      '+41',
      '+42',
      '7',
      '9',
      '12',
    ]);
    expect(offered('', { kind: 'ambiguous-number', workItemIds: [12, 9] })).toEqual(['12', '9', '7']);
  });

  it('keeps the number among many titles, and counts those not shown', () => {
    const many = Array.from({ length: 12 }, (_, index) => planItem(100 + index, { title: 'Release 12' }));
    const found = offered('release 12', undefined, many);
    expect([found.length, found.at(-2), found.at(-1)]).toEqual([9, '+12', '…5']);
  });
});
