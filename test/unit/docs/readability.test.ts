import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStilted, longSentences } from '../../helpers/readability';
import { markdownFiles, nodesIn, ROOT, wordsOf } from './markdown';

const pages = ['README.md', join('static', 'overview.md'), ...markdownFiles(join('docs', 'guide'))];

describe.each(pages)('%s', (page) => {
  const texts = nodesIn(page)
    .filter(({ type }) => type === 'paragraph' || type === 'tableCell' || type === 'heading')
    .map(wordsOf);

  test('has sentences of at most 20 words', () => {
    expect(texts.flatMap(longSentences)).toEqual([]);
  });

  test('contains no stilted words', () => {
    expect(texts.filter(isStilted)).toEqual([]);
  });
});

test('README.md has at most 600 words', () => {
  const words = readFileSync(join(ROOT, 'README.md'), 'utf8').split(/\s+/);
  expect(words.length).toBeLessThanOrEqual(600);
});
