/** Aborted when this process is asked to end: by Ctrl+C, by a signal, or because whoever waits for it is gone. */
export function watchInterruption(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new Error('Interrupted.'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // The shell that npm starts scripts in passes no signal on.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || stop(), 500).unref();
  return controller.signal;
}
