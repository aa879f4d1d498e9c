import { createHash } from 'node:crypto';
import type { Emulator } from 'azure-devops-emulator';
import { unzipSync } from 'fflate';
import type { WorkItem } from '../../../../src/azure/work-item';
import { browserRuntime } from '../../../../src/base/runtime';
import type { HttpStack } from '../../../../src/azure/rest/http-stack';
import type { ExportJob, ExportState } from '../../../../src/gallery/export/export-job';
import { createExportJob } from '../../../../src/gallery/export/export-job';
import type { PageExport } from '../../../../src/gallery/export/plan-export';
import type { FrameServices } from '../../../../src/upload/frame-services';
import { createFrameServices } from '../../../../src/upload/frame-services';
import { start } from '../../../../packages/emulator/test/unit/client';
import { nodeStack } from '../../check/run';
import { attachParts, detachParts, splitInto } from '../../../helpers/split';

/** Has images in its description. */
const PASTED = 9;
const TASK = 15;
const GIB = 1024 ** 3;

let emulator: Emulator;

beforeEach(async () => {
  missing.clear();
  emulator = await start();
});
afterEach(() => emulator.close());

interface Saved {
  readonly name: string;
  readonly entries: Readonly<Record<string, string>>;
}

/** Attachments that the server does not find. */
const missing = new Set<string>();

const stack: HttpStack = {
  send: (request) =>
    [...missing].some((id) => request.url.includes(`attachments/${id}`))
      ? Promise.resolve({ status: 404, text: '{}', header: () => 'application/json' })
      : nodeStack.send(request),
};

/** A job on the emulator. `changeItem` changes work items as they are read. */
function createTestJob(changeItem = (item: WorkItem): WorkItem => item) {
  const host = {
    getToken: () => Promise.resolve(emulator.issueToken()),
    getBaseUrl: () => Promise.resolve(emulator.restBaseUrl),
  };
  const services = createFrameServices({ host, stack, runtime: browserRuntime });
  const manyWorkItems: FrameServices['manyWorkItems'] = {
    ...services.manyWorkItems,
    async readMany(...order) {
      const found = await services.manyWorkItems.readMany(...order);
      return new Map([...found].map(([id, item]) => [id, changeItem(item)]));
    },
  };
  const saving: Promise<Saved>[] = [];
  const job = createExportJob({
    services: { ...services, manyWorkItems },
    save: (bytes, name) => saving.push(unpack(bytes, name)),
  });
  return { job, saved: () => Promise.all(saving) };
}

async function unpack(bytes: Blob, name: string): Promise<Saved> {
  const entries = Object.entries(unzipSync(new Uint8Array(await bytes.arrayBuffer())));
  return {
    name,
    entries: Object.fromEntries(entries.map(([path, data]) => [path, Buffer.from(data).toString('latin1')])),
  };
}

function attach(workItemId: number, ...names: readonly string[]): readonly string[] {
  const files = names.map((name) => ({ name, content: Buffer.from(`${name} of ${workItemId}`) }));
  emulator.store.attach(workItemId, files);
  const { relations } = emulator.store.workItem(workItemId);
  return relations.flatMap(({ rel, url }) => (rel === 'AttachedFile' ? [url.split('/').at(-1)!] : []));
}

function order(chosen: PageExport['chosen'], rest: Partial<PageExport> = {}): PageExport {
  return { chosen, layout: 'folders', include: new Set(), ...rest };
}

/** Resolves with the state when the job rests. */
function rest(job: ExportJob): Promise<ExportState> {
  return new Promise((resolve) => {
    const look = (): void => {
      const state = job.getSnapshot();
      if (state.status === 'planning' || state.status === 'packing') return;
      unsubscribe();
      resolve(state);
    };
    const unsubscribe = job.subscribe(look, 'at-once');
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'latin1')).digest('hex');
}

