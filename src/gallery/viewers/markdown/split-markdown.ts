/** Minimum length of a piece, in UTF-16 units. */
const MIN_PIECE_LENGTH = 4_000;

/** Delimiters of code blocks and comments, without Markdown inside. */
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const COMMENT_START = '<!--';
const COMMENT_END = '-->';

/** Start of a line able to continue a list after a blank line. */
const CONTINUATION = /^(?:[ \t]|[-*+][ \t]|\d+[.)][ \t])/;

/**
 * Splits a Markdown text into pieces with the same meaning alone as together, because parsing time grows faster than
 * the length. A piece ends at a blank line before an independent block. Joined, the pieces are the text.
 *
 * @param minLength Minimum length of a piece, in UTF-16 units.
 */
export function splitMarkdown(text: string, minLength = MIN_PIECE_LENGTH): string[] {
  const pieces: string[] = [];
  let piece = '';
  let isBlankBefore = false;
  /** End delimiter of the current code block or comment. */
  let closing: string | undefined;
  for (const line of text.split(/(?<=\n)/)) {
    const isBlank = line.trim() === '';
    if (
      isBlankBefore &&
      !isBlank &&
      closing === undefined &&
      piece.length >= minLength &&
      !CONTINUATION.test(line)
    ) {
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
