import { quoteName } from '../ui/sentences';
import type { ViewerProblemKind } from './viewer-problem';

/**
 * What went wrong and what to do, for the person who opened a file.
 *
 * @param name The name of the file, or of the part of it that it happened to.
 */
export function describeViewerProblem(kind: ViewerProblemKind, name: string): string {
  const file = quoteName(name);
  switch (kind) {
    case 'no-image':
      return `${file} is not an image that this browser can show. Download it to open it elsewhere.`;
    case 'no-media':
      return `${file} cannot be played by this browser. Download it to open it elsewhere.`;
    case 'no-pdf':
      return `${file} is no PDF that can be read here. Download it to open it elsewhere.`;
    case 'locked-pdf':
      return `${file} asks for a password. Download it to open it elsewhere.`;
    case 'no-archive':
      return `${file} is no archive that can be read here. Download it to open it elsewhere.`;
    case 'no-email':
      return `${file} is no mail that can be read here. Download it to open it elsewhere.`;
    case 'entry-damaged':
      return `${file} cannot be taken out of the archive: it is damaged there, or packed in an unusual way. Download the archive to open it elsewhere.`;
    case 'entry-too-large':
      return `${file} is too large to be taken out of the archive here. Download the archive to open it elsewhere.`;
    case 'not-saved':
      return `${file} was not saved. Try again, or download the whole file.`;
    case 'unreadable':
      return `${file} cannot be read any more. Close the preview, then open it again.`;
    case 'internal':
      return `${file}: Stapler made a mistake while it showed the file. Download it to open it elsewhere.`;
  }
}
