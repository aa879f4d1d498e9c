import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { distributeFiles } from '../../src/rest/generated/distribution';
import { GeneratedFiles } from '../../src/rest/generated/generated-files';
import { hashContent, readContent } from '../../src/rest/generated/generated-content';
import { attachmentCount } from '../../src/rest/relations-on-demand';
import { seedMany } from '../../src/rest/seed-many';
import { Store } from '../../src/rest/store';
import type { Emulator } from '../../src/running-emulator';
import { patch, send, start } from './client';

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test.each([
  [100_000, 300_000],
  [100, 1],
  [100, 33],
  [3, 120],
  [40, 0],
  [7, 100],
])('%d work items share exactly %d files, 1 to 40 each', (items, files) => {
  const counts = [...distributeFiles(items, files)];
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(files);
  expect(Math.max(...counts)).toBeLessThanOrEqual(40);
  const carriers = counts.filter((count) => count > 0).length;
  expect(carriers).toBeLessThanOrEqual(Math.max(Math.ceil(items / 3), Math.ceil(files / 40)));
});

test('too many files for the work items are refused', () => {
  expect(() => distributeFiles(10, 401)).toThrow('401 files need at least 11 more work items.');
});

describe('GeneratedFiles', () => {
  const files = new GeneratedFiles({ items: 3_000, files: 9_000 });
  const all = Array.from({ length: 3_000 }, (_, item) =>
    Array.from({ length: files.countOf(item) }, (_unused, index) => files.file(item, index)),
  ).flat();

  test('are the same each time, each with an id of its own', () => {
    const again = new GeneratedFiles({ items: 3_000, files: 9_000 });
    expect(again.file(0, 0)).toEqual(files.file(0, 0));
    expect(new Set(all.map(({ id }) => id)).size).toBe(9_000);
    const { id, name, bytes } = all[500]!;
    expect(files.attachment(id, () => '2026-01-01')).toMatchObject({ id, fileName: name, bytes });
    expect(files.attachment('5eedffff-f11e-4000-8000-000000000000', () => '')).toBeUndefined();
  });

  test('have about 8 % true duplicates, and others with the same size', () => {
    const contents = new Set(all.map(({ seed, bytes }) => `${seed}/${bytes}`));
    expect((all.length - contents.size) / all.length).toBeCloseTo(0.08, 1);
    const sizes = new Set(all.map(({ bytes }) => bytes));
    expect(sizes.size).toBeLessThan(contents.size - 200);
  });

  test('have names and sizes by type, none above 60 MB', () => {
    for (const { name, bytes, kind } of all) {
      expect(name.endsWith(`.${kind.extension}`)).toBe(true);
      expect(bytes >= kind.range[0] && bytes <= kind.range[1]).toBe(true);
      expect(bytes).toBeLessThanOrEqual(60 * 2 ** 20);
    }
  });

  test('have equal bytes only if they are duplicates', () => {
    const [one, other] = all.filter(({ bytes }) => bytes < 100_000);
    expect(hashContent(one!)).toBe(hashContent({ ...one!, seed: one!.seed }));
    expect(hashContent({ ...one!, seed: other!.seed })).not.toBe(hashContent(one!));
  });

  test.each(['png', 'log', 'zip'])('of type %s can be read in parts', async (extension) => {
    const file = all.find(({ kind, bytes }) => kind.extension === extension && bytes > 140_000)!;
    const whole = await bytesOf(readContent(file));
    expect(whole).toHaveLength(file.bytes);
    expect(createHash('sha256').update(whole).digest('hex')).toBe(hashContent(file));
    for (const [start, end] of [
      [0, 9],
      [65_530, 65_545],
      [131_072, file.bytes - 1],
      [file.bytes - 1, file.bytes - 1],
    ] as const) {
      const part = await bytesOf(readContent(file, { start, end }));
      expect(part.equals(whole.subarray(start, end + 1))).toBe(true);
    }
  });
});

