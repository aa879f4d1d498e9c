import * as React from 'react';
import { t } from '../base/i18n/translate';
import { readCopiedFiles, writeCopiedFiles } from './copied-files';
import type { GallerySession } from './gallery-session';
import type { GalleryState } from './gallery-state';
import { previewedFile, selectedFiles } from './gallery-state';
import type { AttachedFile } from './model/attached-file';
import { keyOfFile } from './model/attached-file';
import { onlyName } from './sentences';

/** Elements with a clipboard of their own. */
const FIELDS = 'input, textarea, select, [contenteditable]';

/**
 * Copies the selected files by the browser's copy command (Ctrl+C), or the current or previewed one, and pastes copied
 * files (Ctrl+V) on the work item in the form. Other dialogs have their own use for both.
 *
 * @param container The gallery: files are copied while the focus is in it, and pasted anywhere on the page.
 * @param show Shows a notice.
 */
export function useFileClipboard(
  container: React.RefObject<HTMLElement>,
  session: Pick<GallerySession, 'getSnapshot' | 'getBaseUrl' | 'paste'>,
  show: (text: string) => void,
): void {
  React.useEffect(() => {
    // A copy event cannot wait.
    let organization: string | undefined;
    session.getBaseUrl().then(
      (url) => (organization = url),
      () => undefined,
    );
    const onCopy = (event: ClipboardEvent): void => {
      const { clipboardData } = event;
      // Without selected text, browsers disagree on the target of the event.
      const focused = document.activeElement;
      if (!focused || container.current?.contains(focused) !== true) return;
      if (focused.closest(FIELDS) || hasSelectedText()) return;
      const files = filesToCopy(session.getSnapshot(), focused.closest('dialog'));
      if (files.length === 0 || organization === undefined || !clipboardData) return;
      const { text, html } = writeCopiedFiles(organization, files);
      clipboardData.setData('text/plain', text);
      clipboardData.setData('text/html', html);
      event.preventDefault();
      const name = onlyName(files);
      const values = { count: files.length, name: name ?? '' };
      show(
        name === undefined
          ? t('Copied {count, number} files. Paste them on another work item.', values)
          : t('Copied {name}. Paste it on another work item.', values),
      );
    };
    const onPaste = (event: ClipboardEvent): void => {
      const { clipboardData } = event;
      // Files are for the upload.
      if (event.defaultPrevented || !clipboardData || clipboardData.files.length > 0) return;
      // Chrome's target is a field below the last click, even without the focus.
      const focused = document.activeElement;
      if (focused && (focused.closest(FIELDS) || isInDialog(focused))) return;
      const copied = readCopiedFiles(clipboardData.getData('text/html'));
      if (!copied) return;
      event.preventDefault();
      void session.paste(copied);
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [container, session, show]);
}

/** Returns the file in the preview, otherwise the selected files or the current one. Other dialogs have none. */
function filesToCopy(state: GalleryState, dialog: Element | null): readonly AttachedFile[] {
  const { file, isGone } = previewedFile(state);
  if (dialog) return file && !isGone && dialog.matches('.preview') ? [file] : [];
  const selected = selectedFiles(state);
  if (selected.length > 0) return selected;
  return state.shown.filter((each) => keyOfFile(each) === state.selection.current);
}

function isInDialog(target: Element): boolean {
  return target.closest('dialog') !== null;
}

/** Whether the person has marked a text, to copy it instead. */
function hasSelectedText(): boolean {
  return getSelection()?.isCollapsed === false;
}
