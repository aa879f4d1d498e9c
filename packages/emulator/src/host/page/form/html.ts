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

/** Markdown for paragraphs, pictures, links and words in HTML. Assumed: other markup is lost. */
export function markdownOfHtml(html: string): string {
  const template = document.createElement('template');
  template.innerHTML = html;
  return markdownOf(template.content).trim();
}

function markdownOf(parent: Node): string {
  return [...parent.childNodes].map(markdownOfNode).join('');
}

function markdownOfNode(node: ChildNode): string {
  if (node instanceof Text) return node.data.replace(/[\\`*_[\]<>#!]/g, '\\$&');
  if (!(node instanceof Element)) return '';
  const inside = markdownOf(node);
  switch (node.localName) {
    case 'img':
      return `![${node.getAttribute('alt') ?? ''}](${node.getAttribute('src') ?? ''})`;
    case 'a':
      return `[${inside}](${node.getAttribute('href') ?? ''})`;
    case 'br':
      return '\n';
    case 'p':
    case 'div':
      return `${inside}\n\n`;
    case 'b':
    case 'strong':
      return `**${inside}**`;
    default:
      return inside;
  }
}
