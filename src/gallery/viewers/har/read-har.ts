import { detectEncoding } from '../../../base/decode-text';
import { runInSteps } from '../../../base/steps';
import type { TaskContext } from '../../workers/task-context';
import { readWholeText } from '../text/encoding';
import { fieldsOf } from '../json-fields';
import { parseOrSkip, textOf } from './fields';
import type { ByteRange, FoundEntry } from './find-entries';
import { findEntries } from './find-entries';
import type { HarRequest, RequestLog } from './har-log';
import { summarizeRequest } from './summarize-request';

/** Maximum number of listed requests. */
export const MAX_REQUESTS = 10_000;

/** Maximum size of a request without long strings, in bytes: in a worker, and on the page, which parses it at once. */
const MAX_ENTRY_BYTES = { worker: 64 * 1024 * 1024, page: 8 * 1024 * 1024 };

/** Length of a long string that is kept, such as the beginning of a `data:` address, in bytes. */
const KEPT_BYTES = 1_000;

const BACKSLASH = 0x5c;

/** Maximum size of a fact about the file, in bytes. */
const MAX_PROGRAM_BYTES = 4096;

/** Bytes to read to detect the encoding. */
const BEGINNING_BYTES = 4096;

/**
 * Reads the requests of a HAR file, without their headers and bodies. A file without its end has the requests so far.
 *
 * @returns `null` if the file is no HAR.
 */
export async function readHar(bytes: Blob, { signal, isInWorker }: TaskContext): Promise<RequestLog | null> {
  const source = await inUtf8(bytes);
  const text = new Uint8Array(await source.arrayBuffer());
  const found = await runInSteps(findEntries(text, MAX_REQUESTS), signal);
  if (!found) return null;
  const maxBytes = MAX_ENTRY_BYTES[isInWorker ? 'worker' : 'page'];
  const requests = await runInSteps(summarize(text, found.entries, maxBytes), signal);
  return {
    source,
    requests: inOrder(requests),
    total: found.total,
    damaged: found.entries.length - requests.length,
    isCut: found.isCut,
    creator: found.programs.map((range) => describeProgram(text, range)).join(' · '),
  };
}

/** Returns the requests in the order of their starts. Some programs write them in the order of their ends. */
export function inOrder(requests: readonly HarRequest[]): readonly HarRequest[] {
  return [...requests].sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0) || a.index - b.index);
}

async function inUtf8(bytes: Blob): Promise<Blob> {
  const beginning = new Uint8Array(await bytes.slice(0, BEGINNING_BYTES).arrayBuffer());
  const isWide = detectEncoding(beginning, bytes.size <= BEGINNING_BYTES).startsWith('utf-16');
  return isWide ? new Blob([await readWholeText(bytes)]) : bytes;
}

function* summarize(
  text: Uint8Array,
  entries: readonly FoundEntry[],
  maxBytes: number,
): Generator<void, readonly HarRequest[]> {
  const requests: HarRequest[] = [];
  for (const [index, found] of entries.entries()) {
    const [start, end] = found.range;
    const pieces = shortPieces(text, found);
    const bytes = pieces.reduce((sum, [from, to]) => sum + to - from, 0);
    const json = bytes > maxBytes ? '' : pieces.map((piece) => decode(text, piece)).join('');
    const entry = parseOrSkip(json);
    const request = summarizeRequest(entry, { index, start, end });
    if (request) requests.push(request);
    yield;
  }
  return requests;
}

/** Returns the pieces of an entry without the ends of long strings: a body takes long to parse, and is not needed. */
function shortPieces(
  text: Uint8Array,
  { range: [start, end], longStrings }: FoundEntry,
): readonly ByteRange[] {
  const pieces: ByteRange[] = [];
  let from = start;
  for (const [stringStart, stringEnd] of longStrings) {
    let to = stringStart;
    // Not within an escape or a character of several bytes.
    while (to < stringStart + KEPT_BYTES && isPlain(text[to])) to++;
    pieces.push([from, to]);
    from = stringEnd;
  }
  return [...pieces, [from, end]];
}

function isPlain(byte: number | undefined): boolean {
  return byte !== undefined && byte < 0x80 && byte !== BACKSLASH;
}

/** `Chrome 130.0`. */
function describeProgram(text: Uint8Array, [start, end]: ByteRange): string {
  const program = fieldsOf(parseOrSkip(decode(text, [start, Math.min(end, start + MAX_PROGRAM_BYTES)])));
  return `${textOf(program['name'], 100)} ${textOf(program['version'], 100)}`.trim();
}

function decode(text: Uint8Array, [start, end]: ByteRange): string {
  return new TextDecoder().decode(text.subarray(start, end));
}