test('ExportJob packs the chosen attachments by work item, with a manifest and checksums', async () => {
  const [first] = attach(TASK, 'a.txt', 'b.txt');
  attach(8, 'a.txt');
  const { job, saved } = createTestJob();
  job.start(
    order(
      new Map<number, ReadonlySet<string> | 'all'>([
        [TASK, new Set([first!])],
        [8, 'all'],
      ]),
    ),
    'Fabrikam',
  );
  expect(await rest(job)).toEqual({ status: 'done', files: 2, bytes: 21, notExported: [] });
  const [archive] = await saved();
  expect(archive!.name).toBe('Fabrikam attachments.zip');
  const paths = Object.keys(archive!.entries);
  expect(paths).toEqual([
    expect.stringMatching(/^Task 15 .*\/a\.txt$/),
    expect.stringMatching(/^Bug 8 .*\/a\.txt$/),
    'manifest.csv',
    'SHA256SUMS',
  ]);
  expect(archive!.entries[paths[0]!]).toBe('a.txt of 15');
  const sums = archive!.entries['SHA256SUMS']!.trim().split('\n');
  expect(sums).toEqual(paths.slice(0, 3).map((path) => `${sha256(archive!.entries[path]!)}  ${path}`));
  expect(archive!.entries['manifest.csv']!.trim().split('\r\n')[1]).toContain(
    `15,${paths[0]},a.txt,,${first},11,${sha256('a.txt of 15')},`,
  );
});

test('ExportJob puts all files into one folder, with images of texts, comments and removed files', async () => {
  attach(PASTED, 'gone.txt');
  const item = emulator.store.workItem(PASTED);
  const at = item.relations.findIndex(({ rel }) => rel === 'AttachedFile');
  const services = createTestJob();
  await fetch(`${emulator.restBaseUrl}_apis/wit/workitems/${PASTED}?api-version=7.1`, {
    method: 'PATCH',
    headers: {
      Authorization: `Bearer ${emulator.issueToken()}`,
      'Content-Type': 'application/json-patch+json',
    },
    body: JSON.stringify([{ op: 'remove', path: `/relations/${at}` }]),
  });
  const include = new Set(['inline', 'comments', 'removed'] as const);
  services.job.start(order(new Map([[PASTED, 'all']]), { layout: 'flat', include }), 'Fabrikam');
  const state = await rest(services.job);
  const [archive] = await services.saved();
  const paths = Object.keys(archive!.entries);
  expect(paths).toContain('9 search box.png');
  expect(paths).toContain('9 gone.txt');
  expect(paths.some((path) => path.includes('/'))).toBe(false);
  // Images of other servers are named, not read.
  expect(state).toMatchObject({ status: 'done' });
  const { notExported } = state as Extract<ExportState, { status: 'done' }>;
  expect(notExported.map(({ problem }) => problem.kind)).toContain('elsewhere');
});

test('ExportJob packs a large export in archives, one for each request, with one manifest for all', async () => {
  attach(TASK, 'a.bin', 'b.bin', 'c.bin');
  const { job, saved } = createTestJob((item) => ({
    ...item,
    relations: item.relations.map((relation) => ({
      ...relation,
      attributes: { ...relation.attributes, resourceSize: GIB },
    })),
  }));
  job.start(order(new Map([[TASK, 'all']])), 'Fabrikam');
  for (const volume of [1, 2, 3]) {
    expect(await rest(job)).toMatchObject({ status: 'waiting', volume, volumes: 3, bytes: GIB });
    job.next();
  }
  expect(await rest(job)).toMatchObject({ status: 'done', files: 3, notExported: [] });
  const archives = await saved();
  expect(archives.map(({ name }) => name)).toEqual(
    [1, 2, 3].map((volume) => `Fabrikam attachments ${volume} of 3.zip`),
  );
  const all = Object.fromEntries(archives.flatMap(({ entries }) => Object.entries(entries)));
  const sums = all['SHA256SUMS']!.trim().split('\n');
  expect(sums).toHaveLength(4);
  for (const line of sums) expect(line).toBe(`${sha256(all[line.slice(66)]!)}  ${line.slice(66)}`);
});

