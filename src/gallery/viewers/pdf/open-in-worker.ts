import { withTimeout } from '../../../base/async';
import { browserRuntime } from '../../../base/runtime';
import { ViewerProblem } from '../viewer-problem';
import type { OpenPdf } from './open-pdf';
import { openPdf } from './open-pdf';
import { startParser } from './start-parser';

/** Time to open a file, in milliseconds. A file that takes longer was probably made to never end. */
const OPEN_MS = 30_000;

/**
 * Opens a PDF for the viewer, with a worker of its own where there can be one.
 *
 * @param signal Closes the document and ends the worker.
 * @throws ViewerProblem `slow-pdf`, or as `openPdf` does.
 */
export async function openInWorker(bytes: Blob, signal: AbortSignal): Promise<OpenPdf> {
  const closing = new AbortController();
  const close = (): void => closing.abort();
  signal.addEventListener('abort', close);
  try {
    const worker = await startParser(closing.signal);
    return await withTimeout(
      openPdf(bytes, closing.signal, { worker }),
      OPEN_MS,
      browserRuntime,
      () => new ViewerProblem('slow-pdf'),
    );
  } catch (error) {
    close();
    throw error;
  }
}
