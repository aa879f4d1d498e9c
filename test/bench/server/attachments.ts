import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal';

/** Counts what arrives of each attachment; the bytes themselves are thrown away. */
export class Attachments {
  private readonly received = new Map<string, number>();

  /** Makes an attachment of which nothing has arrived; answers with its GUID. */
  create(): string {
    const id = randomUUID();
    this.received.set(id, 0);
    return id;
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
