import { readMessages, wordsOf } from './read-messages';

const MAX_WORDS = 20;

/** Words and turns that no one says today. */
const STILTED = [
  'goes nowhere',
  'is told',
  'by itself',
  'by themselves',
  'what came of',
  'go on',
  'do so from now on',
  'in a moment',
  'you may not',
  'lets go',
  'take along',
  'once more',
  'anew',
  'nobody',
  'somebody',
  'whoever',
  'by and by',
];

const messages = [...new Set(readMessages().said.map(({ message }) => message))];

describe('the English messages', () => {
  test('have sentences of at most 20 words', () => {
    const long = messages.flatMap((message) =>
      wordsOf(message)
        .split(/[.!?:](?:\s|$)/)
        .filter((sentence) => (sentence.match(/[\p{L}\p{N}'’-]+/gu)?.length ?? 0) > MAX_WORDS),
    );
    expect(long).toEqual([]);
  });

  test('contain no stilted words', () => {
    const stilted = new RegExp(`\\b(?:${STILTED.join('|')})\\b`, 'i');
    expect(messages.filter((message) => stilted.test(wordsOf(message)))).toEqual([]);
  });

  test('join no instructions with semicolons', () => {
    expect(messages.filter((message) => wordsOf(message).includes('; '))).toEqual([]);
  });

  test('use contractions', () => {
    const formal = /\b(?:cannot|can not|do not|does not|did not|is not|are not|could not|will not)\b/i;
    expect(messages.filter((message) => formal.test(wordsOf(message)))).toEqual([]);
  });
});
