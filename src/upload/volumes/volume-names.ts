import { nameWithEnding, numberedName } from '../intake/attachment-name';

/** Minimum digits of an ending. 7-Zip opens `.001`. */
const MIN_DIGITS = 3;

/** Ending of a volume: `.001`. */
const ENDING = /\.\d{3,}$/;

/**
 * Returns the names of the volumes of a file: `log.txt.001`, `log.txt.002`. They differ in their endings only, because
 * 7-Zip finds volumes by their names. If one of them is taken, all get a number: `log (2).txt.001`.
 */
export function volumeNames(
  name: string,
  count: number,
  isTaken: (name: string) => boolean,
): readonly string[] {
  const digits = Math.max(MIN_DIGITS, String(count).length);
  for (let copy = 1; ; copy++) {
    const numbered = copy === 1 ? name : numberedName(name, copy);
    const names = Array.from({ length: count }, (_, index) =>
      nameWithEnding(numbered, `.${String(index + 1).padStart(digits, '0')}`),
    );
    if (!names.some(isTaken)) return names;
  }
}

/** Returns the name of the whole file, by the name of a volume. A renamed volume may have no ending. */
export function wholeName(volumeName: string): string {
  return volumeName.replace(ENDING, '') || volumeName;
}
