import type { ExitCode } from './exit-codes';
import { EXIT } from './exit-codes';

/** An error that the person can correct: a sentence and, if there is one, the next step. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    sentence: string,
    readonly nextStep = '',
    readonly exitCode: ExitCode = EXIT.usage,
  ) {
    super(sentence);
  }
}
