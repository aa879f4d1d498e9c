import * as React from 'react';
import { t } from '../base/i18n/translate';

/** The browser's file picker with its input element. */
export interface FilePicker {
  /** Must be rendered once; it is hidden. */
  readonly input: React.JSX.Element;
  /** Opens the picker for files, or for a folder with all its files. Must be called in a click or key handler. */
  readonly browse: (kind: 'files' | 'folder') => void;
}

/** Creates a picker for any number of files. */
export function useFilePicker(onPick: (files: Iterable<File>) => void): FilePicker {
  const ref = React.useRef<HTMLInputElement>(null);

  const browse = React.useCallback((kind: 'files' | 'folder') => {
    if (!ref.current) return;
    ref.current.webkitdirectory = kind === 'folder';
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
