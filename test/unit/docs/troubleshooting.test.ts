import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProblemKind } from '../../../src/base/errors';
import { PROBLEM_KINDS } from '../../../src/base/errors';
import { describeProblem } from '../../../src/upload/messages/problems';
import { nodesIn, nodesOf, ROOT, wordsOf } from './markdown';

const PAGE = 'docs/troubleshooting.md';

/** The rows of the page's tables, cell by cell. */
const rows = nodesIn(PAGE).flatMap((node) => (node.type === 'tableRow' ? [node.children] : []));

/** What a failed file is said to be, as the page quotes it, by the word for it. */
const quotes = new Map(
  rows.flatMap(([quote, kind]) => {
    const [said] = quote ? nodesOf(quote).filter(({ type }) => type === 'emphasis') : [];
    return said && kind ? [[wordsOf(kind), wordsOf(said)] as const] : [];
  }),
);

/** Codes that the client looks for. */
function knownCodes(): readonly string[] {
  const source = readFileSync(join(ROOT, 'src/azure/rest/server-errors.ts'), 'utf8');
  return [...new Set(source.match(/\b(?:TF|VS)\d{5,6}\b/g))];
}

test.each(PROBLEM_KINDS)('“%s” is explained by the words that are on the screen', (kind: ProblemKind) => {
  expect(describeProblem({ kind, limitBytes: 60_000_000 }, '“a.txt”')).toContain(quotes.get(kind));
});

test('every code that is looked for is explained', () => {
  const codes = knownCodes();
  expect(codes.length).toBeGreaterThan(5);
  const explained = rows.map(([first]) => (first ? wordsOf(first) : '')).join(' ');
  expect(codes.filter((code) => !explained.includes(code))).toEqual([]);
});
