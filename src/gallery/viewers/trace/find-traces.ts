import type { Archive, ArchiveEntry } from '../archive/open-archive';

/** Maximum number of traces in an archive. A test has one for itself and one for each context of a browser. */
const MAX_TRACES = 100;

/** Files of a trace. */
export interface TraceFiles {
  readonly events: ArchiveEntry;
  readonly network: ArchiveEntry | undefined;
  readonly stacks: ArchiveEntry | undefined;
}

/** Returns the files of the traces in an archive: `test.trace`, `0-trace.trace` with `0-trace.network`. */
export function findTraces({ entries }: Archive): readonly TraceFiles[] {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  return entries
    .filter(({ path, read }) => read && /^[^/\\]+\.trace$/.test(path))
    .slice(0, MAX_TRACES)
    .map((events) => {
      const name = events.path.slice(0, -'.trace'.length);
      return { events, network: byPath.get(`${name}.network`), stacks: byPath.get(`${name}.stacks`) };
    });
}
