import { t } from '../../base/i18n/translate';
import { quoteName } from '../../upload/messages/problems';
import type { ViewerProblemKind } from './viewer-problem';

/**
 * Returns a message with the problem and a remedy.
 *
 * @param name Name of the file, or of the affected part.
 */
export function describeViewerProblem(kind: ViewerProblemKind, name: string): string {
  const file = { name: quoteName(name) };
  switch (kind) {
    case 'no-image':
    case 'no-pdf':
    case 'no-archive':
    case 'no-email':
      return t("Can't preview {name}. Download it to open it in another app.", file);
    case 'svg-too-complex':
      return t('{name} is too complex to preview. Download it to open it in another app.', file);
    case 'no-media':
      return t("This browser can't play {name}. Download it to open it in another app.", file);
    case 'locked':
      return t('{name} is password-protected. Download it to open it in another app.', file);
    case 'slow-pdf':
      return t('{name} takes too long to open. Download it to open it in another app.', file);
    case 'entry-damaged':
      return t(
        "Can't open {name} from the archive. It's damaged, or its compression isn't supported. Download the archive to open it in another app.",
        file,
      );
    case 'entry-too-large':
      return t('{name} is too large to open here. Download the whole file to open it in another app.', file);
    case 'not-saved':
      return t("{name} wasn't saved. Try again, or download the whole file.", file);
    case 'takes-too-long':
      return t('{name} takes too long to format, so its source is shown.', file);
    case 'too-many-parts':
      return t('{name} has too many parts to format, so its source is shown.', file);
    case 'unreadable':
      return t("{name} can't be read anymore. Close the preview, then open it again.", file);
    case 'internal':
      return t('Something went wrong while showing {name}. Download it to open it in another app.', file);
  }
}
