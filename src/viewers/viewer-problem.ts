/** Why a file cannot be shown. The list is closed: `sentences.ts` has a sentence for each. */
export type ViewerProblemKind = 'no-image' | 'unreadable' | 'internal';

/** A file that a viewer cannot show. */
export class ViewerProblem extends Error {
  override readonly name = 'ViewerProblem';

  constructor(
    readonly kind: ViewerProblemKind,
    options?: ErrorOptions,
  ) {
    super(`The file cannot be shown: ${kind}.`, options);
  }
}

/** The kind of anything that was thrown while a file was read. What nobody threw on purpose is `internal`. */
export function problemKindOf(error: unknown): ViewerProblemKind {
  if (error instanceof ViewerProblem) return error.kind;
  // What a browser throws when the bytes that it keeps on disk are gone.
  if (error instanceof DOMException && error.name === 'NotReadableError') return 'unreadable';
  return 'internal';
}
