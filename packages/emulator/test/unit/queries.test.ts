import { savedQueries } from '../../src/saved-queries';
import type { Emulator } from '../../src/running-emulator';
import { linkTo, patch, refusal, send, start } from './client';

interface Found {
  id: number;
  url: string;
}

/** Used part of the answer. */
interface Result {
  queryType: string;
  queryResultType: string;
  columns: { referenceName: string }[];
  workItems?: Found[];
  workItemRelations?: { rel?: string; source?: Found; target: Found }[];
}

let emulator: Emulator;

beforeAll(async () => void (emulator = await start()));
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const idOf = (name: string) => savedQueries.find((query) => query.name === name)!.id;

async function run(name: string, query = '', scope = ''): Promise<Result> {
  const response = await send(emulator, `${scope}_apis/wit/wiql/${idOf(name)}${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Result;
}

const idsOf = ({ workItems }: Result) => workItems?.map(({ id }) => id);
const linesOf = ({ workItemRelations }: Result) =>
  workItemRelations?.map(({ source, target }) => [source?.id, target.id]);

test('a list query returns work items with their addresses', async () => {
  const result = await run('Open bugs');
  expect(result).toMatchObject({ queryType: 'flat', queryResultType: 'workItem' });
  expect(result).not.toHaveProperty('workItemRelations');
  expect(idsOf(result)).toEqual([7, 8, 9, 30, 31, 32]);
  expect(result.workItems![0]!.url).toBe(`${emulator.restBaseUrl}_apis/wit/workItems/7`);
  expect(result.columns[0]!.referenceName).toBe('System.Id');
});

test('a query returns the current matches', async () => {
  await patch(emulator, 8, [{ op: 'add', path: '/fields/System.State', value: 'Closed' }]);
  emulator.store.remove(9);
  expect(idsOf(await run('Open bugs'))).toEqual([7, 30, 31, 32]);
  expect(idsOf(await run('All work items'))).toEqual(emulator.store.workItemIds);
});

test('a tree query returns top rows without a source, and children after their parents', async () => {
  const result = await run('Stories and their work');
  expect(result).toMatchObject({ queryType: 'tree', queryResultType: 'workItemLink' });
  expect(result).not.toHaveProperty('workItems');
  const [top, below] = result.workItemRelations!;
  expect(Object.keys(top!)).toEqual(['target']);
  expect(below!.rel).toBe('System.LinkTypes.Hierarchy-Forward');
  expect(linesOf(result)).toEqual([
    [undefined, 12],
    [12, 7],
    [12, 15],
  ]);
});

test('a tree query follows descendants and stops at a cycle', async () => {
  const below = 'System.LinkTypes.Hierarchy-Forward';
  await patch(emulator, 15, [linkTo(emulator, 8, below)]);
  await patch(emulator, 8, [linkTo(emulator, 12, below)]);
  expect(linesOf(await run('Stories and their work'))).toEqual([
    [undefined, 12],
    [12, 7],
    [12, 15],
    [15, 8],
  ]);
});

test('a query accepts $top, a project and any letter case', async () => {
  expect(idsOf(await run('Open bugs', '?$top=2'))).toEqual([7, 8]);
  expect(linesOf(await run('Stories and their work', '?$top=1'))).toEqual([[undefined, 12]]);
  expect(idsOf(await run('Open bugs', '', 'Fabrikam/'))).toHaveLength(6);
  const response = await send(emulator, `_apis/wit/wiql/${idOf('Open bugs').toUpperCase()}`);
  expect(response.status).toBe(200);
});

test('an unknown query is a 404', async () => {
  const id = '0f1e2d3c-4b5a-4697-8899-aabbccddeeff';
  const response = await send(emulator, `_apis/wit/wiql/${id}`);
  expect(response.status).toBe(404);
  expect(await refusal(response)).toMatchObject({
    typeKey: 'QueryItemNotFoundException',
    message: `TF401243: The query ${id} does not exist, or you do not have permission to read it.`,
  });
});

test('a query is affected by faults of reads', async () => {
  emulator.setNetwork({ faults: [{ name: 'not-json', remaining: 1, at: 'read' }] });
  const response = await send(emulator, `_apis/wit/wiql/${idOf('Open bugs')}`);
  expect(response.headers.get('Content-Type')).toContain('text/html');
});

describe('POST wiql', () => {
  const json = { 'Content-Type': 'application/json' };
  const ask = (query: unknown, search = '') =>
    send(emulator, `_apis/wit/wiql${search}`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ query }),
    });
  const find = async (where: string, search = ''): Promise<number[] | undefined> => {
    const query = `SELECT [System.Id] FROM WorkItems WHERE ${where} ORDER BY [System.ChangedDate] DESC`;
    const response = await ask(query, search);
    expect(response.status).toBe(200);
    return idsOf((await response.json()) as Result);
  };

  test('returns matches of all conditions, the last changed first', async () => {
    expect(await find("[System.Title] CONTAINS 'RECEIPTS'")).toEqual([31, 32]);
    expect(await find("[System.Title] CONTAINS 'receipts' and [System.Title] contains 'last'")).toEqual([32]);
    await patch(emulator, 32, [{ op: 'add', path: '/fields/System.State', value: 'Active' }]);
    expect(await find("[System.Title] CONTAINS 'receipts'", '?$top=1')).toEqual([32]);
    expect(await find("[System.TeamProject] = 'Nowhere'")).toEqual([]);
    expect(await find("[System.Title] CONTAINS 'it''s'")).toEqual([]);
  });

  test('finds work items by number and by count of attachments, in any order', async () => {
    const findById = async (where: string): Promise<number[] | undefined> =>
      idsOf((await (await ask(`SELECT [System.Id] FROM WorkItems WHERE ${where}`)).json()) as Result);
    const count = emulator.store.workItem(7).relations.filter(({ rel }) => rel === 'AttachedFile').length;
    expect(await findById('[System.Id] = 7')).toEqual([7]);
    expect(await findById(`[System.Id] = 7 AND [System.AttachedFileCount] = ${count}`)).toEqual([7]);
    expect(await findById(`[System.Id] = 7 AND [System.AttachedFileCount] = ${count + 1}`)).toEqual([]);
    expect(await findById('[System.Id] = 0')).toEqual([]);
  });

  describe('about attachments and dates', () => {
    const findById = async (where: string, search = ''): Promise<number[] | undefined> => {
      const query = `SELECT [System.Id] FROM WorkItems WHERE ${where} ORDER BY [System.Id]`;
      const response = await ask(query, search);
      expect(response.status).toBe(200);
      return idsOf((await response.json()) as Result);
    };
    const idsWith = (holds: (item: ReturnType<Emulator['store']['workItem']>) => boolean): number[] =>
      emulator.store.workItemIds.filter((id) => holds(emulator.store.workItem(id)));
    const withFiles = (): number[] =>
      idsWith(({ relations }) => relations.some(({ rel }) => rel === 'AttachedFile'));

    test('finds work items with attachments, page by page', async () => {
      const all = withFiles();
      expect(all).toHaveLength(3);
      expect(await findById('[System.AttachedFileCount] > 0')).toEqual(all);
      const [first, second, third] = all;
      expect(await findById('[System.AttachedFileCount] > 0', '?$top=2')).toEqual([first, second]);
      expect(await findById(`[System.AttachedFileCount] > 0 AND [System.Id] > ${second}`, '?$top=1')).toEqual(
        [third],
      );
    });

    test('compares days, or times with timePrecision', async () => {
      await patch(emulator, 8, [{ op: 'add', path: '/fields/System.Title', value: 'Changed' }]);
      const date = emulator.store.workItem(8).fields['System.ChangedDate'] as string;
      const day = date.slice(0, 10);
      expect(await findById(`[System.ChangedDate] >= '${day}'`)).toEqual([8]);
      expect(await findById(`[System.ChangedDate] > '${day}'`)).toEqual([]);
      expect(
        await findById(`[System.ChangedDate] = '${day}' AND [System.ChangedDate] <> '2020-01-01'`),
      ).toEqual([8]);
      expect(await findById(`[System.ChangedDate] >= '${date}'`, '?timePrecision=true')).toEqual([8]);
      expect(await findById(`[System.ChangedDate] > '${date}'`, '?timePrecision=true')).toEqual([]);
      const refused = await ask(`SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] >= '${date}'`);
      expect([refused.status, (await refusal(refused)).message]).toEqual([
        400,
        expect.stringMatching(/cannot supply a time.*\[System.ChangedDate\] >= /),
      ]);
    });

    test('knows @project only if the address names the project', async () => {
      const query = 'SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project';
      const init = { method: 'POST', headers: json, body: JSON.stringify({ query }) };
      const named = await send(emulator, 'Fabrikam/_apis/wit/wiql', init);
      expect(idsOf((await named.json()) as Result)).toHaveLength(emulator.store.workItemIds.length);
      expect((await ask(query)).status).toBe(400);
    });

    test('finds the work items below an area, and all others', async () => {
      const item = emulator.store.workItem(8);
      emulator.store.save({ ...item, fields: { ...item.fields, 'System.AreaPath': 'Fabrikam\\Web\\Shop' } });
      expect(await findById("[System.AreaPath] UNDER 'Fabrikam\\Web'")).toEqual([8]);
      expect(await findById("[System.AreaPath] = 'Fabrikam\\Web'")).toEqual([]);
      expect(await findById("[System.AreaPath] NOT UNDER 'Fabrikam\\Web'")).toEqual(
        emulator.store.workItemIds.filter((id) => id !== 8),
      );
    });

    test('refuses more results than the limit, and cuts or refuses with $top', async () => {
      emulator.store.limits.maxQueryResults = 5;
      const query = 'SELECT [System.Id] FROM WorkItems WHERE [System.Id] > 0 ORDER BY [System.Id]';
      const refused = await ask(query);
      expect([refused.status, (await refusal(refused)).message]).toEqual([
        400,
        'VS402337: The number of work items returned exceeds the size limit of 5. Change the query to return fewer items.',
      ]);
      expect((await ask(query, '?$top=6')).status).toBe(400);
      expect(await findById('[System.Id] > 0', '?$top=4')).toHaveLength(4);
      emulator.store.assumptions.topOfManyResults = 'refused';
      expect((await ask(query, '?$top=4')).status).toBe(400);
    });

    test('knows the number of attachments at once or later, by fileCountInQueries', async () => {
      const before = await findById('[System.AttachedFileCount] > 0');
      const empty = emulator.store.workItemIds.find((id) => !before!.includes(id))!;
      emulator.store.attach(empty, [{ name: 'a.txt', content: Buffer.from('a') }]);
      expect(await findById('[System.AttachedFileCount] > 0')).toContain(empty);
      emulator.store.assumptions.fileCountInQueries = 'later';
      expect(await findById('[System.AttachedFileCount] > 0')).toEqual(before);
      emulator.store.clock.advance(1);
      expect(await findById('[System.AttachedFileCount] > 0')).toContain(empty);
    });
  });

  test.each(['yes', 'no'] as const)('files move the changed date if filesMoveChangedDate is %s', (answer) => {
    emulator.store.assumptions.filesMoveChangedDate = answer;
    const { rev, fields } = emulator.store.workItem(8);
    const after = emulator.store.attach(8, [{ name: 'a.txt', content: Buffer.from('a') }]);
    expect(after.rev).toBe(rev + 1);
    expect(after.fields['System.ChangedDate'] !== fields['System.ChangedDate']).toBe(answer === 'yes');
  });

  test.each([
    ["SELECT [System.Id] FROM WorkItems WHERE [System.Id] = 'x'", /a number is expected/],
    ['SELECT [System.Id] FROM WorkItems', /WHERE is expected/],
    ["SELECT [System.Title] FROM WorkItems WHERE [System.Title] = 'x'", /TF51005.*\[System.Title\]/],
    ["SELECT [System.Id] FROM WorkItems WHERE [Custom.X] = 'x'", /TF51005.*\[Custom.X\]/],
    ["SELECT [System.Id] FROM WorkItems WHERE [System.Title] > 'x'", /is not understood/],
    ["SELECT [System.Id] FROM WorkItems WHERE [System.Title] = 'x", /is not understood/],
    [undefined, /a query is expected/],
  ])('refuses %s', async (query, message) => {
    const response = await ask(query);
    expect([response.status, (await refusal(response)).message]).toEqual([
      400,
      expect.stringMatching(message),
    ]);
  });
});
