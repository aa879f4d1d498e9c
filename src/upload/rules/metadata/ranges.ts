/** A range of bytes, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Returns the parts of `ranges` outside of `kept`, in order. Takes n log n steps. */
export function withoutRanges(ranges: readonly Range[], kept: readonly Range[]): Range[] {
  const [from, without] = [merged(ranges), merged(kept)];
  const left: Range[] = [];
  let index = 0;
  for (const { start, end } of from) {
    let at = start;
    while (index < without.length && (without[index]?.end ?? 0) <= start) index++;
    for (let next = index; next < without.length; next++) {
      const hole = without[next];
      if (!hole || hole.start >= end) break;
      if (hole.start > at) left.push({ start: at, end: hole.start });
      at = hole.end;
      // The next range may begin in the last hole.
      index = next;
    }
    if (at < end) left.push({ start: at, end });
  }
  return left;
}

/** Returns ranges in order, and those that touch as one. Empty ranges are left out. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const sorted = ranges.filter(({ start, end }) => end > start).sort((one, other) => one.start - other.start);
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of sorted) {
    const last = result.at(-1);
    if (last && last.end >= start) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}
