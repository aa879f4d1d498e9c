import { readFileSync } from 'node:fs';

/** Total resident memory of processes; `undefined` without /proc. Exited processes count as 0. */
export function residentBytes(processIds: readonly number[]): number | undefined {
  return sum(processIds, 'status', /^VmRSS:\s+(\d+) kB$/m, 1024);
}

/** Bytes written to disks by processes so far, all files together; `undefined` without /proc. */
export function writtenBytes(processIds: readonly number[]): number | undefined {
  return sum(processIds, 'io', /^write_bytes: (\d+)$/m, 1);
}

function sum(processIds: readonly number[], file: string, line: RegExp, unit: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return processIds.reduce((total, id) => total + read(id, file, line) * unit, 0);
}

function read(processId: number, file: string, line: RegExp): number {
  try {
    return Number(line.exec(readFileSync(`/proc/${processId}/${file}`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
