/** A person as Azure DevOps tells them apart; members are empty where it does not say. */
export interface Person {
  readonly id: string;
  /** `aad.…`; unknown to Azure DevOps Server. */
  readonly descriptor: string;
}

/** Of whom nothing is known. */
export const UNKNOWN_PERSON: Person = { id: '', descriptor: '' };

/** Whether nothing speaks against both being one person. */
export function canBeSame(a: Person, b: Person): boolean {
  if (a.descriptor && b.descriptor) return a.descriptor === b.descriptor;
  return !a.id || !b.id || a.id === b.id;
}
