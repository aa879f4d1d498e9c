import { CommandError, EXIT_INTERRUPTED } from '../../command.mjs';

/** Aborted on a request to exit: Ctrl+C, a signal, or the end of the parent process. */
export function watchInterruption(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new CommandError('Interrupted.', undefined, EXIT_INTERRUPTED));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // The shell of npm scripts does not forward signals.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || stop(), 500).unref();
  return controller.signal;
}
