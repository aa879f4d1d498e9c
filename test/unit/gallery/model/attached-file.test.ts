import { attachedFilesOf, keyOfFile } from '../../../../src/gallery/model/attached-file';
import { guid, linkTo, relationTo, workItemWith } from '../../../helpers/uploads';

const DATED = { authorizedDate: '2026-02-03T04:05:06Z', resourceCreatedDate: '2026-02-03T04:05:00Z' };

/** Work item 7 with one attachment. */
function itemSaying(attributes: Record<string, unknown>, name = '1.txt') {
  const relation = relationTo(1);
  return workItemWith([], { relations: [{ ...relation, name, attributes }] });
}

test('attachedFilesOf returns all facts of an attachment from the server', () => {
  const item = itemSaying({ ...DATED, comment: 'from the night', resourceSize: 12 }, 'build.log');
  expect(attachedFilesOf(item)).toEqual([
    {
      workItemId: 7,
      workItemType: 'Bug',
      reference: { id: guid(1), url: relationTo(1).url },
      name: 'build.log',
      kind: 'text',
      size: 12,
      comment: 'from the night',
      folder: '',
      addedAt: Date.UTC(2026, 1, 3, 4, 5, 6),
      addedBy: '',
    },
  ]);
});

test('attachedFilesOf splits a stored comment into the comment and the folder', () => {
  const item = itemSaying({ comment: 'from the night 📁 logs/2026' });
  expect(attachedFilesOf(item)).toMatchObject([{ comment: 'from the night', folder: 'logs/2026' }]);
});

test('attachedFilesOf adds the author once known, and the time if the relation has none', () => {
  const additions = new Map([[guid(1), { by: 'Raisa Pokrovskaya', at: 5 }]]);
  const told = (attributes: Record<string, unknown>): unknown[] =>
    attachedFilesOf(itemSaying(attributes), additions).map(({ addedBy, addedAt }) => [addedBy, addedAt]);
  expect(told(DATED)).toEqual([['Raisa Pokrovskaya', Date.UTC(2026, 1, 3, 4, 5, 6)]]);
  expect(told({})).toEqual([['Raisa Pokrovskaya', 5]]);
});

test.each([
  ['no attributes', {}],
  [
    'invalid attributes',
    { comment: 7, resourceSize: '12', authorizedDate: 'soon', resourceCreatedDate: null },
  ],
])('attachedFilesOf falls back to defaults for a relation with %s', (_, attributes) => {
  expect(attachedFilesOf(itemSaying(attributes, ''))).toMatchObject([
    { name: guid(1), kind: 'other', size: undefined, comment: '', addedAt: NaN, addedBy: '' },
  ]);
});

test('attachedFilesOf skips links and attachments without a GUID in their URL', () => {
  const odd = { ...relationTo(2), url: 'https://dev.azure.com/fabrikam/elsewhere' };
  const item = workItemWith([], { relations: [linkTo(8), relationTo(1), odd, relationTo(3)] });
  expect(attachedFilesOf(item).map(({ name }) => name)).toEqual(['1.txt', '3.txt']);
});

test('keyOfFile returns different keys for the same bytes on two work items', () => {
  const keys = [7, 8].flatMap((id) => attachedFilesOf(workItemWith([1], { id })).map(keyOfFile));
  expect(new Set(keys).size).toBe(2);
});
