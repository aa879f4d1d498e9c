import { english, setLanguage } from '../../../src/i18n/language';
import { readingStep } from '../../../src/gallery/reading-step';

afterEach(() => setLanguage(english('en-US')));

test.each([
  ['ltr', 1, -1],
  ['rtl', -1, 1],
] as const)(
  'read as %s, the arrow to the right leads %d and the one to the left %d',
  (direction, right, left) => {
    setLanguage({ ...english('en-US'), direction });
    expect(['ArrowRight', 'ArrowLeft', 'Enter'].map(readingStep)).toEqual([right, left, 0]);
  },
);
