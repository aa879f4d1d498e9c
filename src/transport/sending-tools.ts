import type { Connection } from '../rest/connection';
import type { Line } from './line';
import type { Naming } from './naming';

/** Dependencies of a sending. */
export interface SendingTools {
  readonly connection: Connection;
  readonly line: Line;
  readonly naming: Naming;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
