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

/** What is under way at once, and whether more may be. */
export interface Lanes {
  /** Whether every lane is taken, whatever the file. */
  isFull(): boolean;
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
  /** The file has come through. */
  delivered(): void;
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

  const isFull = (): boolean => load.requests >= pace.limit;

  return {
    isFull,
    hasRoom: (size) => hasRoom(load, size, pace, limits),
    enter(size) {
      const startedAt = now();
      if (load.requests === 0) pace = resumePace(pace, limits, startedAt);
      load = changeLoad(load, size, 1, limits);
      if (isFull()) pace = filled(pace);
      let isTaken = true;
      return {
        leave() {
          if (isTaken) load = changeLoad(load, size, -1, limits);
          isTaken = false;
        },
        delivered() {
          pace = delivered(pace, size, limits, now());
        },
        overloaded: () => overload(startedAt),
      };
    },
    overloaded: overload,
  };
}
