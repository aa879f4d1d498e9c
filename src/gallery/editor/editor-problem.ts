/** Reasons for not editing an image. Closed list: `editor-sentences.ts` has a message for each. */
export type EditorProblemKind =
  'vector' | 'animated' | 'too-many-pixels' | 'undecodable' | 'pixels-changed' | 'not-encoded';

/** Error of the editor. */
export class EditorProblem extends Error {
  override readonly name = 'EditorProblem';

  constructor(
    readonly kind: EditorProblemKind,
    options?: ErrorOptions,
  ) {
    super(`The image cannot be edited: ${kind}.`, options);
  }
}
