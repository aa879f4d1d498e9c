import fc from 'fast-check';
import { wordsAround } from '../../../../src/upload/texts/excerpt';
import { filesInText } from '../../../../src/upload/texts/text-files';
import { longTexts } from '../../../helpers/long-texts';

const URL = 'https://example.com/a.png';

test.each([
  [
    'html',
    `<p>Press&nbsp;&lt;Pay&gt;.</p><p>See <img alt="x" src="${URL}" width=3> here</p>`,
    'Press <Pay>. See',
    'here',
  ],
  ['html', `<img src="${URL}">`, '', ''],
  ['markdown', `See ![a picture](${URL} =300x) here`, 'See', 'here'],
  ['markdown', `![b](c.png) See\n<img src="${URL}"> here ![d](e.png)`, 'See', 'here'],
  ['markdown', `See <${URL}>, please`, 'See', ', please'],
] as const)('In %s, the words around %s are without markup', (format, text, before, after) => {
  const file = filesInText(text, format).find(({ address }) => address === URL)!;
  expect(wordsAround({ text, format }, file)).toEqual({ before, after });
});

test('Long words are shortened', () => {
  const text = `${'before '.repeat(300)}<img src="${URL}">${' after'.repeat(300)}`;
  const [file] = filesInText(text, 'html');
  const { before, after } = wordsAround({ text, format: 'html' }, file!);
  expect([before.length, after.length]).toEqual([61, 61]);
  expect(before).toMatch(/^….*before$/);
  expect(after).toMatch(/^after.*…$/);
});

test('Any file has words around it', () => {
  fc.assert(
    fc.property(longTexts, ({ text, format }) => {
      for (const file of filesInText(text, format)) {
        const { before, after } = wordsAround({ text, format }, file);
        expect([typeof before, typeof after]).toEqual(['string', 'string']);
      }
    }),
  );
});
