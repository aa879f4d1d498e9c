import type { Emulator } from '../../src/running-emulator';
import { refusal, send, start } from './client';

let emulator: Emulator;

beforeAll(async () => void (emulator = await start()));
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

interface Deleted {
  id: number;
  url: string;
  name?: string;
  deletedBy?: string;
}

const bin = 'Fabrikam/_apis/wit/recyclebin';

async function list(query = ''): Promise<Deleted[]> {
  const response = await send(emulator, bin + query);
  expect(response.status).toBe(200);
  return ((await response.json()) as { value: Deleted[] }).value;
}

const remove = (id: number, query = '') =>
  send(emulator, `_apis/wit/workitems/${id}${query}`, { method: 'DELETE' });

const putBack = (id: number, body: object = { isDeleted: false }) =>
  send(emulator, `${bin}/${id}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

test('the recycle bin lists ids and addresses of deleted work items', async () => {
  expect(await list()).toEqual([]);
  await remove(9);
  await remove(8);
  expect((await list()).map(({ id }) => id)).toEqual([9, 8]);
  expect(Object.keys((await list())[0]!)).toEqual(['id', 'url']);
});

test('the recycle bin tells names and times of the asked work items', async () => {
  await remove(8);
  expect(await list('?ids=8')).toEqual([
    expect.objectContaining({ id: 8, type: 'Bug', deletedBy: 'Jamal Hartnett <fabrikamfiber4@hotmail.com>' }),
  ]);
  expect((await send(emulator, `${bin}?ids=8,9`)).status).toBe(404);
  expect((await send(emulator, `${bin}?ids=x`)).status).toBe(400);
});

test('a restored work item has its files, a new revision and its old id', async () => {
  const before = emulator.store.workItem(7);
  await remove(7);
  expect((await send(emulator, '_apis/wit/workitems/7')).status).toBe(404);
  expect((await putBack(7)).status).toBe(200);
  const after = emulator.store.workItem(7);
  const filesOf = ({ relations }: typeof after) => relations.filter(({ rel }) => rel === 'AttachedFile');
  expect(filesOf(after)).toEqual(filesOf(before));
  expect(after.rev).toBe(before.rev + 1);
  expect(await list()).toEqual([]);
});

test('the recycle bin refuses to restore others, and anything else than a restoration', async () => {
  const unknown = await putBack(8);
  expect([unknown.status, (await refusal(unknown)).message]).toEqual([404, expect.stringContaining('8')]);
  await remove(8);
  expect((await putBack(8, { isDeleted: true })).status).toBe(400);
});

test('a destroyed work item is not in the recycle bin', async () => {
  await remove(8, '?destroy=true');
  expect(await list()).toEqual([]);
});

test('the types of a project have states with categories', async () => {
  const response = await send(emulator, 'Fabrikam/_apis/wit/workitemtypes');
  const { value } = (await response.json()) as { value: { name: string }[] };
  expect(value.find(({ name }) => name === 'User Story')).toMatchObject({
    referenceName: 'Microsoft.VSTS.WorkItemTypes.UserStory',
    states: expect.arrayContaining([{ name: 'Closed', color: '339933', category: 'Completed' }]) as unknown,
  });
});

test('the states of a type have categories', async () => {
  const response = await send(emulator, 'Fabrikam/_apis/wit/workitemtypes/Bug/states');
  const { value } = (await response.json()) as { value: { name: string; category: string }[] };
  expect(value.map(({ name, category }) => [name, category])).toEqual([
    ['New', 'Proposed'],
    ['Active', 'InProgress'],
    ['Resolved', 'Resolved'],
    ['Closed', 'Completed'],
  ]);
  expect((await send(emulator, 'Fabrikam/_apis/wit/workitemtypes/Ship/states')).status).toBe(404);
});

describe('An area without rights', () => {
  const query =
    "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = 'Fabrikam' ORDER BY [System.Id]";
  const json = { 'Content-Type': 'application/json' };

  async function found(): Promise<number[]> {
    const response = await send(emulator, '_apis/wit/wiql', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ query }),
    });
    return ((await response.json()) as { workItems: { id: number }[] }).workItems.map(({ id }) => id);
  }

  const batch = (errorPolicy: string) =>
    send(emulator, '_apis/wit/workitemsbatch', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ ids: [7, 8], fields: ['System.Id'], errorPolicy }),
    });

  beforeEach(() => {
    const item = emulator.store.workItem(8);
    emulator.store.save({ ...item, fields: { ...item.fields, 'System.AreaPath': 'Fabrikam\\Secret\\Deep' } });
    emulator.store.hiddenAreas.add('fabrikam\\secret');
  });

  test('is left out of queries, and null in batches that omit', async () => {
    expect(await found()).toEqual(emulator.store.workItemIds.filter((id) => id !== 8));
    const { value } = (await (await batch('omit')).json()) as { value: ({ id: number } | null)[] };
    expect(value.map((item) => item?.id ?? null)).toEqual([7, null]);
    expect((await batch('fail')).status).toBe(404);
  });

  test.each(['', '/updates', '/revisions'])('hides the work item at %j', async (path) => {
    const response = await send(emulator, `_apis/wit/workitems/8${path}`);
    expect([response.status, (await refusal(response)).message]).toEqual([
      404,
      expect.stringContaining('TF401232'),
    ]);
  });

  test('hides deleted work items', async () => {
    emulator.store.remove(8);
    expect(await list()).toEqual([]);
    expect((await putBack(8)).status).toBe(404);
    emulator.store.hiddenAreas.clear();
    expect((await list()).map(({ id }) => id)).toEqual([8]);
  });

  test('cannot be changed', async () => {
    expect((await remove(8)).status).toBe(404);
    expect(emulator.store.has(8)).toBe(true);
  });

  test('does not hide areas of a similar name', async () => {
    emulator.store.hiddenAreas.clear();
    emulator.store.hiddenAreas.add('Fabrikam\\Sec');
    expect(await found()).toContain(8);
  });
});
