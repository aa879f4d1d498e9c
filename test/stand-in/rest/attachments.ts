import { createHash, randomUUID, type Hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { open, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { malformed, noSuchAttachment } from './refusals';
import type { ByteRange } from './byte-range';

/** Stored bytes. */
export interface Attachment {
  readonly id: string;
  /** The name given with the upload, if any. */
  readonly fileName: string | null;
  /** Size in bytes. */
  readonly bytes: number;
  readonly sha256: string;
  /** The file that holds the bytes. */
  readonly path: string;
  /** ISO time of the last byte. */
  readonly createdDate: string;
}

interface Session {
  readonly fileName: string | null;
  /** Size of the whole file; known from the first chunk on. */
  total: number | null;
  received: number;
  hash: Hash;
  /** A second chunk for the same upload is refused while one is being received. */
  busy: boolean;
}

/** The attachments, each in a file of its own in `folder`; bytes never stand in memory as a whole. */
export class Attachments {
  private readonly stored = new Map<string, Attachment>();
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly folder: string) {}

  get all(): readonly Attachment[] {
    return [...this.stored.values()];
  }

  find(id: string): Attachment | undefined {
    return this.stored.get(id);
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
      const bytes = await this.append(id, chunks, hash);
      check(bytes);
      return this.keep(id, fileName, bytes, hash);
    } catch (error) {
      await rm(this.path(id), { force: true });
      throw error;
    }
  }

  /** Puts a small attachment in, for seeding. */
  put(fileName: string, content: Buffer, createdDate: string): Attachment {
    const id = randomUUID();
    writeFileSync(this.path(id), content);
    return this.keep(id, fileName, content.length, createHash('sha256').update(content), createdDate);
  }

  /** Opens a chunked upload (REST reference A.2). */
  register(fileName: string | null): string {
    const id = randomUUID();
    this.sessions.set(id, { fileName, total: null, received: 0, hash: createHash('sha256'), busy: false });
    return id;
  }

  /**
   * Takes one chunk of a chunked upload in (REST reference A.3); the last one completes it.
   * Assumed: gaps, overlaps, repeated chunks and a changing total are refused and leave the upload as it was.
   */
  async receiveChunk(id: string, range: ByteRange, chunks: AsyncIterable<Buffer>): Promise<void> {
    const session = this.sessions.get(id);
    if (session === undefined) throw noSuchAttachment(id);
    if (session.busy) throw malformed('Another chunk of this attachment is being uploaded.');
    if (session.total !== null && session.total !== range.total) {
      throw malformed(
        `The total size ${range.total} differs from the ${session.total} of the earlier chunks.`,
      );
    }
    if (range.first !== session.received) {
      throw malformed(
        `The chunk begins at byte ${range.first}, but byte ${session.received} is expected next.`,
      );
    }
    session.busy = true;
    try {
      await this.appendChunk(id, session, range, chunks);
    } finally {
      session.busy = false;
    }
    if (session.received === range.total) {
      this.sessions.delete(id);
      this.keep(id, session.fileName, range.total, session.hash);
    }
  }

  private async appendChunk(id: string, session: Session, range: ByteRange, chunks: AsyncIterable<Buffer>) {
    const hash = session.hash.copy();
    const length = range.last - range.first + 1;
    try {
      const bytes = await this.append(id, chunks, hash);
      if (bytes !== length) throw malformed(`The chunk has ${bytes} bytes, but its range says ${length}.`);
    } catch (error) {
      await truncate(this.path(id), session.received);
      throw error;
    }
    session.hash = hash;
    session.total = range.total;
    session.received += length;
  }

  private async append(id: string, chunks: AsyncIterable<Buffer>, hash: Hash): Promise<number> {
    const file = await open(this.path(id), 'a');
    try {
      let bytes = 0;
      for await (const chunk of chunks) {
        hash.update(chunk);
        await file.appendFile(chunk);
        bytes += chunk.length;
      }
      return bytes;
    } finally {
      await file.close();
    }
  }

  private keep(
    id: string,
    fileName: string | null,
    bytes: number,
    hash: Hash,
    createdDate = new Date().toISOString(),
  ): Attachment {
    const attachment: Attachment = {
      id,
      fileName,
      bytes,
      sha256: hash.digest('hex'),
      path: this.path(id),
      createdDate,
    };
    this.stored.set(id, attachment);
    return attachment;
  }

  private path(id: string): string {
    return join(this.folder, id);
  }
}
