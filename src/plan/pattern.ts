/** One step of a pattern. */
export type PatternToken =
  | { readonly kind: 'id' }
  | { readonly kind: 'type' }
  /** `*` */
  | { readonly kind: 'any' }
  /** `?` */
  | { readonly kind: 'one' }
  /** A space: one or more spaces, underscores, hyphens. */
  | { readonly kind: 'gap' }
  /** One character, lower case. */
  | { readonly kind: 'literal'; readonly character: string };

/** One of the ways in which a name may be written. */
export interface Alternative {
  /** As it was typed. */
  readonly text: string;
  /** With exactly one `id`. */
  readonly tokens: readonly PatternToken[];
}

/** A pattern that was read without a fault. */
export interface Pattern {
  /** As it was typed. */
  readonly text: string;
  /** In the order in which they are tried. */
  readonly alternatives: readonly Alternative[];
}
