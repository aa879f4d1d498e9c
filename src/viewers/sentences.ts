import { quoteName } from '../ui/sentences';
import type { ViewerProblemKind } from './viewer-problem';

/** Why a file is not shown, and what to do, for the person who opened it. */
export function describeViewerProblem(kind: ViewerProblemKind, name: string): string {
  const file = quoteName(name);
  switch (kind) {
    case 'no-image':
      return `${file} is not an image that this browser can show. Download it to open it elsewhere.`;
    case 'unreadable':
      return `${file} cannot be read any more. Close the preview, then open it again.`;
    case 'internal':
      return `${file}: Stapler made a mistake while it showed the file. Download it to open it elsewhere.`;
  }
}
