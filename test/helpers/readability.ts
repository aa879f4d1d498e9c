/** Maximum length of a sentence, in words, as GOV.UK and the Microsoft style guide recommend. */
const MAX_WORDS = 20;

/** Words and phrases that sound dated or translated. */
const STILTED = [
  ...['goes nowhere', 'is told', 'by itself', 'by themselves', 'what came of', 'go on', 'do so from now on'],
  ...[
    'in a moment',
    'you may not',
    'lets go',
    'take along',
    'once more',
    'anew',
    'nobody',
    'somebody',
    'whoever',
  ],
  'by and by',
];

const stilted = new RegExp(`\\b(?:${STILTED.join('|')})\\b`, 'i');

/** Returns the sentences of a text with more than 20 words. */
export function longSentences(text: string): readonly string[] {
  return text
    .split(/[.!?:](?:\s|$)/)
    .filter((sentence) => (sentence.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0) > MAX_WORDS);
}

/** Whether a text has words or phrases that sound dated or translated. */
export function isStilted(text: string): boolean {
  return stilted.test(text);
}
