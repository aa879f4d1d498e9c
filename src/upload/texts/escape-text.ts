/** Markdown syntax inside the text of a link (CommonMark 0.31, section 2.4). */
const MARKDOWN_SYNTAX = /[\\`*_[\]{}<>()#+!|~&]/g;

/** Escapes a text for the words of a Markdown link or picture, in one line. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(MARKDOWN_SYNTAX, '\\$&');
}

/** Escapes a text for HTML, attributes included. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
