import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from '../../../../../src/azure/rest/connection';
import { attachmentIdOf, attachmentsOf } from '../../../../../src/azure/work-item';
import { planOf } from '../../../../../src/bulk/plan/planner';
import type { RunFile } from '../../../../../src/bulk/run/enqueue-unique';
import { createBulkService } from '../../../../../src/bulk/run/bulk-service';
import type { PlannedRun } from '../../../../../src/bulk/run/planned-run';
import type { FolderDisk } from '../../../../../src/upload/recovery/journal/folder-disk';
import { openFolderDisk } from '../../../../../src/upload/recovery/journal/folder-disk';
import type { FolderJournal } from '../../../../../src/upload/recovery/journal/folder-journal';
import { openFolderJournal } from '../../../../../src/upload/recovery/journal/folder-journal';
import { FolderInUseError } from '../../../../../src/upload/recovery/journal/folder-lock';
import type { Processes } from '../../../../../src/upload/recovery/journal/processes';
import { rejectionOf } from '../../../../helpers/deferred';
import type { Death, DiskFiles } from '../../../../helpers/dying-disk';
import { createDyingDisk, createMemoryDisk } from '../../../../helpers/dying-disk';
import type { FakeRuntime } from '../../../../helpers/fake-runtime';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { servicesForMany } from '../../../../helpers/frame-services';
import { httpResponse } from '../../../../helpers/manual-http-stack';
import { createModelServer } from '../../../../helpers/model-server';
import { createModelService } from '../../../../helpers/model-service';
import { uploadIn } from '../../../../helpers/uploads';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stapler-journal-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Processes of one host, of which only the latest one is running. */
function processAt(pid: number): Processes {
  return { host: 'build-1', pid, isRunning: (other) => other === pid, startOf: () => undefined };
}

/** Passes time until a task is over. By default, none: the disk takes real time, and would seem not to answer. */
async function pump<T>(runtime: FakeRuntime, task: Promise<T>, stepMs = 0): Promise<T> {
  const progress = { isOver: false };
  const end = (): void => void (progress.isOver = true);
  task.then(end, end);
  for (let round = 0; !progress.isOver; round++) {
    if (round > 100_000) throw new Error('It does not end.');
    await new Promise((resolve) => setImmediate(resolve));
    await runtime.pass(stepMs);
  }
  return task;
}

const EMPTY = { name: 'a.txt', size: 0, folder: '' };
const QUEUED = uploadIn({ status: 'queued', attempt: 1 }, { id: 'u-1', batchId: 'u-b', file: EMPTY });

