import { words } from '../../base/i18n/language';

/** Returns the sentence for a project without the bulk panel. */
export function describePanelOff(): string {
  return words('The administrators of this project have switched off attaching files to many work items.');
}
