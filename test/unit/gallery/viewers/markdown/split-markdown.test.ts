import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { splitMarkdown } from '../../../../../src/gallery/viewers/markdown/split-markdown';

const line = fc.constantFrom(
  ...[
    '# heading',
    'some *text*',
    '',
    '',
    '- item',
    '  - nested',
    '  more of it',
    '1. first',
    '2) second',
    '> said',
  ],
  ...[
    '```',
    '~~~',
    '````',
    '    code',
    '<!-- hidden',
    '-->',
    '| a | b |',
    '***',
    'Setext',
    '===',
    '\tindented',
  ],
);
const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'));

/** Returns the blocks of a text without their positions. */
function meaningOf(markdown: string): string[] {
  return fromMarkdown(markdown).children.map((node) =>
    JSON.stringify(node, (key, value: unknown) => (key === 'position' ? undefined : value)),
  );
}

test('splitMarkdown returns pieces with the text as their concatenation', () => {
  fc.assert(
    fc.property(text, fc.nat(50), (markdown, enough) => {
      expect(splitMarkdown(markdown, enough).join('')).toBe(markdown);
    }),
  );
});

test('splitMarkdown returns pieces with the same meaning alone as together', () => {
  fc.assert(
    fc.property(text, fc.nat(20), (markdown, enough) => {
      expect(splitMarkdown(markdown, enough).flatMap(meaningOf)).toEqual(meaningOf(markdown));
    }),
    { numRuns: 500 },
  );
});

test('splitMarkdown splits a long text', () => {
  expect(splitMarkdown('A paragraph\n\n'.repeat(2000)).length).toBeGreaterThan(5);
});
