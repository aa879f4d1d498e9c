import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Runtime } from '../../../../../src/base/runtime';
import type { FolderLock } from '../../../../../src/upload/recovery/journal/folder-lock';
import { FolderInUseError, lockFolder } from '../../../../../src/upload/recovery/journal/folder-lock';
import type { Processes } from '../../../../../src/upload/recovery/journal/processes';
import { systemProcesses } from '../../../../../src/upload/recovery/journal/processes';
import { rejectionOf } from '../../../../helpers/deferred';
import type { FakeRuntime } from '../../../../helpers/fake-runtime';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stapler-lock-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Hosts with processes. */
function createHosts() {
  const running = new Map<string, string>();
  return {
    /** Starts a process. */
    start(pid: number, host = 'build-1', startedAs = `start of ${pid}`): Processes {
      running.set(`${host} ${pid}`, startedAs);
      return {
        host,
        pid,
        isRunning: (other) => running.has(`${host} ${other}`),
        startOf: (other) => running.get(`${host} ${other}`),
      };
    },
    kill: ({ host, pid }: Processes): void => void running.delete(`${host} ${pid}`),
  };
}

/** Passes time until a promise settles. */
async function settled<T>(promise: Promise<T>, runtime: FakeRuntime): Promise<T> {
  const progress = { isSettled: false };
  const end = (): void => void (progress.isSettled = true);
  promise.then(end, end);
  // Calls of the file system take real time.
  for (let round = 0; !progress.isSettled && round < 10_000; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    await runtime.pass(1);
  }
  return promise;
}

const lockFiles = (): readonly string[] => readdirSync(folder).filter((name) => name.startsWith('lock-'));

describe('lockFolder', () => {
  it('creates the folder, with one private file of this process', async () => {
    const inside = join(folder, 'a', 'b');
    const lock = await lockFolder(inside, { runtime: createFakeRuntime() });
    const [name] = readdirSync(inside);
    const path = join(inside, name!);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      ...{ pid: process.pid, host: hostname(), token: lock.token },
      startedAs: systemProcesses.startOf(process.pid) ?? '',
    });
    expect([statSync(inside).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o600]);
    await lock.release();
    expect(readdirSync(inside)).toEqual([]);
  });

  it('names the process and host of a living owner', async () => {
    const hosts = createHosts();
    const runtime = createFakeRuntime();
    await lockFolder(folder, { runtime, processes: hosts.start(11) });
    const second = lockFolder(folder, { runtime, processes: hosts.start(12) });
    const error = await rejectionOf(settled(second, runtime));
    expect(error).toBeInstanceOf(FolderInUseError);
    expect(error).toMatchObject({ pid: 11, host: 'build-1', folder, name: 'FolderInUseError' });
    expect(lockFiles()).toHaveLength(1);
  });

  it('waits a moment for an owner that ends', async () => {
    const hosts = createHosts();
    const runtime = createFakeRuntime();
    const first = await lockFolder(folder, { runtime, processes: hosts.start(11) });
    const second = lockFolder(folder, { runtime, processes: hosts.start(12) });
    await runtime.pass(100);
    await first.release();
    expect(await (await settled(second, runtime)).isHeld()).toBe(true);
  });

  it('takes over at once from a process that was killed', async () => {
    const hosts = createHosts();
    const runtime = createFakeRuntime();
    const killed = hosts.start(11);
    await lockFolder(folder, { runtime, processes: killed });
    hosts.kill(killed);
    const { token } = await lockFolder(folder, { runtime, processes: hosts.start(12) });
    expect(lockFiles()).toEqual([`lock-${token}`]);
  });

  it('takes over at once if another process has got the id of the owner', async () => {
    const hosts = createHosts();
    const runtime = createFakeRuntime();
    await lockFolder(folder, { runtime, processes: hosts.start(11) });
    hosts.start(11, 'build-1', 'a later start');
    await lockFolder(folder, { runtime, processes: hosts.start(12) });
    expect(lockFiles()).toHaveLength(1);
  });

  it('takes over at once from its own id in an earlier life, as in a container', async () => {
    const { host, pid } = systemProcesses;
    const token = 'f'.repeat(32);
    writeFileSync(join(folder, `lock-${token}`), JSON.stringify({ pid, host, startedAs: '', token }));
    const lock = await lockFolder(folder, { runtime: createFakeRuntime() });
    expect(lockFiles()).toEqual([`lock-${lock.token}`]);
    await lock.release();
  });

  it('refuses a second use by the same process', async () => {
    const runtime = createFakeRuntime();
    const lock = await lockFolder(folder, { runtime });
    const error = await rejectionOf(settled(lockFolder(folder, { runtime }), runtime));
    expect(error).toMatchObject({ name: 'FolderInUseError', pid: process.pid });
    await lock.release();
    await (await lockFolder(folder, { runtime })).release();
  });

  it('takes over from another host after five minutes without a heartbeat', async () => {
    const hosts = createHosts();
    const runtime = createFakeRuntime();
    const first = await lockFolder(folder, { runtime, processes: hosts.start(11, 'build-2') });
    const here = hosts.start(11);
    await settled(runtime.pass(400_000), runtime);
    const refused = lockFolder(folder, { runtime, processes: here });
    expect(await rejectionOf(settled(refused, runtime))).toMatchObject({ pid: 11, host: 'build-2' });
    // It sleeps, and its timers with it.
    runtime.setClock(300_001);
    const second = await lockFolder(folder, { runtime, processes: here });
    expect([await first.isHeld(), first.isLost(), await second.isHeld()]).toEqual([false, true, true]);
    await first.release();
    expect(lockFiles()).toEqual([`lock-${second.token}`]);
  });

  it('keeps the lock over a sleep if no other process wants it', async () => {
    const runtime = createFakeRuntime();
    const lock = await lockFolder(folder, { runtime });
    runtime.setClock(1_000_000_000);
    expect([await lock.isHeld(), lock.isLost()]).toEqual([true, false]);
    await lock.release();
    expect(runtime.delays()).toEqual([]);
  });

  it('respects a damaged file until it is old, and removes old unfinished ones', async () => {
    const runtime = createFakeRuntime();
    const damaged = join(folder, `lock-${'0'.repeat(32)}`);
    for (const path of [damaged, `${damaged}.new`]) {
      writeFileSync(path, '{"pid":');
      utimesSync(path, runtime.now() / 1_000, runtime.now() / 1_000);
    }
    const refused = lockFolder(folder, { runtime });
    expect(await rejectionOf(settled(refused, runtime))).toMatchObject({ pid: 0, host: '' });
    runtime.setClock(300_001);
    const { token } = await lockFolder(folder, { runtime });
    expect(lockFiles()).toEqual([`lock-${token}`]);
  });

  it('reports a folder that cannot be created', async () => {
    writeFileSync(join(folder, 'file'), '');
    const locked = lockFolder(join(folder, 'file', 'journal'), { runtime: createFakeRuntime() });
    expect(await rejectionOf(locked)).toMatchObject({ code: 'ENOTDIR' });
  });
});

