import { createHash, randomUUID, type Hash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open, rm, truncate } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Assumptions } from '../contract';
import type { Attachment } from './attachment';
import type { Clock } from './clock';
import { malformed, noSuchAttachment } from './refusals';
import type { ByteRange } from './byte-range';
import { fileDateOf, firstGeneratedId } from './generated/generated-dates';
import { readContent } from './generated/generated-content';
import { GeneratedFiles, isGenerated, type GeneratedSize } from './generated/generated-files';

/** A chunked upload as far as it has come; it stays known when it is complete. */
export interface ChunkedUpload {
  readonly id: string;
  readonly fileName: string | null;
  /** Size of the whole file; known from the first chunk on. */
  readonly total: number | null;
  /** Received bytes, counted from the start of the file. */
  readonly received: number;
}

interface Session extends ChunkedUpload {
  total: number | null;
  received: number;
  /** Of the bytes received; `null` when the file must be read for it: some were written over, or written by an earlier run. */
  hash: Hash | null;
  /** Settled when no chunk is being received. An aborted one may still be on a slow connection. */
  idle: Promise<void>;
}

/** Metadata of the stored bytes; each `path` is a name in the folder of the attachments. */
export interface AttachmentsSnapshot {
  readonly stored: readonly Attachment[];
  readonly uploads: readonly ChunkedUpload[];
  /** Missing without generated files, and in old data folders. */
  readonly generated?: GeneratedSize;
}

