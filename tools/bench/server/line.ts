import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type { Connection } from '../workloads';

/** How late a timer may be on a busy machine without the line losing speed to it. */
const MAX_LATE_MS = 50;

/** A line of a given latency and speed, shared by all requests. */
export class Line {
  /** Arrival time of the bytes sent so far, as of `performance.now()`. */
  private busyUntil = 0;

  constructor(private readonly connection: Connection) {}

  /** To be awaited before an answer is sent. */
  async latency(): Promise<void> {
    if (this.connection.latencyMs > 0) await sleep(this.connection.latencyMs);
  }

  /**
   * Reads `body` at the speed of the connection. A waiting piece pauses its socket, so the sender is
   * throttled.
   */
  receive(body: Readable, take: (piece: Buffer) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      let arrival = Infinity;
      body.on('data', (piece: Buffer) => {
        take(piece);
        const now = performance.now();
        arrival = this.carry(piece.length, now, arrival);
        if (arrival <= now) return;
        body.pause();
        setTimeout(() => body.resume(), arrival - now);
      });
      body.on('end', resolve);
      body.on('error', reject);
    });
  }

  /**
   * When so many bytes will have arrived.
   *
   * @param due When the piece before them had arrived: from then on they were on their way, however late we look.
   */
  private carry(bytes: number, now: number, due: number): number {
    const { bytesPerSecond } = this.connection;
    if (bytesPerSecond === undefined) return now;
    const began = Math.min(now, Math.max(due, now - MAX_LATE_MS));
    this.busyUntil = Math.max(began, this.busyUntil) + (bytes / bytesPerSecond) * 1000;
    return this.busyUntil;
  }
}
