/** Reasons for not showing a file or saving a part of it. Closed list: `sentences.ts` has a message for each. */
export type ViewerProblemKind =
  | 'no-image'
  | 'svg-too-complex'
  | 'no-media'
  | 'no-pdf'
  | 'locked'
  | 'slow-pdf'
  | 'no-archive'
  | 'no-email'
  | 'entry-damaged'
  | 'entry-too-large'
  | 'not-saved'
  | 'takes-too-long'
  | 'too-many-parts'
  | 'unreadable'
  | 'internal';

/** Error of a viewer. */
export class ViewerProblem extends Error {
  override readonly name = 'ViewerProblem';

  constructor(
    readonly kind: ViewerProblemKind,
    options?: ErrorOptions,
  ) {
    super(`The viewer cannot show the file: ${kind}.`, options);
  }
}

/** Returns the kind of an error thrown while reading a file; `internal` for unexpected errors. */
export function problemKindOf(error: unknown): ViewerProblemKind {
  if (error instanceof ViewerProblem) return error.kind;
  // Thrown by browsers after the bytes on disk are gone.
  if (error instanceof DOMException && error.name === 'NotReadableError') return 'unreadable';
  return 'internal';
}