/** The attachments, each in a file of its own in `folder`; bytes never stand in memory as a whole. */
export class Attachments {
  private readonly stored = new Map<string, Attachment>();
  private readonly sessions = new Map<string, Session>();
  /** Files by the hash of their content. */
  private readonly seeded = new Map<string, string>();
  private generated: GeneratedFiles | undefined;

  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
  ) {}

  get all(): readonly Attachment[] {
    return [...this.stored.values()];
  }

  get chunkedUploads(): readonly ChunkedUpload[] {
    return [...this.sessions.values()].map(({ id, fileName, total, received }) => ({
      id,
      fileName,
      total,
      received,
    }));
  }

  /** Metadata of the bytes in the folder. */
  snapshot(): AttachmentsSnapshot {
    const stored = this.all.map((attachment) => ({ ...attachment, path: basename(attachment.path) }));
    const { size } = this.generated ?? {};
    return { stored, uploads: this.chunkedUploads, ...(size && { generated: size }) };
  }

  /** Restores the metadata of the files in the folder. Bytes of an incomplete chunk are dropped. */
  restore({ stored, uploads, generated }: AttachmentsSnapshot): void {
    if (generated) this.generated = new GeneratedFiles(generated);
    for (const attachment of stored) {
      const path = this.path(basename(attachment.path));
      if (!existsSync(path)) throw new Error(`the bytes of the attachment ${attachment.id} are missing`);
      this.stored.set(attachment.id, { ...attachment, path });
    }
    for (const { id, fileName, total, received } of uploads) {
      if (received > 0) truncateSync(this.path(id), received);
      else rmSync(this.path(id), { force: true });
      const hash = received > 0 ? null : createHash('sha256');
      this.sessions.set(id, { id, fileName, total, received, hash, idle: Promise.resolve() });
    }
  }

  find(id: string): Attachment | undefined {
    return this.stored.get(id) ?? this.generated?.attachment(id, fileDateOf);
  }

  /** Adds generated files, in addition to the stored ones, and returns them. */
  generate(size: GeneratedSize): GeneratedFiles {
    this.generated = new GeneratedFiles(size);
    return this.generated;
  }

  /** Id of the work item that a generated file was created for; `undefined` for other files. */
  homeOf(id: string): number | undefined {
    const item = this.generated?.itemOf(id);
    return item === undefined ? undefined : firstGeneratedId + item;
  }

  /**
   * Streams the bytes of an attachment.
   *
   * @param part First and last byte; the whole file by default.
   */
  read(attachment: Attachment, part?: { start: number; end: number }): Readable {
    return isGenerated(attachment)
      ? readContent(attachment.plan, part)
      : createReadStream(attachment.path, part);
  }

  /** Takes a whole file in. Leaves nothing behind when `chunks` or `check` throws. */
  async receive(
    chunks: AsyncIterable<Buffer>,
    fileName: string | null,
    check: (bytes: number) => void,
  ): Promise<Attachment> {
    const id = randomUUID();
    const hash = createHash('sha256');
    try {
      const bytes = await write(this.path(id), chunks, hash);
      check(bytes);
      return this.keep(id, fileName, bytes, hash.digest('hex'));
    } catch (error) {
      await rm(this.path(id), { force: true });
      throw error;
    }
  }

  /** Puts a small attachment in, for seeding. Equal ones share a file, since hundreds of files take long. */
  put(fileName: string, content: Buffer, createdDate: string): Attachment {
    const id = randomUUID();
    const sha256 = createHash('sha256').update(content).digest('hex');
    const path = this.seeded.get(sha256) ?? this.path(id);
    if (!this.seeded.has(sha256)) writeFileSync(path, content);
    this.seeded.set(sha256, path);
    const attachment: Attachment = { id, fileName, bytes: content.length, sha256, path, createdDate };
    this.stored.set(id, attachment);
    return attachment;
  }

  /** Opens a chunked upload (REST reference A.2). */
  register(fileName: string | null): string {
    const id = randomUUID();
    const hash = createHash('sha256');
    this.sessions.set(id, { id, fileName, total: null, received: 0, hash, idle: Promise.resolve() });
    return id;
  }

  /** Knows nothing any more of the chunked uploads so far, as if they were too old. */
  forgetChunkedUploads(): void {
    this.sessions.clear();
  }

  /**
   * Accepts one chunk of a chunked upload (REST reference A.3); the last one completes it. A refused or
   * aborted chunk leaves the upload unchanged. Assumed: gaps and a changing total are refused.
   *
   * @param repeatedChunk - treatment of a chunk that overlaps received bytes, also of a complete upload
   */
  receiveChunk(
    id: string,
    range: ByteRange,
    chunks: AsyncIterable<Buffer>,
    repeatedChunk: Assumptions['repeatedChunk'],
  ): Promise<void> {
    const session = this.sessions.get(id);
    if (session === undefined) throw noSuchAttachment(id);
    const received = session.idle.then(() => this.takeChunk(session, range, chunks, repeatedChunk));
    session.idle = received.catch(() => undefined);
    return received;
  }

  private async takeChunk(
    session: Session,
    range: ByteRange,
    chunks: AsyncIterable<Buffer>,
    repeatedChunk: Assumptions['repeatedChunk'],
  ): Promise<void> {
    if (session.total !== null && session.total !== range.total) {
      throw malformed(
        `The total size ${range.total} differs from the ${session.total} of the earlier chunks.`,
      );
    }
    const overlaps = range.first < session.received;
    if (range.first > session.received || (overlaps && repeatedChunk === 'refuse')) {
      throw malformed(
        `The chunk begins at byte ${range.first}, but byte ${session.received} is expected next.`,
      );
    }
    await (overlaps ? this.overwrite(session, range, chunks) : this.append(session, range, chunks));
    session.total = range.total;
    session.received = Math.max(session.received, range.last + 1);
    if (session.received === session.total) await this.complete(session);
  }

  private async append(session: Session, range: ByteRange, chunks: AsyncIterable<Buffer>): Promise<void> {
    const path = this.path(session.id);
    const hash = session.hash?.copy() ?? null;
    try {
      checkLength(range, await write(path, chunks, hash));
    } catch (error) {
      await truncate(path, session.received);
      throw error;
    }
    session.hash = hash;
  }

  private async overwrite(session: Session, range: ByteRange, chunks: AsyncIterable<Buffer>): Promise<void> {
    const path = this.path(session.id);
    const chunkPath = `${path}.chunk`;
    try {
      checkLength(range, await write(chunkPath, chunks));
      await pipeline(
        createReadStream(chunkPath),
        createWriteStream(path, { flags: 'r+', start: range.first }),
      );
      session.hash = null;
    } finally {
      await rm(chunkPath, { force: true });
    }
  }

  private async complete(session: Session): Promise<void> {
    const sha256 = session.hash?.digest('hex') ?? (await sha256Of(this.path(session.id)));
    // A finished hash cannot be updated.
    session.hash = null;
    this.keep(session.id, session.fileName, session.received, sha256);
  }

  private keep(id: string, fileName: string | null, bytes: number, sha256: string): Attachment {
    const createdDate = this.clock.now;
    const attachment: Attachment = { id, fileName, bytes, sha256, path: this.path(id), createdDate };
    this.stored.set(id, attachment);
    return attachment;
  }

  private path(id: string): string {
    return join(this.folder, id);
  }
}

/** Appends to a file and creates it if necessary; returns the number of bytes. */
async function write(path: string, chunks: AsyncIterable<Buffer>, hash: Hash | null = null): Promise<number> {
  const file = await open(path, 'a');
  try {
    let bytes = 0;
    for await (const chunk of chunks) {
      hash?.update(chunk);
      await file.appendFile(chunk);
      bytes += chunk.length;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

function checkLength({ first, last }: ByteRange, bytes: number): void {
  const length = last - first + 1;
  if (bytes !== length) throw malformed(`The chunk has ${bytes} bytes, but its range says ${length}.`);
}
