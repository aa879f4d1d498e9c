import type { AttachmentReference } from '../model/attachment';
import type { ProblemKind, StaplerError } from '../model/errors';
import { isStaplerError, ServerError } from '../model/errors';
import type { FileToSend, Sending, SendOptions } from '../model/upload';
import { putChunk, readAttachment, registerAttachment } from '../rest/attachments';
import type { ByteRange } from './chunks';
import {
  chunkAt,
  contentRange,
  firstChunkBytes,
  LARGEST_CHUNK,
  lengthOf,
  nextChunkBytes,
  SMALLEST_CHUNK,
  smallerChunkBytes,
} from './chunks';
import { haveSameBytes } from './same-bytes';
import type { SendingTools } from './simple-sending';

/** What the server has of a file, as far as it said so. */
interface Session {
  readonly reference: AttachmentReference;
  bytesAccepted: number;
  /** A chunk that was sent and not confirmed, and how often that happened. */
  pending: { readonly range: ByteRange; readonly failures: number } | undefined;
  /** Whether any byte was sent twice, so that only a comparison can tell what is stored. */
  isDoubtful: boolean;
}

/**
 * How the server says that it has no use for a chunk, since the session is gone or does not stand where we think, or
 * that it does not show what it has stored. A new session is worth a try: without a doubt it needs no look.
 */
const SESSION_REFUSED: ReadonlySet<ProblemKind> = new Set([
  'refused',
  'conflict',
  'work-item-missing',
  'no-permission',
]);

/** So often the bytes that arrived may be other than those of the file before we give up. */
const MOST_MISMATCHES = 2;

/**
 * A file in chunks, in ascending order, one after another. An attempt goes on where the server confirmed; a chunk
 * whose answer was lost is sent again with the same range, and what was sent twice is read back and compared before
 * it may be linked (design, decision 6).
 */
export function createChunkedSending(tools: SendingTools, file: FileToSend): Sending {
  const { connection, line, now } = tools;
  const { name, source, size: total } = file;
  let session: Session | undefined;
  let chunkBytes = firstChunkBytes(line.bytesPerSecond);
  /** Largest chunk that nobody on the way has refused. */
  let mostBytes = LARGEST_CHUNK;
  let refusals = 0;
  let mismatches = 0;

  async function run(options: SendOptions): Promise<AttachmentReference> {
    for (;;) {
      session ??= await openSession(options.signal);
      try {
        while (session.bytesAccepted < total) await sendChunk(session, options);
        if (!session.isDoubtful || (await hasArrived(session, options))) return session.reference;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        startOver(options, ++refusals > 1 ? error : undefined);
        continue;
      }
      startOver(options, ++mismatches > MOST_MISMATCHES ? damaged(name) : undefined);
    }
  }

  /** Once bytes were damaged on the way, every session is doubtful. */
  async function openSession(signal: AbortSignal): Promise<Session> {
    const reference = await registerAttachment(connection, name, signal);
    return { reference, bytesAccepted: 0, pending: undefined, isDoubtful: mismatches > 0 };
  }

  async function sendChunk(session: Session, { signal, onProgress }: SendOptions): Promise<void> {
    // Stopped between two chunks: nothing of the next one was sent, and nothing is in doubt.
    signal.throwIfAborted();
    const { reference, bytesAccepted, pending } = session;
    const range = nextRange(session);
    if (pending) session.isDoubtful = true;
    session.pending = { range, failures: pending?.failures ?? 0 };
    const startedAt = now();
    try {
      await putChunk(connection, {
        reference,
        fileName: name,
        ...range,
        total,
        body: source.slice(range.first, range.last + 1),
        signal,
        onUploadProgress: (bytesSent) => onProgress({ bytesSent: bytesAccepted + bytesSent, bytesAccepted }),
      });
    } catch (error) {
      if (!isStaplerError(error)) throw error;
      if (error.kind === 'request-too-large' && lengthOf(range) > SMALLEST_CHUNK) {
        session.pending = undefined;
        chunkBytes = mostBytes = smallerChunkBytes(lengthOf(range));
        return;
      }
      session.pending = { range, failures: session.pending.failures + 1 };
      chunkBytes = smallerChunkBytes(lengthOf(range));
      throw error.telling({ range: contentRange(range, total) });
    }
    session.pending = undefined;
    session.bytesAccepted = range.last + 1;
    onProgress({ bytesSent: session.bytesAccepted, bytesAccepted: session.bytesAccepted });
    const elapsedMs = now() - startedAt;
    line.note(lengthOf(range), elapsedMs);
    // The last chunk is whatever was left, and a chunk after a failure is smaller than what the line could carry.
    if (lengthOf(range) === chunkBytes)
      chunkBytes = Math.min(mostBytes, nextChunkBytes(chunkBytes, elapsedMs));
  }

  /** The same once more where the answer may have been lost; a smaller one where that failed as well. */
  function nextRange({ bytesAccepted, pending }: Session): ByteRange {
    return pending && pending.failures <= 1 ? pending.range : chunkAt(bytesAccepted, chunkBytes, total);
  }

  async function hasArrived({ reference }: Session, { signal, onStep }: SendOptions): Promise<boolean> {
    onStep('verifying');
    return haveSameBytes(source, await readAttachment(connection, reference, signal), signal);
  }

  /** @throws `reason` when there is one: enough is enough. A person's retry then begins with a clean slate. */
  function startOver({ onStep }: SendOptions, reason: Error | undefined): void {
    session = undefined;
    if (reason) {
      refusals = mismatches = 0;
      throw reason;
    }
    onStep('starting-over');
  }

  return { run };
}

function isRefusal(error: unknown): error is StaplerError {
  return isStaplerError(error) && SESSION_REFUSED.has(error.kind);
}

function damaged(name: string): ServerError {
  return new ServerError(
    'content-damaged',
    `What arrived of "${name}" differs from the file, again and again.`,
  );
}
