import * as React from 'react';
import { t } from '../base/i18n/translate';
import { copyText } from '../ui/copy-text';
import { copyImage } from './copy-image';
import type { GallerySession } from './gallery-session';
import type { AttachedFile } from './model/attached-file';

/** Part of a file to copy to the clipboard as text. */
export type CopiedPart = 'name' | 'link' | 'markdown-image' | 'markdown-link';

/** Time to show a notice, in milliseconds. */
const NOTICE_MS = 4_000;

/** Notice of the gallery about the clipboard, for a moment. */
export interface Notice {
  readonly text: string;
  readonly show: (text: string) => void;
}

/** Creates the notice of a gallery. */
export function useNotice(): Notice {
  const [notice, setNotice] = React.useState({ text: '' });
  React.useEffect(() => {
    if (!notice.text) return;
    const timer = setTimeout(() => setNotice({ text: '' }), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const show = React.useCallback((text: string) => setNotice({ text }), []);
  return { text: notice.text, show };
}

/** Copies to the clipboard, with a notice. */
export interface Copying {
  /** @param onRefused Called if the browser denies access to the clipboard. */
  readonly copy: (text: string, part: CopiedPart, onRefused: () => void) => Promise<void>;
  readonly copyImage: (file: AttachedFile) => Promise<void>;
}

/** Creates the copy commands of a gallery. */
export function createCopying(
  { readBytes }: Pick<GallerySession, 'readBytes'>,
  show: Notice['show'],
): Copying {
  return {
    async copy(text, part, onRefused) {
      if (await copyText(text)) show(describeCopied(part));
      else onRefused();
    },
    async copyImage(file) {
      const copied = await copyImage(file, readBytes);
      if (copied === 'pixels') show(t('Copied the image.'));
      else if (copied === 'html') show(t('Copied the image as HTML. Paste it into a rich text field.'));
      else show(t("This browser can't copy images here. Download the file instead."));
    },
  };
}

function describeCopied(part: CopiedPart): string {
  switch (part) {
    case 'name':
      return t('Copied the name.');
    case 'link':
      return t('Copied the link.');
    case 'markdown-image':
      return t('Copied the Markdown image.');
    case 'markdown-link':
      return t('Copied the Markdown link.');
  }
}