test('ExportJob names files and work items that cannot be read, and packs the rest', async () => {
  const [first] = attach(TASK, 'a.txt', 'b.txt');
  missing.add(first!);
  const { job, saved } = createTestJob();
  job.start(
    order(
      new Map<number, 'all'>([
        [TASK, 'all'],
        [999_999, 'all'],
      ]),
    ),
    'Fabrikam',
  );
  expect(await rest(job)).toEqual({
    status: 'done',
    files: 1,
    bytes: 11,
    notExported: [
      expect.objectContaining({ workItemId: 999_999, problem: { kind: 'work-item-missing' } }),
      expect.objectContaining({ workItemId: TASK, name: 'a.txt' }),
    ],
  });
  expect((await saved())[0]!.entries['manifest.csv']).not.toContain('a.txt');
});

test('ExportJob names chosen attachments that are not there any more', async () => {
  const [first] = attach(TASK, 'a.txt');
  const { job } = createTestJob();
  job.start(order(new Map([[TASK, new Set([first!, 'ffffffff-0000-4000-8000-000000000001'])]])), 'Fabrikam');
  expect(await rest(job)).toMatchObject({
    ...{ status: 'done', files: 1 },
    notExported: [{ workItemId: TASK, name: '', problem: { kind: 'not-attached' } }],
  });
});

test('ExportJob repeats the step that failed', async () => {
  const [first] = attach(TASK, 'a.txt');
  missing.add(first!);
  const { job, saved } = createTestJob();
  job.start(order(new Map([[TASK, 'all']])), 'Fabrikam');
  expect(await rest(job)).toMatchObject({ status: 'failed' });
  expect(await saved()).toEqual([]);
  missing.clear();
  job.retry();
  expect(await rest(job)).toMatchObject({ status: 'done', files: 1 });
});

test('ExportJob saves nothing after it was canceled', async () => {
  attach(TASK, 'a.txt');
  const { job, saved } = createTestJob();
  job.start(order(new Map([[TASK, 'all']])), 'Fabrikam');
  job.cancel();
  expect(job.getSnapshot()).toEqual({ status: 'idle' });
  job.start(order(new Map([[TASK, 'all']])), 'Fabrikam');
  expect(await rest(job)).toMatchObject({ status: 'done' });
  expect(await saved()).toHaveLength(1);
});

test('ExportJob joins a split file; of one with a missing part, it saves the others', async () => {
  attachParts(emulator, TASK, splitInto('night.log', Buffer.from('abcdefghij'), 4, 'of the night'));
  attachParts(emulator, 8, splitInto('day.log', Buffer.from('0123456789'), 4));
  detachParts(emulator, 8, 'day.log.002');
  const { job, saved } = createTestJob();
  job.start(
    order(
      new Map<number, 'all'>([
        [TASK, 'all'],
        [8, 'all'],
      ]),
      { layout: 'flat' },
    ),
    'Fabrikam',
  );
  const state = await rest(job);
  expect(state).toMatchObject({
    ...{ status: 'done', files: 3 },
    notExported: [{ workItemId: 8, name: 'day.log', problem: { kind: 'split-incomplete', parts: [2] } }],
  });
  const [zip] = await saved();
  const { 'manifest.csv': manifest = '', SHA256SUMS: sums = '', ...files } = zip!.entries;
  expect(files).toEqual({
    [`${TASK} night.log`]: 'abcdefghij',
    '8 day.log.001': '0123',
    '8 day.log.003': '89',
  });
  const [, row] = manifest.split('\r\n');
  expect(row).toMatch(new RegExp(`^${TASK},${TASK} night\\.log,night\\.log,of the night,[0-9a-f-]{36},10,`));
  expect(row).toContain(sha256('abcdefghij'));
  expect(sums).toContain(`${sha256('abcdefghij')}  ${TASK} night.log\n`);
});
