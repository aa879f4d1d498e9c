/** A picture in a long text. */
export interface TextPicture {
  address: string;
  /** Alternative text. */
  label: string;
}

/** Pictures in a long text, in its order. */
export function picturesIn(text: string, isMarkdown: boolean): TextPicture[] {
  if (!isMarkdown)
    return imagesIn(text).map((image) => ({ address: image.getAttribute('src') ?? '', label: image.alt }));
  return [...text.matchAll(/!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/g)].map(([, label = '', address = '']) => ({
    address,
    label,
  }));
}

/** Markup of the pictures in an HTML text. */
export function pictureMarkup(html: string): string {
  return imagesIn(html)
    .map(({ outerHTML }) => `<div>${outerHTML}</div>`)
    .join('');
}

/** Elements of a template load nothing. */
function imagesIn(html: string): HTMLImageElement[] {
  const template = document.createElement('template');
  template.innerHTML = html;
  return [...template.content.querySelectorAll('img')];
}
