import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createNodeRuntime } from '../../../../src/base/node-runtime';
import { withPartFolder } from '../../../../src/engine/download/part-folder';
import { createTemporaryFolder } from '../../../helpers/temporary-folder';

const folder = createTemporaryFolder();
const runtime = createNodeRuntime();
const TOKEN = '0123456789abcdef'.repeat(2);
const HOUR_MS = 60 * 60_000;

/** Id of a process that has ended. */
const { pid: DEAD } = spawnSync(process.execPath, ['-e', '']);

/** Creates a folder as a process leaves it. */
function leave(
  name: string,
  { pid, files = ['0.part', '1'], ageMs = 0 }: { pid?: number; files?: string[]; ageMs?: number },
): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const file of files) writeFileSync(join(path, file), 'bytes');
  const owner = { pid, host: hostname(), startedAs: '', token: TOKEN };
  if (pid !== undefined) writeFileSync(join(path, `lock-${TOKEN}`), JSON.stringify(owner));
  const time = new Date(Date.now() - ageMs);
  utimesSync(path, time, time);
  return path;
}

test('withPartFolder removes its folder, and those of processes that were killed', async () => {
  const locked = leave('.stapler-aaaaaa', { pid: DEAD });
  const old = leave('.stapler-bbbbbb', { ageMs: 2 * HOUR_MS });
  let during: string[] = [];
  await withPartFolder(folder, runtime, (parts) => {
    writeFileSync(join(parts, '0'), 'mine');
    during = readdirSync(parts);
    return Promise.resolve();
  });
  expect(during).toEqual(['0', expect.stringMatching(/^lock-/)]);
  expect([existsSync(locked), existsSync(old)]).toEqual([false, false]);
  expect(readdirSync(folder)).toEqual([]);
});

test('withPartFolder leaves the folders of living processes, of the last hour, and of others alone', async () => {
  const left = [
    leave('.stapler-living', { pid: process.ppid }),
    leave('.stapler-recent', {}),
    leave('.stapler-others', { pid: DEAD, files: ['0', 'thesis.txt'] }),
    leave('.stapler-others-2', { ageMs: 2 * HOUR_MS }),
    leave('stapler-bbbbbb', { ageMs: 2 * HOUR_MS }),
  ];
  symlinkSync(join(folder, 'stapler-bbbbbb'), join(folder, '.stapler-linked'));
  await withPartFolder(folder, runtime, () => Promise.resolve());
  expect(left.filter((path) => !existsSync(path))).toEqual([]);
  expect(existsSync(join(folder, 'stapler-bbbbbb/1'))).toBe(true);
});

test('withPartFolder does not wait for its own lock', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const delays: number[] = [];
  const setTimer = (delayMs: number, callback: () => void): (() => void) => {
    delays.push(delayMs);
    return runtime.setTimer(delayMs, callback);
  };
  await withPartFolder(empty, { ...runtime, setTimer }, () => Promise.resolve());
  // The heartbeat of the lock alone.
  expect(delays).toEqual([30_000]);
});

test('withPartFolder removes its folder after an error, and passes the error on', async () => {
  const before = readdirSync(folder);
  const error = new Error('No.');
  await expect(withPartFolder(folder, runtime, () => Promise.reject(error))).rejects.toBe(error);
  expect(readdirSync(folder)).toEqual(before);
});
