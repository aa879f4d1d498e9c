import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { getDocument, PDFDataRangeTransport } from 'pdfjs-dist/legacy/build/pdf.mjs';
// It leaves its code where the library looks for it before it makes a worker, which a frame without an origin cannot.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { ViewerProblem } from '../viewer-problem';
import type { PageSize } from './page-scale';
import { PX_PER_POINT } from './page-scale';

/** Of a PDF that is not opened yet, so much is read at once, in bytes. */
const CHUNK_BYTES = 256 * 1024;

/** A picture of more pixels is left out: it would not fit into the memory of a tab. */
const MOST_PIXELS = 100_000_000;

/** Only errors are told. */
const VERBOSITY = 0;

/** A PDF, and the size of its first page, which others are taken to have until they are seen. */
export interface OpenPdf {
  readonly pdf: PDFDocumentProxy;
  readonly firstPage: PageSize;
}

/**
 * Opens a PDF. What it needs of the bytes is read when it needs it. Nothing in it runs, and nothing is fetched: no
 * scripts, no forms, and no files of the library's own such as fonts.
 *
 * @param signal Closes the document again, also long after it was opened.
 * @throws ViewerProblem where the bytes are no PDF, or one that asks for a password.
 */
export async function openPdf(bytes: Blob, signal: AbortSignal): Promise<OpenPdf> {
  const range = new BlobRange(bytes);
  const loading = getDocument({
    range,
    rangeChunkSize: CHUNK_BYTES,
    disableStream: true,
    disableAutoFetch: true,
    isEvalSupported: false,
    enableXfa: false,
    useWorkerFetch: false,
    useWasm: false,
    // Instead of fonts that would have to be fetched.
    useSystemFonts: true,
    maxImageSize: MOST_PIXELS,
    verbosity: VERBOSITY,
  });
  signal.addEventListener('abort', () => void loading.destroy());
  try {
    return await Promise.race([withFirstPage(loading.promise), range.failure]);
  } catch (error) {
    void loading.destroy();
    throw problemOf(error);
  }
}

async function withFirstPage(opening: Promise<PDFDocumentProxy>): Promise<OpenPdf> {
  const pdf = await opening;
  const { width, height } = (await pdf.getPage(1)).getViewport({ scale: PX_PER_POINT });
  return { pdf, firstPage: { width, height } };
}

function problemOf(error: unknown): Error {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotReadableError') return new ViewerProblem('unreadable', { cause: error });
  return new ViewerProblem(name === 'PasswordException' ? 'locked-pdf' : 'no-pdf', { cause: error });
}

/** Hands the library the parts of the bytes that it asks for. */
class BlobRange extends PDFDataRangeTransport {
  /** Rejects when bytes cannot be read, of which the library cannot be told. Never resolves. */
  readonly failure: Promise<never>;
  #fail: (reason: unknown) => void = () => undefined;

  constructor(private readonly bytes: Blob) {
    super(bytes.size, null);
    this.failure = new Promise((_resolve, reject) => {
      this.#fail = reject;
    });
    // It may fail when nobody waits for it any more.
    this.failure.catch(() => undefined);
  }

  override requestDataRange(begin: number, end: number): void {
    this.bytes
      .slice(begin, end)
      .arrayBuffer()
      .then((buffer) => this.onDataRange(begin, new Uint8Array(buffer)), this.#fail);
  }
}
