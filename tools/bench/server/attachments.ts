import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal';

/** Existing attachment. */
interface Kept {
  readonly make: () => Buffer;
  timesRead: number;
}

/** Counts the received bytes of each attachment and discards them. Readable ones are kept. */
export class Attachments {
  private readonly received = new Map<string, number>();
  private readonly kept = new Map<string, Kept>();

  /** Creates an empty attachment; returns its GUID. */
  create(): string {
    const id = randomUUID();
    this.received.set(id, 0);
    return id;
  }

  /** Adds a readable attachment, generated on each read; returns its GUID. */
  keep(make: () => Buffer): string {
    const id = randomUUID();
    this.kept.set(id, { make, timesRead: 0 });
    return id;
  }

  /** Bytes of a readable attachment. */
  read(id: string): Buffer {
    const kept = this.kept.get(id);
    if (!kept) throw new Refusal(404, `There are no bytes of ${id}.`);
    kept.timesRead++;
    return kept.make();
  }

  /** Number of reads of each readable attachment, by GUID. */
  timesRead(): ReadonlyMap<string, number> {
    return new Map(Array.from(this.kept, ([id, { timesRead }]) => [id, timesRead]));
  }

  /** Received bytes, in order and without a gap. `undefined` for an unknown id. */
  bytesOf(id: string): number | undefined {
    return this.received.get(id);
  }

  /** Accepts the next piece. */
  add(id: string, bytes: number): void {
    this.received.set(id, this.expect(id) + bytes);
  }

  /** Checks the start of the next piece against the end of the attachment. */
  expectAt(id: string, offset: number): void {
    const received = this.expect(id);
    if (received !== offset) throw new Refusal(409, `${id} has ${received} bytes, not ${offset}.`);
  }

  private expect(id: string): number {
    const received = this.received.get(id);
    if (received === undefined) throw new Refusal(404, `There is no attachment ${id}.`);
    return received;
  }
}
