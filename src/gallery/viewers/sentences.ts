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
      return t('{name} is not an image that this browser can show. Download it to open it elsewhere.', file);
    case 'svg-too-complex':
      return t('{name} is too complex to be drawn here. Download it to open it elsewhere.', file);
    case 'no-media':
      return t('{name} cannot be played by this browser. Download it to open it elsewhere.', file);
    case 'no-pdf':
      return t('{name} is no PDF that can be read here. Download it to open it elsewhere.', file);
    case 'locked':
      return t('{name} asks for a password. Download it to open it elsewhere.', file);
    case 'slow-pdf':
      return t('{name} takes too long to open here. Download it to open it elsewhere.', file);
    case 'no-archive':
      return t('{name} is no archive that can be read here. Download it to open it elsewhere.', file);
    case 'no-email':
      return t('{name} is no mail that can be read here. Download it to open it elsewhere.', file);
    case 'entry-damaged':
      return t(
        '{name} cannot be taken out of the archive: it is damaged there, or packed in an unusual way. Download the archive to open it elsewhere.',
        file,
      );
    case 'entry-too-large':
      return t(
        '{name} is too large to be taken out of the archive here. Download the archive to open it elsewhere.',
        file,
      );
    case 'not-saved':
      return t('{name} was not saved. Try again, or download the whole file.', file);
    case 'takes-too-long':
      return t('{name} takes too long to format, so its source is shown.', file);
    case 'too-many-parts':
      return t('{name} has too many parts to format, so its source is shown.', file);
    case 'unreadable':
      return t('{name} cannot be read any more. Close the preview, then open it again.', file);
    case 'internal':
      return t(
        '{name}: Stapler made a mistake while it showed the file. Download it to open it elsewhere.',
        file,
      );
  }
}
