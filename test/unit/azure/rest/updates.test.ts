import { readUpdates } from '../../../../src/azure/rest/updates';
import { createTestConnection } from '../../../helpers/connection';
import { guid, linkTo, relationTo } from '../../../helpers/uploads';

async function readFrom(value: readonly unknown[]) {
  const { connection, stack } = createTestConnection();
  const updates = readUpdates(connection, 7, { maxPages: 1 });
  (await stack.nextRequest()).respondWith({ status: 200, json: { value } });
  return updates;
}

test('readUpdates reads added, removed and changed attachments, and no other links', async () => {
  const changed = { ...relationTo(3), attributes: { name: 'c.png', comment: 'c', resourceSize: 3 } };
  const [update] = await readFrom([
    {
      relations: {
        added: [linkTo(8), relationTo(1)],
        removed: [{ rel: 'AttachedFile', url: relationTo(2).url }],
        updated: [changed],
      },
    },
  ]);
  expect(update?.added.map(({ id }) => id)).toEqual([guid(1)]);
  expect(update?.removed).toEqual([
    { id: guid(2), url: relationTo(2).url, name: '', comment: '', size: undefined },
  ]);
  expect(update?.updated).toEqual([{ id: guid(3), url: changed.url, name: 'c.png', comment: 'c', size: 3 }]);
});

test('readUpdates dates an update without changed fields by the update before', async () => {
  const updates = await readFrom([
    { revisedDate: '2026-02-03T00:00:00Z' },
    { revisedDate: '9999-01-01T00:00:00Z' },
    { fields: { 'System.ChangedDate': { newValue: '2026-02-04T00:00:00Z' } } },
    {},
  ]);
  expect(updates.map(({ at }) => at)).toEqual([NaN, Date.UTC(2026, 1, 3), Date.UTC(2026, 1, 4), NaN]);
});

test('readUpdates reads nonsense as updates without attachments', async () => {
  const updates = await readFrom([
    { relations: 7 },
    { relations: { added: [7, { rel: 'AttachedFile', url: 7 }] } },
  ]);
  expect(updates.map(({ by, added }) => [by, added])).toEqual([
    ['', []],
    ['', []],
  ]);
});
