import { currentLanguage } from '../base/i18n/language';

/** Direction of a horizontal arrow key in reading order: 1 forward, -1 back, 0 for other keys. */
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
