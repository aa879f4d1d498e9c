import fc from 'fast-check';
import { selectionIn } from '../../../../src/entries/bulk-action/selection';

/** A function from the host; returns a promise across frames. */
const proxy = () => Promise.resolve();

/** Context of each menu (host reference 2.2). */
const places: readonly [place: string, context: unknown, ids: readonly number[]][] = [
  [
    'query results, several rows',
    {
      ids: [9, 7, 8],
      workItemIds: [9, 7, 8],
      workItemTypeNames: ['Bug', 'Bug', 'Task'],
      workItemProjects: ['Fabrikam'],
      query: { id: 'b2f1c5d4-3a52-4e0b-8a0e-6d1f3f2f9a10' },
      columns: [{ name: 'System.Id' }],
      rows: [[9, 'Bug']],
      hideDelete: false,
      tfsContext: {},
    },
    [9, 7, 8],
  ],
  [
    'query results, a single row of Services',
    { ids: [7], workItemIds: [7], workItemId: 7, workItemTypeNames: ['Bug'], rows: [] },
    [7],
  ],
  [
    'query results, rows that were read alone',
    { ids: [1, 2, 3], workItemIds: [1, 2, 3], rows: [[4]] },
    [1, 2, 3],
  ],
  ['query toolbar', { query: {}, queryText: 'SELECT …', workItemIds: [8, 12] }, [8, 12]],
  ['backlog', { workItemIds: [12, 15], team: { id: 'p', name: 'Fabrikam Team' } }, [12, 15]],
  ['backlog with rows that are no work items', { workItemIds: [-1, 12, -2, 15] }, [12, 15]],
  ['board card', { id: 7, workItemType: 'Bug', team: { id: 'p', name: 'Fabrikam Team' } }, [7]],
  ['taskboard card', { id: 15, workItemType: 'Task', team: { id: 'p' } }, [15]],
  ['plan card', { id: 12, workItemType: 'User Story' }, [12]],
  [
    'form',
    {
      workItemId: 7,
      workItemTypeName: 'Bug',
      workItemAvailable: true,
      workItemDirty: false,
      currentProjectName: 'Fabrikam',
      currentProjectGuid: 'd291',
      closeHostDialog: proxy,
    },
    [7],
  ],
];

test.each(places)('selectionIn reads the work items of the %s', (_, context, ids) => {
  expect(selectionIn(context)).toEqual({ kind: 'work-items', ids });
});

describe('selectionIn: ids', () => {
  test.each<[string, unknown, number[]]>([
    ['as texts', { workItemIds: ['8', '12'] }, [8, 12]],
    ['as one number for a list', { workItemIds: 8 }, [8]],
    ['as a list for one number', { id: ['8'] }, [8]],
    [
      'from all names together, each once',
      { id: 3, workItemId: '2', ids: [1, 2], workItemIds: [1, 4] },
      [1, 2, 4, 3],
    ],
    ['in the order of the list, whichever is named alone', { workItemId: 9, workItemIds: [8, 9] }, [8, 9]],
  ])('are read %s', (_, context, ids) => {
    expect(selectionIn(context)).toEqual({ kind: 'work-items', ids });
  });
});

test.each<[string, unknown]>([
  ['0', { workItemId: 0, workItemTypeName: 'Bug', closeHostDialog: proxy }],
  ['negative', { workItemId: -3, workItemTypeName: 'Bug' }],
  ['a text', { workItemId: '0' }],
  ['in a list as well', { workItemId: 0, workItemIds: [0] }],
  ['that of a card', { id: -1, workItemType: 'Bug' }],
])('selectionIn recognizes a new work item with the id %s', (_, context) => {
  expect(selectionIn(context)).toEqual({ kind: 'unsaved' });
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', '7'],
  ['a number', 7],
  ['a function', proxy],
  ['an empty object', {}],
  ['a list, as the test hubs tell it', [{ testCaseId: 7 }]],
  ['another thing, as the test hubs tell it', { suite: { id: 7 } }],
  ['an empty selection', { query: {}, queryText: '', workItemIds: [] }],
  ['rows that are no work items', { workItemIds: [-1, -2], team: {} }],
  ['rows alone', { rows: [[7, 'Bug']] }],
  ['functions', { id: proxy, ids: [proxy], workItemId: proxy, workItemIds: proxy }],
  ['the id of a query', { id: 'b2f1c5d4-3a52-4e0b-8a0e-6d1f3f2f9a10' }],
  [
    'no whole numbers',
    { ids: [1.5, NaN, Infinity, '1.5', '1e3', '0x10', ' ', '', '٣', 2 ** 53, true, null, [7]] },
  ],
])('selectionIn returns nothing for %s', (_, context) => {
  expect(selectionIn(context)).toEqual({ kind: 'nothing' });
});

test('selectionIn reads ten thousand items quickly', () => {
  const workItemIds = Array.from({ length: 10_000 }, (_, index) => index + 1);
  expect(selectionIn({ ids: workItemIds, workItemIds })).toEqual({ kind: 'work-items', ids: workItemIds });
});

const anyNumber = fc.oneof(fc.integer({ min: -5, max: 30 }), fc.integer(), fc.double());
const anyId = fc.oneof(anyNumber, anyNumber.map(String), fc.string(), fc.anything(), fc.constant(proxy));
const anyContext = fc.record(
  {
    ids: fc.oneof(fc.array(anyId), anyId),
    workItemIds: fc.oneof(fc.array(anyId), anyId),
    workItemId: anyId,
    id: anyId,
    rows: fc.anything(),
  },
  { requiredKeys: [] },
);

test('selectionIn returns positive integers without duplicates for any context', () => {
  fc.assert(
    fc.property(fc.oneof({ weight: 4, arbitrary: anyContext }, fc.anything()), (context) => {
      const selection = selectionIn(context);
      if (selection.kind !== 'work-items') return;
      const { ids } = selection;
      expect(ids.length).toBeGreaterThan(0);
      expect(ids.filter((id) => !Number.isSafeInteger(id) || id <= 0)).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test('selectionIn returns every id of a list in order, with any other members', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { minLength: 1 });
  const before = fc.array(fc.constantFrom(0, -1, null, proxy, 'x'), { maxLength: 2 });
  const rows = ids.chain((wanted) => fc.tuple(...wanted.map((id) => fc.tuple(fc.constant(id), before))));
  fc.assert(
    fc.property(rows, fc.boolean(), fc.constantFrom('ids', 'workItemIds'), (given, areTexts, name) => {
      const wanted = given.map(([id]) => id);
      const list = given.flatMap(([id, others]) => [...others, areTexts ? String(id) : id]);
      const context = { [name]: [...list, ...list], query: {} };
      expect(selectionIn(context)).toEqual({ kind: 'work-items', ids: wanted });
    }),
  );
});