describe('Many processes that lock the same folder', () => {
  const runtime: Runtime = {
    ...createFakeRuntime(),
    now: () => performance.now(),
    random: () => Math.random(),
    setTimer(delayMs, callback) {
      // Heartbeats of killed owners must not keep jest alive.
      const timer = setTimeout(callback, delayMs).unref();
      return () => clearTimeout(timer);
    },
  };

  it('get it one at a time, also after owners were killed', async () => {
    const hosts = createHosts();
    let holders = 0;
    let maxHolders = 0;
    let successes = 0;
    const attempt = async (index: number): Promise<void> => {
      const processes = hosts.start(100 + index);
      let lock: FolderLock;
      try {
        lock = await lockFolder(folder, { runtime, processes });
      } catch (error) {
        expect(error).toBeInstanceOf(FolderInUseError);
        return;
      }
      successes++;
      maxHolders = Math.max(maxHolders, ++holders);
      await new Promise((resolve) => setImmediate(resolve));
      holders--;
      if (index % 3 === 0) hosts.kill(processes);
      else await lock.release();
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => attempt(index)));
    expect(maxHolders).toBe(1);
    expect(successes).toBeGreaterThan(0);
  });

  it('get it once if its owner never ends', async () => {
    for (let round = 0; round < 2; round++) {
      const hosts = createHosts();
      const killed = hosts.start(99);
      const own = join(folder, `${round}`);
      await lockFolder(own, { runtime, processes: killed });
      hosts.kill(killed);
      const all = Array.from({ length: 20 }, (_, index) =>
        lockFolder(own, { runtime, processes: hosts.start(100 + index) }),
      );
      const results = await Promise.allSettled(all);
      const locks = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(locks).toHaveLength(1);
      await locks[0]?.release();
      expect(readdirSync(own)).toEqual([]);
    }
  });
});

describe('Real processes', () => {
  const children: ChildProcess[] = [];
  let script: string;

  beforeAll(() => {
    script = join(mkdtempSync(join(tmpdir(), 'stapler-script-')), 'lock.mjs');
    const from = join(__dirname, '../../../../../src/upload/recovery/journal/folder-lock');
    buildSync({
      stdin: {
        contents: `
          import { lockFolder } from ${JSON.stringify(from)};
          const setTimer = (ms, call) => { const timer = setTimeout(call, ms); return () => clearTimeout(timer); };
          const runtime = { now: Date.now, random: Math.random, setTimer };
          lockFolder(process.argv[2], { runtime }).then(() => console.log('locked'), ({ pid }) => console.log(pid));
        `,
        resolveDir: __dirname,
      },
      ...{ outfile: script, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' },
    });
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  afterAll(() => rmSync(join(script, '..'), { recursive: true }));

  /** Starts a process that locks the folder. Resolves with its first line. */
  function start(): { readonly child: ChildProcess; readonly line: Promise<string> } {
    const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const line = new Promise<string>((resolve) =>
      child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim())),
    );
    return { child, line };
  }

  it('get the folder one at a time, and at once after kill -9', async () => {
    const started = [start(), start(), start()];
    const lines = await Promise.all(started.map(({ line }) => line));
    expect(lines.filter((line) => line === 'locked')).toHaveLength(1);
    const { child } = started[lines.indexOf('locked')]!;
    expect(lines.filter((line) => line === `${child.pid}`)).toHaveLength(2);
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exit;
    const lock = await lockFolder(folder, { runtime: createFakeRuntime() });
    expect(lockFiles()).toEqual([`lock-${lock.token}`]);
    await lock.release();
  });
});

describe('systemProcesses', () => {
  it('knows this process, and none with an unused id', () => {
    const unused = 2 ** 22 + 1;
    expect([systemProcesses.isRunning(process.pid), systemProcesses.isRunning(unused)]).toEqual([
      true,
      false,
    ]);
    expect(systemProcesses.startOf(process.pid)).toBe(systemProcesses.startOf(process.pid));
    expect(systemProcesses.startOf(unused)).toBeUndefined();
  });
});
