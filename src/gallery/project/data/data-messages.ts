import type { Problem } from '../../../base/errors';
import { CancelledError, isCancelled, messageOf, StaplerError, toProblem } from '../../../base/errors';
import type { DataPartition, ProjectData } from './project-data';

/** Message to the worker. The first one opens the data. */
export type DataOrder =
  | { readonly stapler: 'start'; readonly partition: DataPartition | undefined; readonly culture: string }
  | {
      readonly stapler: 'call';
      readonly call: number;
      readonly method: keyof ProjectData;
      readonly args: readonly unknown[];
    };

/** Error as it is sent between threads. */
export interface SentError {
  readonly isCancelled: boolean;
  readonly problem: Problem;
  readonly message: string;
}

/** Message of the worker. */
export type DataAnswer =
  | { readonly stapler: 'ready' }
  | { readonly stapler: 'done'; readonly call: number; readonly result: unknown }
  | { readonly stapler: 'failed'; readonly call: number; readonly error: SentError };

/** Converts an error to data. */
export function toSentError(error: unknown): SentError {
  const message = messageOf(error);
  return { isCancelled: isCancelled(error), problem: toProblem(error), message };
}

/** Creates the error again. */
export function fromSentError({ isCancelled: wasCancelled, problem, message }: SentError): Error {
  if (wasCancelled) return new CancelledError();
  const { kind, ...facts } = problem;
  return new StaplerError(kind, message, facts);
}
