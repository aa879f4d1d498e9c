/** Files to read ahead of the packed one. On a slow connection, latency takes most of the time. */
const READ_AHEAD = 3;

const NOTHING = Promise.resolve(new Blob());

/** Reads files in order, some of them early. */
export interface ReadAhead {
  /** Bytes of the file at `index`; the next few are read meanwhile. Call it for each index in order. */
  readonly take: (index: number) => Promise<Blob>;
  /** Drops the bytes of the file at `index`. */
  readonly release: (index: number) => void;
}

/** Reads each of `items` once, by `read`. */
export function createReadAhead<Item>(
  items: readonly Item[],
  read: (item: Item, index: number) => Promise<Blob>,
): ReadAhead {
  const readings: Promise<Blob>[] = [];
  return {
    take(index) {
      for (const item of items.slice(readings.length, index + READ_AHEAD + 1)) {
        const reading = read(item, readings.length);
        // The caller handles the rejection later; avoid an unhandled one until then.
        reading.catch(() => undefined);
        readings.push(reading);
      }
      return readings[index] ?? Promise.reject(new RangeError('There is no such file.'));
    },
    release(index) {
      readings[index] = NOTHING;
    },
  };
}
