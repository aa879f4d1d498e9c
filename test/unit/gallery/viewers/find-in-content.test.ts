/** @jest-environment jsdom */
import { findInContent } from '../../../../src/gallery/viewers/find-in-content';
import { runAtOnce } from '../../../../src/base/steps';

/** Texts around the matches, with each match in brackets: `a[b]c`. */
function find(html: string, query: string): readonly string[] {
  const root = document.createElement('div');
  root.innerHTML = html;
  return runAtOnce(findInContent(root, query)).map((match) => {
    const range = document.createRange();
    range.setStart(match.startContainer, match.startOffset);
    range.setEnd(match.endContainer, match.endOffset);
    return range.toString();
  });
}

test('findInContent ignores case and accents', () => {
  expect(find('<p>Café CAFE cafés</p>', 'cafe')).toEqual(['Café', 'CAFE', 'café']);
  expect(find('<p>ﬁne, STRASSE</p>', 'fine')).toEqual(['ﬁne']);
});

test('findInContent finds texts across the elements of a line only', () => {
  expect(find('<p>one <b>t</b><a>wo</a> three</p>', 'two three')).toEqual(['two three']);
  expect(find('<p>one</p><p>two</p>', 'onetwo')).toEqual([]);
  expect(find('<p>one<br>two</p>', 'onetwo')).toEqual([]);
  expect(find('<div>one<p></p>two</div>', 'onetwo')).toEqual([]);
  expect(find('<ul><li>one<ul><li>two</li></ul>one</li></ul>', 'one')).toEqual(['one', 'one']);
});

test('findInContent takes each row of spaces for a space', () => {
  expect(find('<pre>one\n  two</pre>', 'one two')).toEqual(['one\n  two']);
  expect(find(`<pre>one${' '.repeat(200_000)}two</pre>`, ' three')).toEqual([]);
});

test('findInContent skips buttons and words for screen readers, but not names of attachments', () => {
  const html =
    '<p>plan<sup><button>1</button></sup> B</p><p class="for-screen-readers">plan</p>' +
    '<button class="link-button viewer-path">plan.txt</button><button>plan</button>';
  expect(find(html, 'plan')).toEqual(['plan', 'plan']);
  expect(find(html, 'plan b')).toHaveLength(1);
});

test('findInContent finds texts beyond a piece, and at its border', () => {
  const text = `${'é'.repeat(19_998)}word and ${'é'.repeat(30_000)}word`;
  expect(find(`<p>${text}</p>`, 'WORD')).toEqual(['word', 'word']);
});

test('findInContent finds nothing for accents alone, and at most 10,000 matches', () => {
  expect(find('<p>abc</p>', '\u0301')).toEqual([]);
  expect(find(`<p>${'a'.repeat(10_001)}</p>`, 'a')).toHaveLength(10_000);
});
