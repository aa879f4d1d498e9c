import { currentLanguage } from '../base/i18n/language';
import { t } from '../base/i18n/translate';
import { showKeyboardHelp } from './keyboard-help';
import type { MenuItem } from './menu';

const NEW_REPORT = 'https://github.com/stapler-extension/stapler/issues/new';

/** Help at the end of a menu ⋯. */
export function helpItems(): readonly MenuItem[] {
  return [
    { text: t('Keyboard shortcuts'), beginsGroup: true, onSelect: showKeyboardHelp },
    { text: t('Report a translation'), onSelect: reportTranslation },
  ];
}

/** Opens a form for better wording, with the language filled in. Nothing is sent until the user submits it. */
function reportTranslation(): void {
  const { tag } = currentLanguage();
  const fields = new URLSearchParams({
    template: 'translation.yml',
    title: `Translation (${tag})`,
    language: tag,
  });
  window.open(`${NEW_REPORT}?${fields}`, '_blank', 'noopener');
}
