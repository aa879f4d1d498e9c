/** Aborted on a request to exit: Ctrl+C, a signal, or the end of the parent process. */
export function watchInterruption(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new Error('Interrupted.'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // The shell of npm scripts does not forward signals.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || stop(), 500).unref();
  return controller.signal;
}
