import { extensionOf } from '../../base/file-kind';
import { t } from '../../base/i18n/translate';
import { attachmentName } from '../../upload/intake/attachment-name';
import { stemLength } from '../changes/new-name';

/** Returns the name of an edited image in place of the original: the same, but it is a PNG. */
export function replacedName(name: string): string {
  return extensionOf(name) === 'png' ? name : attachmentName(`${stemOf(name)}.png`);
}

/** Returns the name of an edited image beside the original. */
export function editedName(name: string): string {
  return attachmentName(`${t('{name} (edited)', { name: stemOf(name) })}.png`);
}

function stemOf(name: string): string {
  return name.slice(0, stemLength(name));
}
