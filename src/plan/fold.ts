/** A character in the form used for case-insensitive comparison. */
export function foldCharacter(character: string): string {
  return character.toLowerCase();
}

/** Text in the form used for comparison: case-insensitive, with normalized accents. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
