/** An error that the author of the pipeline can correct: whole sentences. */
export class TaskError extends Error {
  override readonly name = 'TaskError';
}
