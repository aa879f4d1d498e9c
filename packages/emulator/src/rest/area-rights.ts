import type { WorkItem } from './work-item';

/** Whether a work item is outside of these areas and those below them. */
export function isInReadableArea({ fields }: WorkItem, hiddenAreas: ReadonlySet<string>): boolean {
  if (hiddenAreas.size === 0) return true;
  return ![...hiddenAreas].some((area) => isUnder(fields['System.AreaPath'], area));
}

/** Whether a path, such as an area, is this one or below it. Case does not matter. */
export function isUnder(path: unknown, parent: string): boolean {
  if (typeof path !== 'string') return false;
  return `${path}\\`.toLowerCase().startsWith(`${parent}\\`.toLowerCase());
}
