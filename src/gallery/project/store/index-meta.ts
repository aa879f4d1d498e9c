import type { GenericSchema } from 'valibot';
import { array, is, literal, optional, tuple } from 'valibot';
import { countSchema, finiteSchema, objectOf, textSchema } from '../../../base/schema';

/** Progress of the first index. */
export interface ScanProgress {
  /** Ids of the work items to read. */
  readonly ids: readonly number[];
  /** Numbers of the batches that were read. */
  readonly done: readonly number[];
}

/** Facts about a stored index. */
export interface IndexMeta {
  readonly format: 1;
  /** Until the first index is complete. */
  readonly scan?: ScanProgress;
  /** All earlier changes are in the index. By the server's clock, in milliseconds since the epoch. */
  readonly changesUntil: number;
  /** Time of the last complete refresh by the own clock, in milliseconds since the epoch; 0 before the first. */
  readonly asOf: number;
  /** Time of the last comparison of all ids by the own clock, in milliseconds since the epoch. */
  readonly reconciledAt: number;
  /** Names of the states that close a work item, by its type. */
  readonly closedStates: readonly (readonly [type: string, states: readonly string[]])[];
}

const scanSchema = objectOf<ScanProgress>({ ids: array(countSchema), done: array(countSchema) });

const metaSchema: GenericSchema<IndexMeta> = objectOf<IndexMeta>({
  format: literal(1),
  scan: optional(scanSchema),
  changesUntil: finiteSchema,
  asOf: finiteSchema,
  reconciledAt: finiteSchema,
  closedStates: array(tuple([textSchema, array(textSchema)])),
});

/** Whether stored data are facts about an index: those of another version, or damaged ones, are not. */
export function isIndexMeta(value: unknown): value is IndexMeta {
  return is(metaSchema, value);
}
