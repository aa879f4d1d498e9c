/** A piece is ended at the next chance once it has so many UTF-16 units. */
const ENOUGH = 4_000;

/** What opens or closes a block of code, or a comment, in which nothing else is Markdown. */
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const COMMENT_START = '<!--';
const COMMENT_END = '-->';

/** What goes on where it was before the blank line: a list, or something that belongs to one. */
const GOES_ON = /^(?:[ \t]|[-*+][ \t]|\d+[.)][ \t])/;

/**
 * A Markdown text in pieces that mean the same by themselves as they do together: the time that it takes to understand
 * a text grows faster than its length. A piece ends at a blank line behind which something begins that belongs to
 * nothing before it. Together the pieces are the text.
 *
 * @param enough A piece of so many UTF-16 units may end.
 */
export function splitMarkdown(text: string, enough = ENOUGH): string[] {
  const pieces: string[] = [];
  let piece = '';
  let isBlankBefore = false;
  /** What ends the block of code, or the comment, that the line stands in. */
  let closing: string | undefined;
  for (const line of text.split(/(?<=\n)/)) {
    const isBlank = line.trim() === '';
    if (isBlankBefore && !isBlank && closing === undefined && piece.length >= enough && !GOES_ON.test(line)) {
      pieces.push(piece);
      piece = '';
    }
    closing = closing === undefined ? closingOf(line) : isClosed(line, closing) ? undefined : closing;
    piece += line;
    isBlankBefore = isBlank;
  }
  return [...pieces, piece];
}

function closingOf(line: string): string | undefined {
  const fence = FENCE.exec(line)?.[1];
  if (fence !== undefined) return fence;
  const start = line.lastIndexOf(COMMENT_START);
  return start >= 0 && !line.includes(COMMENT_END, start) ? COMMENT_END : undefined;
}

function isClosed(line: string, closing: string): boolean {
  return closing === COMMENT_END ? line.includes(COMMENT_END) : line.trim().startsWith(closing);
}
