/**
 * Starts a worker from a `Blob`: in a sandboxed frame, whose origin is `null`, the address of a script is refused, but
 * its import is not.
 *
 * @param script Its name in the folder of the page.
 */
export function startWorker(script: string): Worker {
  const folder = new URL('.', location.href).href;
  const code = `self.staplerFolder=${JSON.stringify(folder)};importScripts(staplerFolder+${JSON.stringify(script)})`;
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  try {
    return new Worker(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
