/**
 * Attributes of a field with a hint. The tooltip shows all of it, since a translation can be longer than the field.
 */
export function hint(text: string): { readonly placeholder: string; readonly title: string } {
  return { placeholder: text, title: text };
}
