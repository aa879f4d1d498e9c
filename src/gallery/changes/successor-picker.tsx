import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { GallerySession } from '../gallery-session';
import type { AttachedFile } from '../model/attached-file';

/**
 * Lets the person pick the new file for a replacement.
 *
 * @returns The file input, to be rendered once, and a function to open it during a click or key press.
 */
export function useSuccessorPicker(session: Pick<GallerySession, 'replacements' | 'copyHere'>): {
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
      aria-label={t('Replacement file')}
      tabIndex={-1}
      onChange={({ target }) => {
        const [picked] = target.files ?? [];
        // Otherwise the same file cannot be picked twice in a row.
        target.value = '';
        const { current: file } = replaced;
        if (!picked || !file) return;
        // A file in a text gets another address.
        if (file.inText) void session.copyHere([file], picked);
        else void session.replacements.start(file, picked);
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
