import type { AttachmentReference } from '../model/attachment';
import type { StaplerError } from '../model/errors';
import { isStaplerError, ServerError } from '../model/errors';
import { hasTrait, refusesSession } from '../model/problem-traits';
import type { FileToSend, Sending, SendOptions } from '../model/upload';
import type { UploadSession } from '../model/upload-journal';
import { putChunk, readAttachment, registerAttachment } from '../rest/attachments';
import type { ByteRange } from './chunks';
import {
  chunkAt,
  contentRange,
  firstChunkBytes,
  lengthOf,
  nextChunkBytes,
  SMALLEST_CHUNK,
  smallerChunkBytes,
} from './chunks';
import { haveSameBytes } from './same-bytes';
import type { SendingTools } from './sending-tools';

/** What the server has of a file, as far as it said so. */
interface Session {
  readonly reference: AttachmentReference;
  bytesAccepted: number;
  /** A chunk that was sent and not confirmed, and how often that happened. */
  pending: { readonly range: ByteRange; readonly failures: number } | undefined;
  /** Whether any byte was sent twice, so that only a comparison can tell what is stored. */
  isDoubtful: boolean;
}

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
  let session = file.session && takenUp(file.session, total);
  let chunkBytes = file.session?.chunkBytes ?? firstChunkBytes(line.bytesPerSecond);
  /** Sessions in a row that were refused before they came further than those before. */
  let refusals = 0;
  let furthest = 0;
  let mismatches = 0;

  async function run(options: SendOptions): Promise<AttachmentReference> {
    // A chunk that was stopped on the way may be refused when it comes again, as often as a person pauses.
    options.signal.addEventListener('abort', () => (refusals = furthest = 0));
    for (;;) {
      session ??= await openSession(options);
      try {
        while (session.bytesAccepted < total) await sendChunk(session, options);
        if (!session.isDoubtful || (await hasArrived(session, options))) return session.reference;
      } catch (error) {
        if (!isStaplerError(error) || !refusesSession(error)) throw error;
        if (session.bytesAccepted > furthest) refusals = 0;
        furthest = Math.max(furthest, session.bytesAccepted);
        await startOver(options, ++refusals > 1 ? error : undefined);
        continue;
      }
      await startOver(options, ++mismatches > MOST_MISMATCHES ? damaged(name) : undefined);
    }
  }

  /** Once bytes were damaged on the way, every session is doubtful. */
  async function openSession({ signal, mayGoOn }: SendOptions): Promise<Session> {
    await mayGoOn();
    const reference = await registerAttachment(connection, name, signal);
    return { reference, bytesAccepted: 0, pending: undefined, isDoubtful: mismatches > 0 };
  }

  async function sendChunk(session: Session, options: SendOptions): Promise<void> {
    const { signal, mayGoOn, onProgress } = options;
    await mayGoOn();
    const { reference, bytesAccepted, pending } = session;
    const range = nextRange(session);
    if (pending) session.isDoubtful = true;
    await tell(session, lengthOf(range), options);
    // Stopped between two chunks: nothing of the next one was sent, and nothing is in doubt.
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
      if (isStaplerError(error)) noteFailure(session, pending, range, error);
      if (isTooLarge(error) && lengthOf(range) > SMALLEST_CHUNK) return;
      throw error;
    }
    session.pending = undefined;
    session.bytesAccepted = range.last + 1;
    onProgress({ bytesSent: session.bytesAccepted, bytesAccepted: session.bytesAccepted });
    const elapsedMs = now() - startedAt;
    line.note(lengthOf(range), elapsedMs);
    // The last chunk is whatever was left, and a chunk after a failure is smaller than what the line could carry.
    if (lengthOf(range) === chunkBytes) chunkBytes = nextChunkBytes(chunkBytes, elapsedMs);
    if (session.bytesAccepted === total) await tell(session, chunkBytes, options);
  }

  function tell(
    { reference, bytesAccepted, isDoubtful }: Session,
    nextBytes: number,
    { onSession }: SendOptions,
  ): Promise<void> {
    return onSession({ reference, bytesAccepted, chunkBytes: nextBytes, isDoubtful });
  }

  /** @param before What was pending before the chunk was sent. */
  function noteFailure(
    session: Session,
    before: Session['pending'],
    range: ByteRange,
    error: StaplerError,
  ): void {
    error.telling({ range: contentRange(range, total) });
    if (hasTrait(error, 'not-received')) session.pending = before;
    else session.pending = { range, failures: (before?.failures ?? 0) + 1 };
    if (isTooLarge(error)) line.refused(lengthOf(range));
    if (error.kind !== 'host-silent') chunkBytes = smallerChunkBytes(lengthOf(range));
  }

  /** The same once more where the answer may have been lost; a smaller one where that failed as well. */
  function nextRange({ bytesAccepted, pending }: Session): ByteRange {
    if (pending && pending.failures <= 1 && lengthOf(pending.range) <= line.mostBytes) return pending.range;
    const most = Math.max(SMALLEST_CHUNK, line.mostBytes);
    return chunkAt(bytesAccepted, Math.min(chunkBytes, most), total);
  }

  async function hasArrived({ reference }: Session, options: SendOptions): Promise<boolean> {
    const { signal, mayGoOn, onStep } = options;
    await mayGoOn();
    onStep('verifying');
    const stored = await readAttachment(connection, reference, signal);
    const isSame = await haveSameBytes(source, stored, signal);
    // A page of a proxy says nothing of what is stored; a page that was attached is the same.
    if (!isSame && /html/i.test(stored.type)) throw notShown();
    return isSame;
  }

  /** @throws `reason` when there is one: enough is enough. A person's retry then begins with a clean slate. */
  async function startOver(options: SendOptions, reason: Error | undefined): Promise<void> {
    session = undefined;
    await options.onSession(undefined);
    if (reason) {
      refusals = mismatches = furthest = 0;
      throw reason;
    }
    options.onStep('starting-over');
  }

  return { run };
}

/** Another frame was gone before it heard of the next chunk, which may have arrived all the same. */
function takenUp(session: UploadSession, total: number): Session {
  const { reference, bytesAccepted, chunkBytes, isDoubtful } = session;
  if (bytesAccepted >= total) return { reference, bytesAccepted, pending: undefined, isDoubtful };
  const range = chunkAt(bytesAccepted, chunkBytes, total);
  return { reference, bytesAccepted, pending: { range, failures: 1 }, isDoubtful: true };
}

function isTooLarge(error: unknown): boolean {
  return isStaplerError(error) && error.kind === 'request-too-large';
}

function notShown(): ServerError {
  return new ServerError('unexpected-answer', 'What is stored was to be read back, and a page came.');
}

function damaged(name: string): ServerError {
  return new ServerError(
    'content-damaged',
    `What arrived of "${name}" differs from the file, again and again.`,
  );
}
