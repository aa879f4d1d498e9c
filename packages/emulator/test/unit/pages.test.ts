import type { EmulatorConfig } from '../../src/contract';
import { columnsOf } from '../../src/host/page/pages/board-columns';
import {
  backlogContext,
  cardContext,
  planCardContext,
  queryRowContext,
  queryToolbarContext,
} from '../../src/host/page/pages/contexts';
import { placeIn, placePath, workItemIdIn, type Place } from '../../src/host/page/routing';
import type { WorkItem } from '../../src/host/page/work-item';
import { WorkItemPages } from '../../src/host/page/work-item-pages';
import { bug } from './host-board';

const config = {
  mode: 'services',
  organization: { name: 'fabrikam' },
  project: { id: 'p', name: 'Fabrikam' },
} as EmulatorConfig;

describe('addresses', () => {
  test.each<[string, Place]>([
    ['/', { page: 'work-items' }],
    ['/fabrikam/Fabrikam/_queries/query/b2f1c5d4-3a52-4e0b-8a0e-6d1f3f2f9a10/', { page: 'query' }],
    ['/fabrikam/Fabrikam/_boards/board/t/Fabrikam%20Team/Stories', { page: 'board' }],
    ['/fabrikam/Fabrikam/_backlogs/backlog/Fabrikam%20Team/Stories', { page: 'backlog' }],
    ['/fabrikam/Fabrikam/_sprints/taskboard/Fabrikam%20Team/Sprint%201', { page: 'sprint' }],
    ['/fabrikam/Fabrikam/_deliveryplans/plan/5154bb58-9d41-4a48-a7f7-0f2a5b6f8f0c', { page: 'plan' }],
    ['/fabrikam/Fabrikam/_settings/', { page: 'settings' }],
    ['/fabrikam/Fabrikam/_settings/stapler.stapler.hub', { page: 'settings', hub: 'stapler.stapler.hub' }],
    ['/fabrikam/Fabrikam/_apps/hub/stapler.stapler.hub', { page: 'hub', hub: 'stapler.stapler.hub' }],
  ])('%s', (path, place) => {
    expect(placePath(config, place)).toBe(path);
    expect(placeIn({ pathname: path })).toEqual(place);
  });

  test('map a work item to the page of work items', () => {
    const address = { pathname: '/tfs/DefaultCollection/Fabrikam/_workitems/edit/7', search: '' };
    expect(placeIn(address)).toEqual({ page: 'work-items' });
    expect(workItemIdIn(address)).toBe(7);
  });
});

describe('contexts of actions', () => {
  const task: WorkItem = {
    id: 15,
    rev: 1,
    fields: { 'System.WorkItemType': 'Task', 'System.State': 'To Do' },
  };
  const read = new Map([bug(7), bug(9), task].map((item) => [item.id, item]));

  test('have both ids for a single row on Services', () => {
    expect(queryRowContext(config, [7], read)).toMatchObject({ workItemId: 7, workItemIds: [7], ids: [7] });
    expect(queryRowContext(config, [7, 9], read)).not.toHaveProperty('workItemId');
    expect(queryRowContext({ ...config, mode: 'server' }, [7], read)).not.toHaveProperty('workItemId');
  });

  test('have all ids, but only loaded rows', () => {
    const context = queryRowContext(config, [7, 8, 9], read);
    expect(context).toMatchObject({
      workItemIds: [7, 8, 9],
      rows: [7, 9].map((id) => [id, 'Bug', `Bug number ${id}`, '', '']),
    });
  });

  test('name each type once on Services, and one per row on Server', () => {
    const types = (mode: EmulatorConfig['mode']) =>
      (queryRowContext({ ...config, mode }, [7, 9, 15], read) as { workItemTypeNames: string[] })
        .workItemTypeNames;
    expect(types('services')).toEqual(['Bug', 'Task']);
    expect(types('server')).toEqual(['Bug', 'Bug', 'Task']);
  });

  test('have query and selection on the toolbar, and the team on a card', () => {
    expect(queryToolbarContext(config, [7, 9])).toMatchObject({
      workItemIds: [7, 9],
      queryText: expect.stringContaining('FROM WorkItems') as string,
    });
    expect(cardContext(config, task)).toMatchObject({
      id: 15,
      workItemType: 'Task',
      team: { name: 'Fabrikam Team' },
    });
  });

  test('have the selection on a backlog, and no team on a card of a plan', () => {
    expect(backlogContext(config, [7, -1])).toMatchObject({
      workItemIds: [7, -1],
      team: { name: 'Fabrikam Team' },
    });
    expect(planCardContext(config, task)).toEqual({ id: 15, workItemType: 'Task' });
  });
});

test('cards are in the column of their state in every process', () => {
  const inState = (id: number, state: string): WorkItem => ({
    id,
    rev: 1,
    fields: { 'System.State': state },
  });
  const items = [inState(1, 'To Do'), inState(2, 'Done'), inState(3, 'New'), inState(4, 'In Test')];
  expect(columnsOf(items).map(({ name, items: cards }) => [name, cards.map(({ id }) => id)])).toEqual([
    ['New', [1, 3]],
    ['Active', [4]],
    ['Resolved', []],
    ['Closed', [2]],
  ]);
});

describe('WorkItemPages', () => {
  const many = Array.from({ length: 450 }, (_, index) => index + 1);

  function setUp(ids = many) {
    const list = jest.fn((wanted: readonly number[]) => Promise.resolve(wanted.map((id) => bug(id))));
    const pages = new WorkItemPages({ list });
    pages.start(ids);
    /** How many ids each request named, and the first of them. */
    const asked = () => list.mock.calls.map(([wanted]) => [wanted[0], wanted.length]);
    return { asked, list, pages };
  }

  test('loads visible items once, 200 at a time', async () => {
    const { asked, pages } = setUp();
    await pages.read(190, 210);
    await pages.read(0, 20);
    expect(asked()).toEqual([
      [1, 200],
      [201, 200],
    ]);
    expect(pages.state.items.size).toBe(400);
  });

  test('loads all items', async () => {
    const { asked, pages } = setUp();
    await pages.read(200, 200);
    await pages.readAll();
    expect(asked().map(([first]) => first)).toEqual([201, 1, 401]);
    expect(pages.state.items.size).toBe(450);
  });

  test('removes an item omitted by the service', async () => {
    const { list, pages } = setUp([7, 8, 9]);
    list.mockResolvedValueOnce([bug(7), bug(9)]);
    await pages.read(0, 0);
    expect(pages.state.ids).toEqual([7, 9]);
  });

  test('retries failed items', async () => {
    const { asked, list, pages } = setUp([7]);
    list.mockRejectedValueOnce(new Error('503'));
    await expect(pages.read(0, 0)).rejects.toThrow('503');
    await pages.read(0, 0);
    expect(asked()).toHaveLength(2);
    expect(pages.state.items.has(7)).toBe(true);
  });

  test('discards an answer for a restarted list', async () => {
    const { list, pages } = setUp([7]);
    let answer: (items: WorkItem[]) => void = () => undefined;
    list.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const reading = pages.read(0, 0);
    pages.start([8]);
    answer([bug(7)]);
    await reading;
    expect([...pages.state.items.keys()]).toEqual([]);
  });

  test('updates a saved item in its place', () => {
    const { pages } = setUp([7, 9]);
    pages.put(bug(8));
    pages.put(bug(8, 2));
    expect(pages.state.ids).toEqual([7, 8, 9]);
    expect(pages.state.items.get(8)?.rev).toBe(2);
  });
});
