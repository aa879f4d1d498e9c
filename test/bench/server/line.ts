import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type { Connection } from '../workloads';

/** How late a timer may be without the line losing speed to it. */
const TIMER_SLACK_MS = 3;

/** A line of a given latency and speed, shared by all requests. */
export class Line {
  /** When what was sent so far has arrived, as of `performance.now()`. */
  private busyUntil = 0;

  constructor(private readonly connection: Connection) {}

  /** To be awaited before an answer is sent. */
  async latency(): Promise<void> {
    if (this.connection.latencyMs > 0) await sleep(this.connection.latencyMs);
  }

  /**
   * Reads `body` to its end at the speed of the line. A piece that must wait stops the reading of its socket, so the
   * sender is held back.
   */
  receive(body: Readable, take: (piece: Buffer) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      body.on('data', (piece: Buffer) => {
        take(piece);
        const waitMs = this.carry(piece.length);
        if (waitMs <= 0) return;
        body.pause();
        setTimeout(() => body.resume(), waitMs);
      });
      body.on('end', resolve);
      body.on('error', reject);
    });
  }

  /** How long so many bytes have to wait. */
  private carry(bytes: number): number {
    const { bytesPerSecond } = this.connection;
    if (bytesPerSecond === undefined) return 0;
    const now = performance.now();
    this.busyUntil = Math.max(now - TIMER_SLACK_MS, this.busyUntil) + (bytes / bytesPerSecond) * 1000;
    return this.busyUntil - now;
  }
}
