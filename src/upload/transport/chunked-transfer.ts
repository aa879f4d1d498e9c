import { putChunk, readAttachment, registerAttachment } from '../../azure/rest/attachments';
import type { AttachmentReference } from '../../azure/work-item';
import type { StaplerError } from '../../base/errors';
import { isStaplerError, ServerError } from '../../base/errors';
import { hasTrait, refusesSession } from '../../base/problem-traits';
import type { FileToSend, FileTransfer, SendOptions, UploadSession } from '../upload';
import type { ByteRange } from './chunks';
import {
  chunkAt,
  contentRange,
  firstChunkBytes,
  lengthOf,
  MIN_CHUNK_BYTES,
  nextChunkBytes,
  smallerChunkBytes,
} from './chunks';
import type { TransferTools } from './transfer-tools';

/** Size of the slices in memory, in bytes. */
const SLICE_BYTES = 4 * 1024 * 1024;

/**
 * Whether two blobs hold the same bytes. Reads both in slices and yields in between. Compares bytes instead of hashes
 * because `crypto.subtle` is missing over plain HTTP, as on some servers on premises.
 *
 * @throws DOMException if a blob cannot be read, or `signal` was aborted.
 */
export async function haveSameBytes(a: Blob, b: Blob, signal: AbortSignal): Promise<boolean> {
  if (a.size !== b.size) return false;
  for (let first = 0; first < a.size; first += SLICE_BYTES) {
    const slices = [a, b].map((blob) => blob.slice(first, first + SLICE_BYTES).arrayBuffer());
    const [ofA, ofB] = await Promise.all(slices);
    signal.throwIfAborted();
    if (!ofA || !ofB || !areEqual(ofA, ofB)) return false;
  }
  return true;
}

function areEqual(a: ArrayBuffer, b: ArrayBuffer): boolean {
  if (a.byteLength !== b.byteLength) return false;
  const words = Math.floor(a.byteLength / 4);
  const [wordsOfA, wordsOfB] = [new Uint32Array(a, 0, words), new Uint32Array(b, 0, words)];
  for (let at = 0; at < words; at++) if (wordsOfA[at] !== wordsOfB[at]) return false;
  const [restOfA, restOfB] = [new Uint8Array(a, 4 * words), new Uint8Array(b, 4 * words)];
  return restOfA.every((byte, at) => byte === restOfB[at]);
}

/** Upload session as confirmed by the server. */
interface SessionState {
  readonly reference: AttachmentReference;
  bytesAccepted: number;
  /** A chunk sent without confirmation, and its number of failures. */
  pending: { readonly range: ByteRange; readonly failures: number } | undefined;
  /** Whether any byte was sent twice. Only a read-back can then tell if the stored bytes are right. */
  isDoubtful: boolean;
}

/** Sessions with wrong bytes before giving up. */
const MAX_MISMATCHES = 2;

/**
 * Sends a file in chunks, in ascending order, one at a time. An attempt resumes at the confirmed offset; a chunk
 * without a response is sent again with the same range, and bytes sent twice are read back and compared before
 * linking (design, decision 6).
 */