describe('openFolderJournal', () => {
  const opened: (() => Promise<void>)[] = [];

  // Also those of killed processes, whose files are open.
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });

  async function open(
    runtime: FakeRuntime,
    options: { readonly pid?: number; readonly disk?: FolderDisk } = {},
  ): Promise<FolderJournal> {
    const opening = openFolderJournal({
      ...{ folder, runtime, onLost: () => undefined, disk: options.disk },
      processes: processAt(options.pid ?? 1),
    });
    const found = await pump(runtime, opening);
    opened.push(() => pump(runtime, found.close()));
    return found;
  }

  it('finds the uploads of a killed process', async () => {
    const runtime = createFakeRuntime();
    const { journal } = await open(runtime);
    journal.create([QUEUED], new Map([['u-1', new File([], 'a.txt')]]));
    await pump(runtime, journal.whenCreated(['u-1']));
    const { journal: next } = await open(runtime, { pid: 2 });
    expect(next.state.getSnapshot()).toMatchObject({ kind: 'browser', interrupted: [{ id: 'u-b' }] });
    expect(readdirSync(folder).filter((name) => name.endsWith('.file'))).toEqual([]);
  });

  it('writes the last changes when it is closed, and leaves no timer', async () => {
    const runtime = createFakeRuntime();
    const { journal, close } = await open(runtime);
    journal.create([QUEUED], new Map([['u-1', new File([], 'a.txt')]]));
    await pump(runtime, journal.whenCreated(['u-1']));
    journal.update({ ...QUEUED, state: { status: 'paused', attempt: 1 } });
    await pump(runtime, close());
    expect(runtime.delays()).toEqual([]);
    expect(readdirSync(folder)).toEqual(['journal.log']);
    const { journal: next } = await open(runtime, { pid: 2 });
    expect(next.state.getSnapshot().interrupted[0]?.uploads[0]?.stage).toBe('paused');
  });

  it('leaves an empty folder if all uploads are finished', async () => {
    const runtime = createFakeRuntime();
    const { journal, close } = await open(runtime);
    journal.create([QUEUED], new Map());
    await pump(runtime, journal.whenCreated(['u-1']));
    journal.discard(['u-1']);
    await pump(runtime, close());
    expect(readdirSync(folder)).toEqual([]);
  });

  it('rejects with the owner of the folder', async () => {
    const runtime = createFakeRuntime();
    await open(runtime, { pid: 1 });
    const processes = { ...processAt(2), isRunning: () => true };
    const second = openFolderJournal({ folder, runtime, processes, onLost: () => undefined });
    const error = await rejectionOf(pump(runtime, second, 10));
    expect(error).toBeInstanceOf(FolderInUseError);
    expect(error).toMatchObject({ pid: 1, host: 'build-1' });
  });

  it('reports a folder that cannot be created, and works in memory', async () => {
    const runtime = createFakeRuntime();
    writeFileSync(join(folder, 'file'), '');
    const opened = openFolderJournal({ folder: join(folder, 'file', 'a'), runtime, onLost: () => undefined });
    const { journal, getFailure, close } = await pump(runtime, opened);
    expect(journal.state.getSnapshot().kind).toBe('memory');
    expect(getFailure()).toMatchObject({ code: 'ENOTDIR' });
    journal.create([QUEUED], new Map());
    await pump(runtime, journal.whenCreated(['u-1']));
    await pump(runtime, close());
  });

  it.each(['append', 'replace'] as const)('reports a disk that is full during %s', async (call) => {
    const runtime = createFakeRuntime();
    const disk = await openFolderDisk(folder);
    const full = Object.assign(new Error('No space left on device.'), { code: 'ENOSPC' });
    const { journal, getFailure, close } = await open(runtime, {
      disk: { ...disk, [call]: () => Promise.reject(full) },
    });
    expect([journal.state.getSnapshot().kind, getFailure()]).toEqual(['browser', undefined]);
    journal.create([QUEUED], new Map());
    await pump(runtime, journal.whenCreated(['u-1']));
    await pump(runtime, journal.annotate('u-b', new Blob(['plan'])));
    expect([journal.state.getSnapshot().kind, getFailure()]).toEqual(['memory', full]);
    await pump(runtime, close());
    // The next process must not send the uploads again that went on without the journal.
    const { journal: next } = await open(runtime, { pid: 2 });
    expect(next.state.getSnapshot().interrupted).toEqual([]);
  });

  it('gives up its uploads if another host took over while it slept', async () => {
    const runtime = createFakeRuntime();
    const onLost = jest.fn();
    const opened = openFolderJournal({ folder, runtime, onLost, processes: processAt(1) });
    const { journal, getFailure, close } = await pump(runtime, opened);
    journal.create([QUEUED], new Map());
    await pump(runtime, journal.whenCreated(['u-1']));
    runtime.setClock(400_000);
    const processes = { ...processAt(1), host: 'build-2' };
    const next = await openFolderJournal({ folder, runtime, processes, onLost: () => undefined });
    const log = readFileSync(join(folder, 'journal.log'), 'utf8');
    journal.update({ ...QUEUED, state: { status: 'paused', attempt: 1 } });
    await pump(runtime, journal.flush());
    expect(onLost).toHaveBeenCalledWith(['u-1']);
    expect(String(getFailure())).toContain('Another process has taken over');
    expect(readFileSync(join(folder, 'journal.log'), 'utf8')).toBe(log);
    await pump(runtime, close());
    await pump(runtime, next.close());
  });
});

