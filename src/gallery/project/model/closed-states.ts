import { fold } from './columns';
import type { IsClosed } from './snapshot';

/** States of Microsoft's processes that close a work item, for a server that does not tell the categories. */
const WELL_KNOWN = new Set(['closed', 'done', 'completed', 'removed', 'inactive', 'cut']);

/** Returns a check of states. Types without known states have those of Microsoft's processes. */
export function createIsClosed(
  states: readonly (readonly [type: string, states: readonly string[]])[],
): IsClosed {
  const byType = new Map(states.map(([type, closed]) => [fold(type), new Set(closed.map(fold))]));
  return (type, state) => (byType.get(fold(type)) ?? WELL_KNOWN).has(fold(state));
}
