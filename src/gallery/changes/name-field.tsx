import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { MAX_NAME_LENGTH } from '../../upload/intake/attachment-name';
import { describeError } from '../../upload/messages/problems';
import type { GallerySession } from '../gallery-session';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import type { NameProblem } from './new-name';
import { newName, stemLength } from './new-name';

/** State and commands of a field for the name of a file. */
interface NameEditor {
  readonly typed: string;
  readonly type: (typed: string) => void;
  readonly isSaving: boolean;
  /** Reason why the name was not changed; empty without one. */
  readonly message: string;
  /** Renames the file and closes the field. Keeps it open after a failure. */
  readonly save: () => Promise<void>;
}

/** Creates the state of a field for the name of `file`. */
export function useNameEditor(
  file: AttachedFile,
  session: Pick<GallerySession, 'renames'>,
  onClose: () => void,
): NameEditor {
  const [typed, setTyped] = React.useState(file.name);
  const [problem, setProblem] = React.useState<NameProblem | Problem>();
  const [isSaving, setSaving] = React.useState(false);
  return {
    typed,
    type(text) {
      setTyped(text);
      setProblem(undefined);
    },
    isSaving,
    message: problem === undefined ? '' : describeNameProblem(problem),
    async save() {
      if (isSaving) return;
      const result = newName(typed, file.name);
      if ('problem' in result) {
        setProblem(result.problem);
        return;
      }
      setSaving(true);
      try {
        await session.renames.rename(file, result.name);
        onClose();
      } catch (error) {
        setProblem(toProblem(error));
        setSaving(false);
      }
    },
  };
}

interface NameInputProps {
  readonly file: AttachedFile;
  readonly editor: NameEditor;
  readonly onKeyDown?: (event: React.KeyboardEvent) => void;
  readonly onBlur?: () => void;
}

/** Text field with the whole name, of which the part before the extension is selected, as on the desktop. */
export function NameInput({ file, editor, onKeyDown, onBlur }: NameInputProps): React.JSX.Element {
  const { typed, type, isSaving, message, save } = editor;
  const input = React.useRef<HTMLInputElement>(null);
  const noteId = React.useRef(`name-note-${Math.random().toString(36).slice(2)}`);
  React.useLayoutEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(0, stemLength(file.name));
    // Only at first: a new name must not move the cursor.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <>
      <input
        ref={input}
        className="field gallery-name-field"
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        aria-label={t('New name for {name}', { name: file.name })}
        aria-invalid={message !== ''}
        aria-describedby={noteId.current}
        readOnly={isSaving}
        value={typed}
        onChange={({ target }) => type(target.value)}
        onBlur={onBlur}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault();
            void save();
          }
          onKeyDown?.(event);
        }}
      />
      <span id={noteId.current} className="field-error gallery-name-note" role="alert">
        {message}
      </span>
    </>
  );
}

/**
 * The name of a file as a field in its row. Enter saves, and so does a click elsewhere; Escape cancels.
 *
 * @param onClose Called with whether a key has closed the field, so that the row gets the focus.
 */
export function NameField(props: {
  file: AttachedFile;
  session: Pick<GallerySession, 'renames'>;
  onClose: (isByKey: boolean) => void;
}): React.JSX.Element {
  const { file, session, onClose } = props;
  const field = React.useRef<HTMLDivElement>(null);
  const isClosed = React.useRef(false);
  const editor = useNameEditor(file, session, () =>
    close(field.current?.contains(document.activeElement) ?? false),
  );

  React.useEffect(
    () => () => {
      // The row may be gone, and must not return with a field.
      const { editing } = session.renames.getSnapshot();
      if (editing === keyOfFile(file)) session.renames.edit(undefined);
    },
    // Only when it is removed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [],
  );

  function close(isByKey: boolean): void {
    isClosed.current = true;
    onClose(isByKey);
  }

  function onBlur(): void {
    // A removed field loses the focus, too, and so does that of a window in the background.
    if (isClosed.current || editor.isSaving || !document.hasFocus()) return;
    if ('problem' in newName(editor.typed, file.name)) close(false);
    else void editor.save();
  }

  // Neither keys nor clicks reach the row.
  const stop = (event: React.SyntheticEvent): void => event.stopPropagation();
  return (
    <div ref={field} className="gallery-name-edit" onClick={stop} onDoubleClick={stop}>
      <NameInput
        file={file}
        editor={editor}
        onBlur={onBlur}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key !== 'Escape' || event.nativeEvent.isComposing || editor.isSaving) return;
          event.preventDefault();
          close(true);
        }}
      />
    </div>
  );
}

function describeNameProblem(problem: NameProblem | Problem): string {
  switch (problem) {
    case 'empty':
      return t('Enter a name.');
    case 'folder':
      return t("A name can't contain / or \\.");
    case 'too-long':
      return t('A name can have up to {limit, number} characters.', { limit: MAX_NAME_LENGTH });
    default:
      return describeError(problem);
  }
}
