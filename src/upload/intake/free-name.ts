import { numberedName } from './attachment-name';

/** Returns the name, or the first free numbered one: `a (2).zip`. Case does not count. */
export function freeName(name: string, taken: Iterable<string>): string {
  const names = new Set(Array.from(taken, (each) => each.toLowerCase()));
  let free = name;
  for (let copy = 2; names.has(free.toLowerCase()); copy++) free = numberedName(name, copy);
  return free;
}
