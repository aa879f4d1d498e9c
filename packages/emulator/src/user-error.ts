/** Error that the user can correct: a sentence and the next step. Other errors are defects and keep their stack trace. */
export class UserError extends Error {
  constructor(
    message: string,
    readonly nextStep: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
