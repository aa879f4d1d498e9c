const minuteMs = 60_000;
const begin = Date.parse('2026-01-05T08:00:00.000Z');

/** Id of the first work item for long lists: leaves room for the seeded ones, and for new ones. */
export const firstGeneratedId = 1001;

/** ISO time of the creation of a work item, by its place. */
export function creationDateOf(item: number): string {
  return new Date(begin + item * minuteMs).toISOString();
}

/** ISO time at which the files were attached, some hours or days after the creation. */
export function fileDateOf(item: number): string {
  const hours = 1 + ((item * 7919) % 200);
  return new Date(begin + (item + hours * 60) * minuteMs).toISOString();
}
