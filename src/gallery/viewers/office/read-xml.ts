import { createPause } from '../../../base/steps';
import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';
import { ViewerProblem } from '../viewer-problem';
import type { XmlHandler } from '../xml-parser';
import { createXmlParser } from '../xml-parser';

/** Receives the content of an XML part. */
export interface XmlReader extends XmlHandler {
  /** Whether the rest of the part is not needed. */
  readonly isDone?: () => boolean;
}

/** Limit of a part, and its task. */
export interface XmlOptions {
  /** Maximum size to read, in bytes without compression. */
  readonly maxBytes: number;
  /** Maximum depth of elements. By default that of workbooks. */
  readonly maxDepth?: number;
  readonly context: TaskContext;
}

/** Maximum depth of elements. Workbooks have up to 15. */
const MAX_DEPTH = 64;

/**
 * Streams a part. An element without an end tag is never closed.
 *
 * @returns Whether the part was read to its end, or until `isDone`. `false` after `maxBytes`.
 * @throws ViewerProblem If it is damaged, encrypted, nested too deep, or full of errors.
 */
export async function readXml(
  entry: ArchiveEntry,
  reader: XmlReader,
  { maxBytes, maxDepth = MAX_DEPTH, context }: XmlOptions,
): Promise<boolean> {
  if (!entry.read) throw new ViewerProblem('entry-damaged');
  const { signal, isInWorker } = context;
  const pause = isInWorker ? undefined : createPause(signal);
  const parser = createXmlParser(reader, maxDepth);
  let decoder: TextDecoder | undefined;
  let bytes = 0;
  await entry.read(async (chunk) => {
    decoder ??= new TextDecoder(encodingOf(chunk));
    bytes += chunk.length;
    if (bytes > maxBytes) return false;
    parser.write(decoder.decode(chunk, { stream: true }));
    await pause?.();
    return reader.isDone?.() !== true;
  }, signal);
  return bytes <= maxBytes;
}

/** Encoding by the byte order mark. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
