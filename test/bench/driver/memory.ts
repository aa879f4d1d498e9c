import { readFileSync } from 'node:fs';

/** Resident memory of processes together; `undefined` where there is no /proc. One that has ended counts nothing. */
export function residentBytes(processIds: readonly number[]): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return processIds.reduce((sum, id) => sum + residentOf(id), 0);
}

function residentOf(processId: number): number {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}
