import { Parser } from 'htmlparser2';
import { createPause } from '../../../base/steps';
import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';
import { ViewerProblem } from '../viewer-problem';

/** Attributes of an element, with their prefixes. */
export type Attributes = Readonly<Record<string, string>>;

/** Receives the content of an XML part, with the names of elements without their prefixes. */
export interface XmlReader {
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
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
 * Streams a part. Declarations are skipped, and entities that they define stay as they are.
 *
 * @returns Whether the part was read to its end, or until `isDone`. `false` after `maxBytes`.
 * @throws ViewerProblem If it is damaged, encrypted, or nested too deep.
 */
export async function readXml(
  entry: ArchiveEntry,
  reader: XmlReader,
  { maxBytes, maxDepth = MAX_DEPTH, context }: XmlOptions,
): Promise<boolean> {
  if (!entry.read) throw new ViewerProblem('entry-damaged');
  const { signal, isInWorker } = context;
  const pause = isInWorker ? undefined : createPause(signal);
  const parser = createParser(reader, maxDepth);
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

function createParser({ open, text, close }: XmlReader, maxDepth: number): Parser {
  let depth = 0;
  return new Parser(
    {
      onopentag: (name, attributes) => {
        if (++depth > maxDepth) throw new ViewerProblem('too-many-parts');
        open?.(localName(name), attributes);
      },
      ontext: (part) => text?.(part),
      onclosetag: (name) => {
        depth--;
        close?.(localName(name));
      },
    },
    { xmlMode: true },
  );
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Encoding by the byte order mark. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
