import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { hasCode } from './folder-disk';

/** Processes of this machine. */
export interface Processes {
  readonly host: string;
  /** Id of this process. */
  readonly pid: number;
  readonly isRunning: (pid: number) => boolean;
  /** Start of a running process, comparable only with itself; `undefined` if the system does not tell it. */
  readonly startOf: (pid: number) => string | undefined;
}

/** Index of the start time in `/proc/<pid>/stat` after the name of the process, and of its state. */
const START = 19;
const STATE = 0;

/** States of an ended process that waits for its parent, and of one being removed. */
const ENDED = ['Z', 'X'];

/** Processes as Node and Linux tell them. */
export const systemProcesses: Processes = {
  host: hostname(),
  pid: process.pid,

  isRunning(pid) {
    try {
      process.kill(pid, 0);
    } catch (error) {
      // Another user's process is running.
      return hasCode(error, 'EPERM');
    }
    return !ENDED.includes(readFacts(pid)[STATE] ?? '');
  },

  startOf(pid) {
    const ticks = readFacts(pid)[START];
    const boot = readSystemFile('/proc/sys/kernel/random/boot_id').trim();
    return ticks === undefined || boot === '' ? undefined : `${boot} ${ticks}`;
  },
};

/** Returns the facts of a process in Linux; none elsewhere. */
function readFacts(pid: number): readonly string[] {
  const text = readSystemFile(`/proc/${pid}/stat`);
  // The name is in parentheses and may contain anything.
  const end = text.lastIndexOf(') ');
  return end < 0 ? [] : text.slice(end + 2).split(' ');
}

function readSystemFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
