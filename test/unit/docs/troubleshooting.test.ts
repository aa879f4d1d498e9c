import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProblemKind } from '../../../src/base/errors';
import { PROBLEM_KINDS } from '../../../src/base/problem-kinds';
import { describeProblem } from '../../../src/upload/messages/problems';
import { nodesIn, nodesOf, ROOT, wordsOf } from './markdown';

const PAGE = 'docs/troubleshooting.md';

/** The rows of the page's tables, cell by cell. */
const rows = nodesIn(PAGE).flatMap((node) => (node.type === 'tableRow' ? [node.children] : []));

/** Quoted messages of failed files by problem kind. */
const quotes = new Map(
  rows.flatMap(([quote, kind]) => {
    const [said] = quote ? nodesOf(quote).filter(({ type }) => type === 'emphasis') : [];
    return said && kind ? [[wordsOf(kind), wordsOf(said)] as const] : [];
  }),
);

/** Error codes known to the client. */
function knownCodes(): readonly string[] {
  const source = readFileSync(join(ROOT, 'src/azure/rest/server-errors.ts'), 'utf8');
  return [...new Set(source.match(/\b(?:TF|VS)\d{5,6}\b/g))];
}

test.each(PROBLEM_KINDS)('The troubleshooting page quotes the message for “%s”', (kind: ProblemKind) => {
  expect(describeProblem({ kind, limitBytes: 60_000_000 }, '“a.txt”')).toContain(quotes.get(kind));
});

test('The troubleshooting page explains every known error code', () => {
  const codes = knownCodes();
  expect(codes.length).toBeGreaterThan(5);
  const explained = rows.map(([first]) => (first ? wordsOf(first) : '')).join(' ');
  expect(codes.filter((code) => !explained.includes(code))).toEqual([]);
});
