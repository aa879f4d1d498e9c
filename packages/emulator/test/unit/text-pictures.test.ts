/** @jest-environment jsdom */
import { pictureMarkup, picturesIn } from '../../src/host/page/form/text-pictures';

const html = '<div>Text <img src="https://a.example/1?x=1&amp;y=2" alt="One"></div><img src="data:,x">';

test('picturesIn finds the pictures of HTML and Markdown, each in its own format', () => {
  expect(picturesIn(html, false)).toEqual([
    { address: 'https://a.example/1?x=1&y=2', label: 'One' },
    { address: 'data:,x', label: '' },
  ]);
  const markdown = 'Text ![One](https://a.example/1 =300x) and [a link](https://a.example/2)';
  expect(picturesIn(markdown, true)).toEqual([{ address: 'https://a.example/1', label: 'One' }]);
  expect([picturesIn(markdown, false), picturesIn(html, true)]).toEqual([[], []]);
});

test('pictureMarkup keeps the pictures of a text without its words', () => {
  expect(picturesIn(pictureMarkup(html), false)).toEqual(picturesIn(html, false));
  expect(pictureMarkup(html)).not.toContain('Text');
  expect(pictureMarkup('No picture')).toBe('');
});
