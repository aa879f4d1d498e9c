import { isStilted, longSentences } from '../../../helpers/readability';
import { readMessages, wordsOf } from './read-messages';

const messages = [...new Set(readMessages().said.map(({ message }) => message))];

describe('the English messages', () => {
  test('have sentences of at most 20 words', () => {
    expect(messages.flatMap((message) => longSentences(wordsOf(message)))).toEqual([]);
  });

  test('contain no stilted words', () => {
    expect(messages.filter((message) => isStilted(wordsOf(message)))).toEqual([]);
  });

  test('join no instructions with semicolons', () => {
    expect(messages.filter((message) => wordsOf(message).includes('; '))).toEqual([]);
  });

  test('use contractions', () => {
    const formal = /\b(?:cannot|can not|do not|does not|did not|is not|are not|could not|will not)\b/i;
    expect(messages.filter((message) => formal.test(wordsOf(message)))).toEqual([]);
  });
});
