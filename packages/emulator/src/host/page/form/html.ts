/** The text of a rich field; the form has no editor for the markup that the service keeps in it. */
export function textOfHtml(html: string): string {
  const template = document.createElement('template');
  template.innerHTML = html.replace(/<br\s*\/?>|<\/(div|p)>(?=[^])/gi, '\n');
  return template.content.textContent;
}

/** Markup for a text, such that `textOfHtml` gives the text back. */
export function htmlOfText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '<br>');
}
