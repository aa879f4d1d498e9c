import { joinBytes } from '../../../base/bytes';
import { createPause } from '../../../base/steps';
import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';

/** Maximum length of a line, in bytes. */
const MAX_LINE_BYTES = 8 * 1024 * 1024;

const LINE_END = 0x0a;

/** A line of an entry, and how much of it is there. */
interface LineReader {
  /** Called for each line that is not empty. A line that is too long is cut. */
  readonly line: (bytes: Uint8Array<ArrayBuffer>, isCut: boolean) => void;
  /** Number of bytes that may be read. Reduced by those that were read. */
  readonly budget: { bytes: number };
}

/**
 * Streams the lines of an entry, without the whole in memory.
 *
 * @returns Whether the entry was read to its end.
 * @throws ViewerProblem If the entry is damaged.
 */
export async function readLines(
  entry: ArchiveEntry,
  { line, budget }: LineReader,
  { signal, isInWorker }: TaskContext,
): Promise<boolean> {
  const pause = isInWorker ? undefined : createPause(signal);
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let isCut = false;
  const add = (piece: Uint8Array<ArrayBuffer>): void => {
    const room = MAX_LINE_BYTES - length;
    if (piece.length > room) isCut = true;
    const kept = piece.subarray(0, room);
    length += kept.length;
    if (kept.length > 0) pieces.push(kept);
  };
  const end = (): void => {
    if (length > 0) line(joinBytes(pieces), isCut);
    pieces = [];
    length = 0;
    isCut = false;
  };
  await entry.read?.(async (chunk) => {
    let start = 0;
    for (let at = chunk.indexOf(LINE_END); at !== -1; at = chunk.indexOf(LINE_END, start)) {
      add(chunk.subarray(start, at));
      end();
      start = at + 1;
    }
    // A copy: the chunk may be used again.
    add(chunk.slice(start));
    budget.bytes -= chunk.length;
    await pause?.();
    return budget.bytes > 0;
  }, signal);
  end();
  return budget.bytes > 0;
}
