const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Renders paragraphs, line breaks, pictures, links, bold words and escaped characters of a Markdown text. Assumed: the
 * rest stays as it is.
 */
export function htmlOfMarkdown(markdown: string): string {
  if (markdown === '') return '';
  return markdown
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${htmlOfLine(paragraph.trim())}</p>`)
    .join('\n');
}

function htmlOfLine(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => entities[character] ?? character)
    .replace(/(?<!\\)!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/g, '<img src="$2" alt="$1">')
    .replace(/(?<!\\)\[([^\]]*)\]\(([^)\s]+)[^)]*\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('\n', '<br>');
}
