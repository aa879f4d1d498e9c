const dayMs = 86_400_000;

/** Clock of the data. It follows the computer's, and can be moved forward by days. Tokens and the log are not affected. */
export class Clock {
  private ahead = 0;

  /** How far it was moved, in days. */
  get daysAhead(): number {
    return this.ahead;
  }

  /** Milliseconds since the epoch. */
  get time(): number {
    return Date.now() + this.ahead * dayMs;
  }

  /** ISO time. */
  get now(): string {
    return new Date(this.time).toISOString();
  }

  /** Moves it forward. Throws a `RangeError` unless `days` is a whole number from 1 to 10,000. */
  advance(days: number): void {
    if (!Number.isInteger(days) || days < 1 || days > 10_000) {
      throw new RangeError('The clock moves forward by a whole number of days, from 1 to 10,000.');
    }
    this.ahead += days;
  }

  /** Restores how far it was moved. */
  restore(daysAhead: number): void {
    this.ahead = daysAhead;
  }
}
