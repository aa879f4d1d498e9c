import { createDice } from '../../dice';

/** Attachments of a work item, at most: below the limit of 100, so that people can add some. */
export const MAX_FILES_PER_ITEM = 40;

/**
 * Number of files of each work item, by its place: about a third of them have 1 to 40, and a few have most. Always the
 * same for the same numbers.
 *
 * @throws RangeError if the work items can't hold that number of files
 */
export function distributeFiles(items: number, files: number): Uint8Array {
  const carriers = Math.min(files, Math.max(Math.ceil(items / 3), Math.ceil(files / MAX_FILES_PER_ITEM)));
  if (carriers > items) {
    throw new RangeError(
      `${files} files need at least ${Math.ceil(files / MAX_FILES_PER_ITEM)} more work items.`,
    );
  }
  const counts = new Uint8Array(items);
  if (files === 0) return counts;
  const dice = createDice(items + files);
  const weights = Array.from({ length: carriers }, () => 1 + 39 * dice.roll() ** 3);
  const share = files / weights.reduce((sum, weight) => sum + weight, 0);
  const places = weights.map((_weight, index) => Math.floor((index * items) / carriers));
  let missing = files;
  for (const [index, weight] of weights.entries()) {
    const count = Math.min(MAX_FILES_PER_ITEM, Math.max(1, Math.round(weight * share)));
    counts[places[index]!] = count;
    missing -= count;
  }
  // What rounding has left.
  for (let index = 0; missing !== 0; index = (index + 1) % carriers) {
    const place = places[index]!;
    const step = Math.sign(missing);
    const next = counts[place]! + step;
    if (next < 1 || next > MAX_FILES_PER_ITEM) continue;
    counts[place] = next;
    missing -= step;
  }
  return counts;
}
