/** Where a task runs. */
export interface TaskContext {
  /** Never aborted in a worker: the page ends the worker instead. */
  readonly signal: AbortSignal;
  /** Work in a worker may block it and is ended after a time limit. Work on the page must be small, or yield. */
  readonly isInWorker: boolean;
}
