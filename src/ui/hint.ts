/**
 * What an empty field tells of what may stand in it, as attributes. A language may need more words for it than a narrow
 * field has room for; the tooltip has them all.
 */
export function hint(text: string): { readonly placeholder: string; readonly title: string } {
  return { placeholder: text, title: text };
}
