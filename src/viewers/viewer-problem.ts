/** Why a file cannot be shown, or a part of it not be saved. The list is closed: `sentences.ts` has a sentence for each. */
export type ViewerProblemKind =
  | 'no-image'
  | 'no-media'
  | 'no-pdf'
  | 'locked-pdf'
  | 'no-archive'
  | 'no-email'
  | 'entry-damaged'
  | 'entry-too-large'
  | 'not-saved'
  | 'unreadable'
  | 'internal';

/** What a viewer cannot do with a file. */
export class ViewerProblem extends Error {
  override readonly name = 'ViewerProblem';

  constructor(
    readonly kind: ViewerProblemKind,
    options?: ErrorOptions,
  ) {
    super(`The file is not what its viewer hoped for: ${kind}.`, options);
  }
}

/** The kind of anything that was thrown while a file was read. What nobody threw on purpose is `internal`. */
export function problemKindOf(error: unknown): ViewerProblemKind {
  if (error instanceof ViewerProblem) return error.kind;
  // What a browser throws when the bytes that it keeps on disk are gone.
  if (error instanceof DOMException && error.name === 'NotReadableError') return 'unreadable';
  return 'internal';
}
