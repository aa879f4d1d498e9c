import type { ElementHandler } from './read-elements';
import type { TestResults } from './test-results';

/** Reader of the results in one format. Reads each element once, in the order of the file. */
export interface Dialect extends ElementHandler {
  /** Returns the results after the last element. */
  readonly results: () => TestResults;
}
