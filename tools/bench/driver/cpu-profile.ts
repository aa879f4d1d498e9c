/** What `Profiler.stop` answers, as far as it is read. */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples?: readonly number[];
  /** Time before each sample, in microseconds. */
  readonly timeDeltas?: readonly number[];
}

/** Time that was spent in a function itself, without those that it calls. */
export interface SelfTime {
  readonly name: string;
  readonly ms: number;
}

/** The functions in which most time was spent, the longest first; `(idle)` tells how long there was nothing to do. */
export function hottest({ nodes, samples = [], timeDeltas = [] }: Profile, count: number): SelfTime[] {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map<string, number>();
  for (const [at, id] of samples.entries()) {
    const name = names.get(id) ?? '?';
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[at + 1] ?? 0) / 1000);
  }
  return Array.from(times, ([name, ms]) => ({ name, ms }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, count);
}

function nameOf({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string {
  const place = url === '' ? '' : ` ${url.split('/').at(-1) ?? ''}:${lineNumber + 1}`;
  return `${functionName || '(anonymous)'}${place}`;
}
