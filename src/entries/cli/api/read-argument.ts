import { CliError } from '../cli-error';

/** Reads an argument of a function as the command line does. @throws TypeError for a wrong one. */
export function readArgument<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof CliError) throw new TypeError(error.message, { cause: error });
    throw error;
  }
}
