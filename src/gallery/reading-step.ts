import { currentLanguage } from '../i18n/language';

/** Where an arrow to the side leads to in the order in which one reads: 1 ahead, -1 back, 0 for any other key. */
export function readingStep(key: string): 1 | -1 | 0 {
  const isLeftToRight = currentLanguage().direction === 'ltr';
  switch (key) {
    case 'ArrowRight':
      return isLeftToRight ? 1 : -1;
    case 'ArrowLeft':
      return isLeftToRight ? -1 : 1;
    default:
      return 0;
  }
}
