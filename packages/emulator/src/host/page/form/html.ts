/** Text of a rich field; the form has no editor for its markup. */
export function textOfHtml(html: string): string {
  const template = document.createElement('template');
  template.innerHTML = html.replace(/<br\s*\/?>|<\/(div|p)>(?=[^])/gi, '\n');
  return template.content.textContent;
}

/** Markup of a text, the inverse of `textOfHtml`. */
export function htmlOfText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '<br>');
}