test('100,000 work items with 300,000 files are there in seconds, with little memory', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-files-'));
  const store = new Store('services', folder);
  const before = process.memoryUsage().heapUsed;
  const began = process.cpuUsage();
  seedMany(store, 100_000, { files: 300_000, baseUrl: 'http://emulator.test/fabrikam/' });
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1_000_000).toBeLessThan(10);
  expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(400);
  const counts = store.workItemIds.map((id) => attachmentCount(store.workItem(id)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(300_000);
  await rm(folder, { recursive: true });
});

describe('Emulator with generated files', () => {
  let emulator: Emulator;
  beforeAll(async () => void (emulator = await start({ items: 300, files: 600 })));
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());

  const relationsOf = (id: number) => emulator.store.workItem(id).relations;
  const idIn = ({ url }: { url: string }) => url.slice(-36);
  const rangeOf = (id: string, range: string) =>
    send(emulator, `_apis/wit/attachments/${id}`, { headers: { Range: range } });

  test('sends their bytes, and parts of them', async () => {
    const { relations } = emulator.store.workItem(1001);
    const [relation] = relations;
    const id = idIn(relation!);
    const response = await send(emulator, `_apis/wit/attachments/${id}?fileName=a.bin`);
    const body = Buffer.from(await response.arrayBuffer());
    expect(body).toHaveLength(Number(relation!.attributes['resourceSize']));
    expect(createHash('sha256').update(body).digest('hex')).toBe(emulator.store.attachment(id)!.sha256);
    emulator.store.assumptions.downloadRange = 'part';
    const part = await rangeOf(id, 'bytes=10-19');
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(body.subarray(10, 20))).toBe(true);
  });

  test('shows some of the images in the descriptions', () => {
    const texts = emulator.store.workItemIds
      .filter((id) => id > 1000)
      .flatMap((id) => emulator.store.workItem(id).fields['System.Description'] ?? []);
    expect(texts.length).toBeGreaterThan(5);
    expect(texts[0]).toContain(`<img src="${emulator.restBaseUrl}`);
    const named = texts.map((text) => /[0-9a-f-]{36}(?=\?)/.exec(text as string)![0]);
    expect(named.filter((id) => emulator.store.isGone(id))).toEqual([]);
  });

  test('keeps a history with the same relations after a change', async () => {
    const count = emulator.store.workItem(1001).relations.length;
    await patch(emulator, 1001, [{ op: 'remove', path: '/relations/0' }]);
    expect(emulator.store.workItem(1001).relations).toHaveLength(count - 1);
    const response = await send(emulator, '_apis/wit/workitems/1001/updates');
    const { value } = (await response.json()) as {
      value: { relations?: Record<string, { attributes: object }[]> }[];
    };
    const changes = value.map(({ relations = {} }) =>
      Object.fromEntries(Object.entries(relations).map(([kind, list]) => [kind, list.length])),
    );
    expect(changes).toEqual([{}, { added: count }, { removed: 1 }]);
  });

  test('does not change a work item that is saved as it is', () => {
    const { rev } = emulator.store.workItem(1001);
    emulator.store.save({ ...emulator.store.workItem(1001) });
    expect(emulator.store.workItem(1001).rev).toBe(rev);
    expect(emulator.store.updates(1001)).toHaveLength(2);
  });

  test('purges a removed one after 28 days, and no other', async () => {
    const richId = emulator.store.workItemIds.find((id) => id > 1000 && relationsOf(id).length > 1)!;
    const [removed, kept] = relationsOf(richId).map(idIn);
    await patch(emulator, richId, [{ op: 'remove', path: '/relations/0' }]);
    emulator.store.clock.advance(28);
    expect([removed, kept].map((id) => emulator.store.isGone(id!))).toEqual([true, false]);
  });
});

test('a data folder restores generated files', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'emulator-files-'));
  const first = await start({ items: 30, files: 60, dataFolder });
  const relations = structuredClone(first.store.workItem(1001).relations);
  await first.close();
  const second = await start({ dataFolder });
  expect(second.store.workItem(1001).relations).toEqual(relations);
  const id = relations[0]!.url.slice(-36);
  expect((await send(second, `_apis/wit/attachments/${id}?fileName=a`)).status).toBe(200);
  await second.close();
  await rm(dataFolder, { recursive: true });
});
