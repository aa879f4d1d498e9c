/** Used part of the answer of `Profiler.stop`. */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples?: readonly number[];
  /** Time before each sample, in microseconds. */
  readonly timeDeltas?: readonly number[];
}

/** Self time of a function, without its callees. */
export interface SelfTime {
  readonly name: string;
  readonly ms: number;
}

/** Functions by self time, the longest first; `(idle)` is the idle time. */
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
