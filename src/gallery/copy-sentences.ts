import { t } from '../i18n/translate';

/** What can be copied of a file. */
export type CopiedPart = 'name' | 'link' | 'markdown-image' | 'markdown-link';

/** What is told once it is copied. */
export function describeCopied(part: CopiedPart): string {
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

/** What a person is asked to do where the browser does not let us. */
export function describeCopying(part: CopiedPart): string {
  switch (part) {
    case 'name':
      return t('Copy the name');
    case 'link':
      return t('Copy the link');
    case 'markdown-image':
      return t('Copy the Markdown image');
    case 'markdown-link':
      return t('Copy the Markdown link');
  }
}
