import { createCliStage } from '../../../../helpers/cli';
import { startMcp } from '../../../../helpers/mcp';

const stage = createCliStage();

/** Work item without attachments. */
const ITEM = 8;
const MAX_BYTES = 1_200;

interface List {
  readonly total: number;
  readonly files: readonly { readonly number: number; readonly name: string; readonly comment?: string }[];
  readonly next?: number;
}

/** Adds attachments to the work item on the server. */
function attach(names: readonly string[], comment = ''): void {
  const { store, restBaseUrl } = stage.emulator();
  const relations = store.workItem(ITEM).relations as object[];
  for (const [index, name] of names.entries())
    relations.push({
      rel: 'AttachedFile',
      url: `${restBaseUrl}/_apis/wit/attachments/00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      attributes: { name, comment, resourceSize: 123_456_789, id: index + 1 },
    });
}

async function listAll(): Promise<{ readonly lists: readonly List[]; readonly sizes: readonly number[] }> {
  const { call, close, lines } = await startMcp(stage);
  const lists: List[] = [];
  const first = lines.length;
  for (let next: number | undefined = 1; next !== undefined;) {
    const { value } = await call('list_files', { item: ITEM, next });
    lists.push(value as List);
    next = lists.at(-1)?.next;
  }
  await close();
  return { lists, sizes: lines.slice(first).map((line) => Buffer.byteLength(line)) };
}

test.each([
  ['short names', 'a.png', '', 15],
  ['emoji names', `${'😀'.repeat(125)}.png`, '', 5],
  ['quotes and control characters', `${'"\\\u0001\u202e'.repeat(60)}.png`, '', 3],
  ['long comments', `${'é'.repeat(250)}.png`, '💥'.repeat(127), 3],
])(
  'list_files lists 100 attachments with %s in answers of at most 1,200 bytes',
  async (_, name, comment, min) => {
    attach(
      Array.from({ length: 100 }, (_unused, index) => `${index} ${name}`),
      comment,
    );
    const { lists, sizes } = await listAll();
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_BYTES);
    expect(lists[0]?.files.length).toBeGreaterThanOrEqual(min);
    expect(lists[0]?.total).toBe(100);
    const files = lists.flatMap((list) => list.files);
    expect(files.map(({ number }) => number)).toEqual(
      Array.from({ length: 100 }, (_unused, index) => index + 1),
    );
    for (const file of files) {
      expect(file.name.endsWith('.png')).toBe(true);
      expect(file.name).not.toMatch(/[\u0000-\u001f\u202e]/);
    }
  },
);

test('list_files lists a work item without attachments', async () => {
  expect((await listAll()).lists).toEqual([{ total: 0, files: [] }]);
});
