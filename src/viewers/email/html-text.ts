/** Elements that begin a line of their own. */
const BLOCKS =
  'address, article, blockquote, br, div, dl, dt, dd, h1, h2, h3, h4, h5, h6, hr, li, ol, p, pre, table, tr, ul';

/** Elements whose text nobody is meant to read. */
const UNREAD = 'script, style, noscript, template, title, head';

/**
 * The words of an HTML text. It is read as a document that is never shown and has no window: nothing in it runs, and
 * nothing that it refers to is loaded.
 */
export function textOfHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const element of body.querySelectorAll(UNREAD)) element.remove();
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let text = '';
  while (walker.nextNode()) {
    const { currentNode } = walker;
    if (currentNode instanceof Element) text += currentNode.matches(BLOCKS) ? '\n' : '';
    else text += currentNode.nodeValue?.replace(/\s+/g, ' ') ?? '';
  }
  return text
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
