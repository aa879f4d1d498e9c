import { readAdditions } from '../../../../src/azure/rest/additions';
import { createTestConnection } from '../../../helpers/connection';
import { rejectionOf } from '../../../helpers/deferred';
import { guid, linkTo, relationTo } from '../../../helpers/uploads';

const RAISA = { id: '1', displayName: 'Raisa Pokrovskaya', uniqueName: 'raisa@fabrikam.com' };

/** An update with these new relations. */
function update(added: readonly unknown[], facts: Record<string, unknown> = {}) {
  const fields = { 'System.ChangedDate': { newValue: '2026-02-03T04:05:06Z' } };
  return {
    id: 2,
    rev: 2,
    revisedBy: RAISA,
    revisedDate: '9999-01-01T00:00:00Z',
    fields,
    relations: { added },
    ...facts,
  };
}

async function readFrom(...pages: readonly unknown[]) {
  const { connection, stack } = createTestConnection();
  const additions = readAdditions(connection, 7);
  const asked: string[] = [];
  for (const json of pages) {
    const request = await stack.nextRequest();
    asked.push(
      `${request.method} ${request.parsedUrl.pathname} ${request.parsedUrl.searchParams.get('$skip')}`,
    );
    request.respondWith({ status: 200, json });
  }
  return { additions: [...(await additions)], asked };
}

const AT = Date.UTC(2026, 1, 3, 4, 5, 6);

test('readAdditions reads the author and time of each attachment from the history', async () => {
  const { additions, asked } = await readFrom({
    value: [update([linkTo(8)]), update([relationTo(1), relationTo(2)])],
  });
  expect(asked).toEqual(['GET /fabrikam/_apis/wit/workitems/7/updates 0']);
  expect(additions).toEqual([
    [guid(1), { by: 'Raisa Pokrovskaya', at: AT }],
    [guid(2), { by: 'Raisa Pokrovskaya', at: AT }],
  ]);
});

test('readAdditions uses the last addition of an attachment', async () => {
  const again = update([relationTo(1)], { revisedBy: { displayName: 'Jamal Hartnett' } });
  const { additions } = await readFrom({ value: [update([relationTo(1)]), again] });
  expect(additions).toEqual([[guid(1), { by: 'Jamal Hartnett', at: AT }]]);
});

test.each([
  [
    'names people in one text',
    { revisedBy: 'Raisa Pokrovskaya <raisa@fabrikam.com>' },
    { by: 'Raisa Pokrovskaya', at: AT },
  ],
  ['does not say who, or when', { revisedBy: undefined, fields: undefined }, { by: '', at: NaN }],
  ['says what makes no sense', { revisedBy: 7, fields: { 'System.ChangedDate': 'x' } }, { by: '', at: NaN }],
])('readAdditions reads as much as possible from a history that %s', async (_, facts, expected) => {
  const { additions } = await readFrom({
    value: [update([relationTo(1)], facts), { relations: 7 }, null, {}],
  });
  expect(additions).toEqual([[guid(1), expected]]);
});

test('readAdditions reads a long history page by page, up to a limit', async () => {
  const full = { value: Array.from({ length: 200 }, () => update([])) };
  const { asked } = await readFrom(full, full, { value: [update([relationTo(1)])] });
  expect(asked.map((each) => each.split(' ')[2])).toEqual(['0', '200', '400']);
  const { asked: all } = await readFrom(...Array.from({ length: 10 }, () => full));
  expect(all).toHaveLength(10);
});

test('readAdditions rejects an HTML page', async () => {
  const { connection, stack } = createTestConnection();
  const additions = rejectionOf(readAdditions(connection, 7));
  (await stack.nextRequest()).respondWith({ status: 200, text: '<html></html>' });
  expect(await additions).toMatchObject({ kind: 'unexpected-answer' });
});
