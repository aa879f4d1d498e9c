import * as React from 'react';
import { t } from '../i18n/translate';

/** The browser's own picker, and the element that must be on the page for it. */
export interface FilePicker {
  /** To be rendered once; it stays out of sight. */
  readonly input: React.JSX.Element;
  /** Opens the picker, for files or for a folder with all that is in it. Only inside a click or a key press. */
  readonly browse: (what: 'files' | 'folder') => void;
}

/** A picker for any number of files. */
export function useFilePicker(onPick: (files: Iterable<File>) => void): FilePicker {
  const ref = React.useRef<HTMLInputElement>(null);

  const browse = React.useCallback((what: 'files' | 'folder') => {
    if (!ref.current) return;
    ref.current.webkitdirectory = what === 'folder';
    ref.current.click();
  }, []);

  const input = (
    <input
      ref={ref}
      type="file"
      multiple={true}
      hidden={true}
      aria-label={t('Files to attach')}
      tabIndex={-1}
      onChange={({ target }) => {
        const files = Array.from(target.files ?? []);
        // Without this the same file could not be picked twice in a row.
        target.value = '';
        if (files.length > 0) onPick(files);
      }}
    />
  );
  return { input, browse };
}
