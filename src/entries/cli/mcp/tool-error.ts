/** An error that the client can correct: a short sentence. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}
