import type { Query } from './query';
import { malformed } from './refusals';

/** Reads a count from a query; throws the refusal. Assumed: its text. */
export function countIn(query: Query, name: string, preset: number): number {
  const text = query(name);
  if (text === undefined) return preset;
  if (!/^\d+$/.test(text)) throw malformed(`The value "${text}" of ${name} is not valid.`);
  return Number(text);
}

/** Page of a list by `$top` and `$skip`. Observed: 200 entries unless fewer are asked for. */
export function pageOf<Entry>(list: readonly Entry[], query: Query): readonly Entry[] {
  const maxEntries = 200;
  const top = Math.min(countIn(query, '$top', maxEntries), maxEntries);
  const skip = countIn(query, '$skip', 0);
  return list.slice(skip, skip + top);
}
