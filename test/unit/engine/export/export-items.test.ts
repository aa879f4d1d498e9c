import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exportItems } from '../../../../src/engine/export/export-items';
import type { ExportOrder } from '../../../../src/engine/export/plan-files';
import type { ExportFault } from '../../../../src/engine/export/verify-export';
import { verifyExport } from '../../../../src/engine/export/verify-export';
import { createDeferred, rejectionOf } from '../../../helpers/deferred';
import type { FolderDeath } from '../../../helpers/dying-folder';
import { fillDisk, watchFolder } from '../../../helpers/dying-folder';
import { createEngineStage } from '../../../helpers/engine';

const stage = createEngineStage();

/** Work items without attachments. */
const ITEMS = [8, 9];

let runs = 0;

function attach(id: number, names: readonly string[]): void {
  stage.emulator().store.attach(
    id,
    names.map((name) => ({ name, content: Buffer.from(`${name} of ${id}`) })),
  );
}

function orderOf(folder: string): ExportOrder {
  return { workItemIds: ITEMS, folder, layout: 'folders', include: new Set() };
}

function newFolder(): string {
  return join(stage.folder, `export-${++runs}`);
}

async function faultsOf(folder: string): Promise<readonly ExportFault[]> {
  const faults: ExportFault[] = [];
  await verifyExport(folder, { onFault: (fault) => faults.push(fault) });
  return faults;
}

/** A lock of a process that is not running is ignored; this process is. */
function forgetProcess(folder: string): void {
  const state = join(folder, '.stapler');
  try {
    for (const name of readdirSync(state)) if (name.startsWith('lock-')) rmSync(join(state, name));
  } catch {
    // Killed before there was one.
  }
}

/** Creates a signal that ends the connections of a process. */
function createEnd() {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    end: async (): Promise<void> => {
      controller.abort();
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** Exports until the process is dead. Returns the number of its changes, or `undefined` if it survived. */
async function exportUntil(folder: string, death: FolderDeath): Promise<boolean> {
  const engine = await stage.open();
  const watched = await watchFolder(folder, death);
  const { signal, end } = createEnd();
  try {
    const ended = exportItems(engine, orderOf(folder), { signal }).then(() => 'over' as const);
    return (await Promise.race([ended, watched.died.then(() => 'dead' as const)])) === 'dead';
  } finally {
    await end();
    await watched.restore();
    forgetProcess(folder);
  }
}

test.each(['before', 'midway', 'after'] as const)(
  'an export that is killed %s any of its changes is continued, and has every file',
  async (when) => {
    attach(8, ['a.png', 'A.png']);
    attach(9, ['b.log']);
    let at = 1;
    for (; ; at++) {
      const folder = newFolder();
      if (!(await exportUntil(folder, { at, when }))) break;
      // Killed again in the continuation.
      await exportUntil(folder, { at: (at % 5) + 1, when });
      const totals = await exportItems(await stage.open(), orderOf(folder));
      expect([at, totals.failed, totals.saved + totals.alreadyThere]).toEqual([at, 0, 3]);
      expect([at, await faultsOf(folder)]).toEqual([at, []]);
      rmSync(folder, { recursive: true });
    }
    expect(at).toBeGreaterThan(25);
  },
);

test('exportItems ends with a sentence when the disk is full, and continues later', async () => {
  attach(8, ['a.png', 'b.log']);
  const folder = newFolder();
  const engine = await stage.open();
  const restore = await fillDisk();
  const error = await rejectionOf(exportItems(engine, orderOf(folder)));
  restore();
  expect((error as Error).message).toMatch(
    /^There is no space left in ".*"\. Make room and run the command again/,
  );
  expect(await exportItems(engine, orderOf(folder))).toMatchObject({ saved: 2, failed: 0 });
  expect(await faultsOf(folder)).toEqual([]);
});

test('exportItems refuses a folder that another export uses', async () => {
  attach(8, ['a.png']);
  const folder = newFolder();
  const engine = await stage.open();
  const { promise, resolve } = createDeferred<undefined>();
  const second = new Promise((done) =>
    stage.emulator().interfere('download', () => {
      done(rejectionOf(exportItems(engine, orderOf(folder))));
      return promise;
    }),
  );
  const first = exportItems(engine, orderOf(folder));
  const error = await second;
  resolve(undefined);
  await first;
  expect((error as Error).message).toMatch(/^Another export into ".*" is running\.$/);
});

test('exportItems writes the same manifest again when nothing is new', async () => {
  for (const id of ITEMS) attach(id, ['a.png', 'b.log', 'c.txt']);
  const folder = newFolder();
  const engine = await stage.open();
  await exportItems(engine, orderOf(folder));
  const read = (): string[] =>
    ['manifest.csv', 'SHA256SUMS', '.stapler/files.log'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
  const before = read();
  await exportItems(engine, orderOf(folder));
  expect(read()).toEqual(before);
});

test('exportItems holds only a few parts of files at a time', async () => {
  const size = 8 * 1024 * 1024;
  stage.emulator().store.attach(
    8,
    Array.from({ length: 6 }, (_, index) => ({ name: `${index}.bin`, content: Buffer.alloc(size, index) })),
  );
  const engine = await stage.open();
  let held = 0;
  let most = 0;
  const { connection } = engine.services;
  const counted = {
    ...connection,
    async send(call: Parameters<typeof connection.send>[0]) {
      const response = await connection.send(call);
      if (!response.stream) return response;
      const { stream } = response;
      async function* counting() {
        for await (const piece of stream) {
          held += piece.byteLength;
          most = Math.max(most, held);
          yield piece;
          // The next one is asked for when this one is on the disk.
          held -= piece.byteLength;
        }
      }
      return { ...response, stream: counting() };
    },
  };
  const folder = newFolder();
  await exportItems({ ...engine, services: { ...engine.services, connection: counted } }, orderOf(folder));
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(4 * 256 * 1024);
});
