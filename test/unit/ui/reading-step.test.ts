import { english, setLanguage } from '../../../src/base/i18n/language';
import { readingStep } from '../../../src/ui/reading-step';

afterEach(() => setLanguage(english('en-US')));

test.each([
  ['ltr', 1, -1],
  ['rtl', -1, 1],
] as const)(
  'readingStep returns, in %s text, %d for the right arrow and %d for the left one',
  (direction, right, left) => {
    setLanguage({ ...english('en-US'), direction });
    expect(['ArrowRight', 'ArrowLeft', 'Enter'].map(readingStep)).toEqual([right, left, 0]);
  },
);