describe('A run killed at any moment', () => {
  const IDS = [7, 8];
  const NAMES = ['a', 'b', 'large'];
  const RULES = { duplicates: { all: 'skip' as const, ofItems: new Map() } };

  /** Files on disk. Each process opens its own. */
  function filesOnDisk(): readonly (RunFile & { readonly source: File })[] {
    return NAMES.map((name) => {
      const source = new File([name.repeat(name === 'large' ? 2_000 : 5)], name, { lastModified: 5 });
      return { id: name, name, size: source.size, folder: '', source };
    });
  }

  /** An organization, and a folder in which the same command runs again and again. */
  function stage() {
    const item = createModelService({ ids: IDS });
    const server = createModelServer({ repeats: 'overwritten', maxRequestBytes: 1e9, bytesPerMs: 1e6 }, []);
    const runtime = createFakeRuntime();
    const files: DiskFiles = new Map();
    let pid = 0;

    /** Runs the command. Resolves when it is over, or killed. */
    async function runCommand(death: { readonly disk?: Death; readonly request?: Death } = {}) {
      const life = createDyingDisk(createMemoryDisk(files), death.disk);
      let requests = 0;

      /** Sends a request of this process. One that was sent arrives also after its end. */
      async function send<T>(request: () => Promise<T>): Promise<T> {
        const never = new Promise<never>(() => undefined);
        if (life.isDead()) return never;
        const when = death.request?.at === ++requests ? death.request.when : undefined;
        if (when === 'before') life.kill();
        const result = when === 'before' ? never : request();
        if (when === 'midway') life.kill();
        const answer = await result;
        if (when === 'after') life.kill();
        return life.isDead() ? never : answer;
      }

      const own = {
        ...runtime,
        setTimer: (delayMs: number, callback: () => void) =>
          runtime.setTimer(delayMs, () => {
            if (!life.isDead()) callback();
          }),
      };
      const sending = Object.fromEntries(
        Object.entries(item).map(([name, call]) => [
          name,
          ['read', 'readMany', 'update', 'updateMany', 'patch'].includes(name)
            ? (...args: unknown[]) => send(() => (call as (...args: unknown[]) => Promise<unknown>)(...args))
            : call,
        ]),
      ) as unknown as typeof item;
      const connection = createConnection({
        getToken: () => Promise.resolve('token'),
        getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam/'),
        stack: {
          send: (request) =>
            send(() =>
              new URL(request.url).pathname.includes('/attachments')
                ? server.send(request)
                : Promise.resolve(httpResponse({ status: 200, json: {} })),
            ),
        },
      });

      async function finish(planned: PlannedRun): Promise<void> {
        const { run } = planned;
        while (run.getSnapshot().phase !== 'over' && !life.isDead())
          await new Promise((resolve) => setImmediate(resolve));
        if (!life.isDead()) planned.dismiss();
      }

      async function command(): Promise<void> {
        const { journal, owner, close } = await openFolderJournal({
          ...{ folder, runtime: own, disk: life.disk, processes: processAt(++pid) },
          onLost: (ids) => service.evict(ids),
        });
        const service = createBulkService({
          services: { ...servicesForMany(sending, own), connection },
          journal,
          idPrefix: `${owner}-`,
        });
        const picked = filesOnDisk();
        for (const { id } of journal.state.getSnapshot().interruptedPlans) {
          const planned = await service.resume(id);
          if (!planned) continue;
          const { queue } = planned.run;
          const waiting = queue.getSnapshot().filter(({ state }) => state.status === 'needs-file');
          const found = await journal.match(
            picked,
            waiting.map((upload) => upload.id),
          );
          for (const [{ source }, uploadId] of found) queue.supply(uploadId, source);
          expect(found.size).toBe(waiting.length);
          await finish(planned);
        }
        const items = await service.readItems(IDS);
        const plan = planOf({
          ...{ ...RULES, files: picked, items, mapping: { kind: 'all' }, edits: new Map(), comment: '' },
        });
        await finish(service.run(plan, picked, items));
        if (!life.isDead()) await close();
      }

      await pump(runtime, Promise.race([command(), life.died]), 500);
      return { changes: life.changes(), requests };
    }

    /** Names and contents on a work item. */
    const on = (id: number): readonly string[] =>
      attachmentsOf(item.item(id))
        .map((relation) => {
          const content = server.contentOf(attachmentIdOf(relation.url) ?? '');
          return `${relation.name} ${Buffer.from(content ?? []).toString()}`;
        })
        .sort();

    return { runCommand, on, files };
  }

  async function expected(): Promise<readonly string[]> {
    return Promise.all(filesOnDisk().map(async ({ name, source }) => `${name} ${await source.text()}`));
  }

  it('attaches each file exactly once, wherever its changes of the folder end', async () => {
    const wanted = await expected();
    const whole = stage();
    const { changes } = await whole.runCommand();
    expect([whole.on(7), whole.on(8), [...whole.files.keys()]]).toEqual([wanted, wanted, []]);
    for (let at = 1; at <= changes; at++) {
      for (const when of ['before', 'midway', 'after'] as const) {
        const { runCommand, on, files } = stage();
        await runCommand({ disk: { at, when } });
        await runCommand();
        expect([at, when, on(7), on(8), [...files.keys()]]).toEqual([at, when, wanted, wanted, []]);
      }
    }
  });

  it('attaches each file exactly once, wherever its requests end', async () => {
    const wanted = await expected();
    const { requests } = await stage().runCommand();
    for (let at = 1; at <= requests; at++) {
      for (const when of ['before', 'midway', 'after'] as const) {
        const { runCommand, on, files } = stage();
        await runCommand({ request: { at, when } });
        // The process that resumes is killed as well.
        await runCommand({ disk: { at: 1 + (at % 5), when: 'after' } });
        await runCommand();
        expect([at, when, on(7), on(8), [...files.keys()]]).toEqual([at, when, wanted, wanted, []]);
      }
    }
  });
});
