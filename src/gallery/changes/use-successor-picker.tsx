import * as React from 'react';
import type { AttachedFile } from '../../attached/attached-file';
import { t } from '../../i18n/translate';
import type { GallerySession } from '../gallery-session';

/**
 * Lets the person pick the file that takes the place of another.
 *
 * @returns The browser's own picker, to be rendered once, and what opens it, inside a click or a key press.
 */
export function useSuccessorPicker(session: GallerySession): {
  readonly input: React.JSX.Element;
  readonly pickSuccessor: (file: AttachedFile) => void;
} {
  const picker = React.useRef<HTMLInputElement>(null);
  const replaced = React.useRef<AttachedFile>();
  const input = (
    <input
      ref={picker}
      type="file"
      hidden={true}
      aria-label={t('File to put in its place')}
      tabIndex={-1}
      onChange={({ target }) => {
        const [picked] = target.files ?? [];
        // Without this the same file could not be picked twice in a row.
        target.value = '';
        if (picked && replaced.current) void session.replacements.start(replaced.current, picked);
      }}
    />
  );
  return {
    input,
    pickSuccessor(file) {
      replaced.current = file;
      picker.current?.click();
    },
  };
}