export function createChunkedTransfer(tools: TransferTools, file: FileToSend): FileTransfer {
  const { connection, throughput, now } = tools;
  const { name, source, size: total } = file;
  let session = file.session && resumed(file.session, total);
  let chunkBytes = file.session?.chunkBytes ?? firstChunkBytes(throughput.bytesPerSecond);
  /** Consecutive sessions refused without further progress. */
  let refusals = 0;
  let maxBytesAccepted = 0;
  let mismatches = 0;

  async function run(options: SendOptions): Promise<AttachmentReference> {
    // An aborted chunk may be refused when it is sent again, after every pause.
    options.signal.addEventListener('abort', () => (refusals = maxBytesAccepted = 0));
    for (;;) {
      session ??= await openSession(options);
      try {
        while (session.bytesAccepted < total) await sendChunk(session, options);
        if (!session.isDoubtful || (await isStoredIntact(session, options))) return session.reference;
      } catch (error) {
        if (!isStaplerError(error) || !refusesSession(error)) throw error;
        if (session.bytesAccepted > maxBytesAccepted) refusals = 0;
        maxBytesAccepted = Math.max(maxBytesAccepted, session.bytesAccepted);
        await startOver(options, ++refusals > 1 ? error : undefined);
        continue;
      }
      await startOver(options, ++mismatches > MAX_MISMATCHES ? contentDamaged(name) : undefined);
    }
  }

  /** After a mismatch, every session is doubtful. */
  async function openSession({ signal, waitUntilOpen }: SendOptions): Promise<SessionState> {
    await waitUntilOpen();
    const reference = await registerAttachment(connection, name, signal);
    return { reference, bytesAccepted: 0, pending: undefined, isDoubtful: mismatches > 0 };
  }

  async function sendChunk(session: SessionState, options: SendOptions): Promise<void> {
    const { signal, waitUntilOpen, onProgress } = options;
    await waitUntilOpen();
    const { reference, bytesAccepted, pending } = session;
    const range = nextRange(session);
    if (pending) session.isDoubtful = true;
    await reportSession(session, lengthOf(range), options);
    // Stopped between two chunks: nothing of the next one was sent, so nothing is in doubt.
    signal.throwIfAborted();
    session.pending = { range, failures: pending?.failures ?? 0 };
    const startedAt = now();
    try {
      await putChunk(connection, {
        reference,
        fileName: name,
        contentRange: contentRange(range, total),
        body: source.slice(range.first, range.last + 1),
        signal,
        onUploadProgress: (bytesSent) => onProgress({ bytesSent: bytesAccepted + bytesSent, bytesAccepted }),
      });
    } catch (error) {
      if (isStaplerError(error)) recordFailure(session, pending, range, error);
      if (isTooLarge(error) && lengthOf(range) > MIN_CHUNK_BYTES) return;
      throw error;
    }
    session.pending = undefined;
    session.bytesAccepted = range.last + 1;
    onProgress({ bytesSent: session.bytesAccepted, bytesAccepted: session.bytesAccepted });
    const elapsedMs = now() - startedAt;
    throughput.record(lengthOf(range), elapsedMs);
    // Neither the last chunk nor a smaller one after a failure says anything about the ideal size.
    if (lengthOf(range) === chunkBytes) chunkBytes = nextChunkBytes(chunkBytes, elapsedMs);
    if (session.bytesAccepted === total) await reportSession(session, chunkBytes, options);
  }

  function reportSession(
    { reference, bytesAccepted, isDoubtful }: SessionState,
    nextBytes: number,
    { onSession }: SendOptions,
  ): Promise<void> {
    return onSession({ reference, bytesAccepted, chunkBytes: nextBytes, isDoubtful });
  }

  /** @param before Pending chunk before this attempt. */
  function recordFailure(
    session: SessionState,
    before: SessionState['pending'],
    range: ByteRange,
    error: StaplerError,
  ): void {
    error.withFacts({ range: contentRange(range, total) });
    if (hasTrait(error, 'not-received')) session.pending = before;
    else session.pending = { range, failures: (before?.failures ?? 0) + 1 };
    if (isTooLarge(error)) throughput.recordTooLarge(lengthOf(range));
    if (error.kind !== 'host-silent') chunkBytes = smallerChunkBytes(lengthOf(range));
  }

  /** The same range again if only the response may have been lost; a smaller one after a second failure. */
  function nextRange({ bytesAccepted, pending }: SessionState): ByteRange {
    if (pending && pending.failures <= 1 && lengthOf(pending.range) <= throughput.maxBodyBytes)
      return pending.range;
    const maxBytes = Math.max(MIN_CHUNK_BYTES, throughput.maxBodyBytes);
    return chunkAt(bytesAccepted, Math.min(chunkBytes, maxBytes), total);
  }

  async function isStoredIntact({ reference }: SessionState, options: SendOptions): Promise<boolean> {
    const { signal, waitUntilOpen, onStep } = options;
    await waitUntilOpen();
    onStep('verifying');
    const stored = await readAttachment(connection, reference, signal);
    const isSame = await haveSameBytes(source, stored, signal);
    // The page of a proxy says nothing about the stored bytes; an attached HTML file compares equal.
    if (!isSame && /html/i.test(stored.type)) throw readBackFailed();
    return isSame;
  }

  /** @throws `reason`, if set. A manual retry then starts with fresh counters. */
  async function startOver(options: SendOptions, reason: Error | undefined): Promise<void> {
    session = undefined;
    await options.onSession(undefined);
    if (reason) {
      refusals = mismatches = maxBytesAccepted = 0;
      throw reason;
    }
    options.onStep('starting-over');
  }

  return { run };
}

/** Resumes a session of another frame. Its next chunk may have arrived without a response. */
function resumed(session: UploadSession, total: number): SessionState {
  const { reference, bytesAccepted, chunkBytes, isDoubtful } = session;
  if (bytesAccepted >= total) return { reference, bytesAccepted, pending: undefined, isDoubtful };
  const range = chunkAt(bytesAccepted, chunkBytes, total);
  return { reference, bytesAccepted, pending: { range, failures: 1 }, isDoubtful: true };
}

function isTooLarge(error: unknown): boolean {
  return isStaplerError(error) && error.kind === 'request-too-large';
}

function readBackFailed(): ServerError {
  return new ServerError('unexpected-answer', 'What is stored was to be read back, and a page came.');
}

function contentDamaged(name: string): ServerError {
  return new ServerError(
    'content-damaged',
    `What arrived of "${name}" differs from the file, again and again.`,
  );
}
