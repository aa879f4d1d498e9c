/** One character for comparing whatever its case. */
export function foldCharacter(character: string): string {
  return character.toLowerCase();
}

/** Text for comparing: whatever its case, and however its accents are stored. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
