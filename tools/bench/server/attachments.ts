import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal';

/** An attachment that was there before. */
interface Kept {
  readonly make: () => Buffer;
  timesRead: number;
}

/** Counts what arrives of each attachment; the bytes themselves are thrown away. Those that are to be read are kept. */
export class Attachments {
  private readonly received = new Map<string, number>();
  private readonly kept = new Map<string, Kept>();

  /** Makes an attachment of which nothing has arrived; answers with its GUID. */
  create(): string {
    const id = randomUUID();
    this.received.set(id, 0);
    return id;
  }

  /** Takes an attachment that can be read, made anew each time; answers with its GUID. */
  keep(make: () => Buffer): string {
    const id = randomUUID();
    this.kept.set(id, { make, timesRead: 0 });
    return id;
  }

  /** The bytes of an attachment that is kept. */
  read(id: string): Buffer {
    const kept = this.kept.get(id);
    if (!kept) throw new Refusal(404, `There are no bytes of ${id}.`);
    kept.timesRead++;
    return kept.make();
  }

  /** How often each of those that are kept was read, by GUID. */
  timesRead(): ReadonlyMap<string, number> {
    return new Map(Array.from(this.kept, ([id, { timesRead }]) => [id, timesRead]));
  }

  /** Bytes that have arrived, in order and without a gap. `undefined` for an unknown id. */
  bytesOf(id: string): number | undefined {
    return this.received.get(id);
  }

  /** Takes a piece that comes next. */
  add(id: string, bytes: number): void {
    this.received.set(id, this.expect(id) + bytes);
  }

  /** Makes sure that what is about to arrive begins where the attachment ends. */
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
