import type { Connection } from '../../azure/rest/connection';
import type { ThroughputEstimator } from './throughput';
import type { Naming } from './naming';

/** Dependencies of transfers. */
export interface TransferTools {
  readonly connection: Connection;
  readonly throughput: ThroughputEstimator;
  readonly naming: Naming;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
