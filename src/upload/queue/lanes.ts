import type { Limits, Load, Pace } from './pace';
import {
  changeLoad,
  delivered,
  filled,
  hasRoom,
  LIMITS,
  NO_LOAD,
  overloaded,
  resumePace,
  startPace,
} from './pace';

/** So many files that wait to be tried again may be passed by others, however narrow the lanes are. */
const MOST_TO_PASS = 3;

/** What is under way at once, and whether more may be. */
export interface Lanes {
  /**
   * Whether every lane is taken, whatever the file.
   *
   * @param waiting Files that failed and wait to be tried again. They keep their place: in an outage a few are tried
   *   again and again, and not each file of a long list until it fails.
   */
  isFull(waiting: number): boolean;
  /** Whether a file of so many bytes may go beside the others. */
  hasRoom(size: number): boolean;
  /** Takes a lane for a file of so many bytes. */
  enter(size: number): Lane;
  /** The server could not keep up with something that takes no lane, begun then. */
  overloaded(startedAt: number): void;
}

/** A lane that one file has taken. */
export interface Lane {
  /** Gives it back; the second call does nothing. */
  leave(): void;
  /** So many bytes of the file have come through. */
  delivered(bytes: number): void;
  /** The server, or the line to it, could not keep up. */
  overloaded(): void;
}

/**
 * Lanes whose number follows what the line and the server carry.
 *
 * @param now Milliseconds since the epoch.
 */
export function createLanes(now: () => number, changes: Partial<Limits> = {}): Lanes {
  const limits = { ...LIMITS, ...changes };
  let load: Load = NO_LOAD;
  let pace: Pace = startPace(limits, now());

  function overload(startedAt: number): void {
    pace = overloaded(pace, startedAt, now());
  }

  const isTaken = (): boolean => load.requests >= pace.limit;

  return {
    // One file alone that never gets through shall not stop all others.
    isFull: (waiting) => isTaken() || load.requests + waiting >= Math.max(MOST_TO_PASS, pace.limit),
    hasRoom: (size) => hasRoom(load, size, pace, limits),
    enter(size) {
      const startedAt = now();
      if (load.requests === 0) pace = resumePace(pace, limits, startedAt);
      load = changeLoad(load, size, 1, limits);
      if (isTaken()) pace = filled(pace);
      let isHeld = true;
      return {
        leave() {
          if (isHeld) load = changeLoad(load, size, -1, limits);
          isHeld = false;
        },
        delivered(bytes) {
          pace = delivered(pace, bytes, limits, now());
        },
        overloaded: () => overload(startedAt),
      };
    },
    overloaded: overload,
  };
}
