import ts from 'typescript';

/**
 * Comments of a TypeScript file, without their delimiters.
 *
 * @param {string} path Decides between TypeScript and TSX.
 * @param {string} text Source of the file.
 * @returns {{ line: number, text: string }[]} In source order; `line` is 1-based.
 */
export function commentsOf(path, text) {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  /** @type {Map<number, ts.CommentRange>} */
  const ranges = new Map();
  const texts = [];
  visit(source);
  return [...ranges.values()]
    .filter(({ pos }) => !texts.some(([from, to]) => pos >= from && pos < to))
    .sort((a, b) => a.pos - b.pos)
    .map(({ pos, end }) => ({
      line: source.getLineAndCharacterOfPosition(pos).line + 1,
      text: withoutDelimiters(text.slice(pos, end)),
    }));

  function visit(node) {
    if (node.kind === ts.SyntaxKind.JsxText) texts.push([node.pos, node.end]);
    for (const range of [
      ...(ts.getLeadingCommentRanges(text, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ]) {
      ranges.set(range.pos, range);
    }
    // Tokens as well: a comment may stand before a closing bracket.
    for (const child of node.getChildren(source)) if (!ts.isJSDoc(child)) visit(child);
  }
}

function withoutDelimiters(comment) {
  return comment
    .replace(/^\/\*+|\*+\/$/g, '')
    .replace(/^\s*(\*|\/\/)[ \t]?/gm, '')
    .trim();
}

/** Words of a comment: code between backticks, addresses and `@param name` are not words. */
export function wordsOf(comment) {
  const prose = comment
    .replace(/`[^`]*`/g, ' ')
    .replace(/https?:\S+/g, ' ')
    .replace(/@param\s+\S+|@\w+/g, ' ');
  return prose.match(/[A-Za-z][A-Za-z'’-]*/g) ?? [];
}
