import type { PDFDocumentProxy, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { getDocument, PDFDataRangeTransport } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { CancelledError } from '../../../base/errors';
import { ViewerProblem } from '../viewer-problem';
import { binaryDataFactory } from './binary-data';
import type { PageSize } from './page-scale';
import { PX_PER_POINT } from './page-scale';

/** Size of one read, in bytes. */
const CHUNK_BYTES = 256 * 1024;

/** Maximum pixels of an image. Larger ones exceed the memory of a tab and are omitted. */
const MAX_IMAGE_PIXELS = 100_000_000;

/** Logs errors only. */
export const VERBOSITY = 0;

/** A PDF and the size of its first page, the estimate for all others. */
export interface OpenPdf {
  readonly pdf: PDFDocumentProxy;
  readonly firstPage: PageSize;
  /** Whether a standard font could not be loaded so far. */
  readonly isFontMissing: () => boolean;
}

/** Settings of the library. */
export interface PdfSettings {
  readonly CanvasFactory?: object;
  readonly FilterFactory?: object;
  readonly disableFontFace?: boolean;
  /** Whether fonts of the system take precedence over those of the library. */
  readonly useSystemFonts?: boolean;
  /** Parses the file. Default: the parser registered in this page or worker. */
  readonly worker?: PDFWorker | undefined;
}

/**
 * Opens a PDF and reads its bytes on demand. Runs no scripts and no forms, and fetches nothing: data of the library is
 * loaded as chunks.
 *
 * @param signal Closes the document, during opening or later.
 * @throws ViewerProblem If the bytes are not a PDF, or it needs a password.
 * @throws CancelledError If `signal` was aborted before.
 */
export async function openPdf(
  bytes: Blob,
  signal: AbortSignal,
  settings: PdfSettings = {},
): Promise<OpenPdf> {
  if (signal.aborted) throw new CancelledError();
  const range = new BlobRange(bytes);
  let isFontMissing = false;
  const loading = getDocument({
    range,
    rangeChunkSize: CHUNK_BYTES,
    disableStream: true,
    disableAutoFetch: true,
    isEvalSupported: false,
    enableXfa: false,
    useWorkerFetch: false,
    BinaryDataFactory: binaryDataFactory((kind) => {
      isFontMissing ||= kind === 'standardFontDataUrl';
    }),
    useSystemFonts: true,
    maxImageSize: MAX_IMAGE_PIXELS,
    verbosity: VERBOSITY,
    ...settings,
  });
  const close = (): void => {
    // The parser cancels its reads before the library closes the range. Bytes that arrive in between are an error.
    range.abort();
    void loading.destroy();
  };
  signal.addEventListener('abort', close);
  try {
    const { pdf, firstPage } = await Promise.race([withFirstPage(loading.promise), range.failure]);
    return { pdf, firstPage, isFontMissing: () => isFontMissing };
  } catch (error) {
    close();
    throw problemOf(error);
  }
}

async function withFirstPage(opening: Promise<PDFDocumentProxy>) {
  const pdf = await opening;
  const { width, height } = (await pdf.getPage(1)).getViewport({ scale: PX_PER_POINT });
  return { pdf, firstPage: { width, height } };
}

function problemOf(error: unknown): Error {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotReadableError') return new ViewerProblem('unreadable', { cause: error });
  return new ViewerProblem(name === 'PasswordException' ? 'locked' : 'no-pdf', { cause: error });
}

/** Reads byte ranges for the library. */
export class BlobRange extends PDFDataRangeTransport {
  /** Rejects after a failed read, because the library has no way to report one. Never resolves. */
  readonly failure: Promise<never>;
  #fail: (reason: unknown) => void = () => undefined;
  #isClosed = false;

  constructor(private readonly bytes: Blob) {
    super(bytes.size, null);
    this.failure = new Promise((_resolve, reject) => {
      this.#fail = reject;
    });
    // Avoids an unhandled rejection after opening.
    this.failure.catch(() => undefined);
  }

  override requestDataRange(begin: number, end: number): void {
    this.bytes
      .slice(begin, end)
      .arrayBuffer()
      .then((buffer) => {
        if (!this.#isClosed) this.onDataRange(begin, new Uint8Array(buffer));
      }, this.#fail);
  }

  /** Drops the bytes of pending reads: after the document is closed, they are an error to the library. */
  override abort(): void {
    this.#isClosed = true;
  }
}
