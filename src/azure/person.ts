/** Identity of a user. Unknown members are empty. */
export interface Person {
  readonly id: string;
  /** `aad.…`; empty on Azure DevOps Server. */
  readonly descriptor: string;
}

/** An unidentified user. */
export const UNKNOWN_PERSON: Person = { id: '', descriptor: '' };

/** Whether both may be the same person; unknown members match any value. */
export function canBeSame(a: Person, b: Person): boolean {
  if (a.descriptor && b.descriptor) return a.descriptor === b.descriptor;
  return !a.id || !b.id || a.id === b.id;
}
