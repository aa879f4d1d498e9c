import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { toProblem } from '../../../base/errors';
import { t } from '../../../base/i18n/translate';
import { Dialog } from '../../../ui/dialog';
import { describeError, quoteName } from '../../../upload/messages/problems';
import type { GallerySession } from '../../gallery-session';
import type { AttachedFile } from '../../model/attached-file';
import { EditorProblem } from '../editor-problem';
import type { Editor } from '../model/editor';
import { createEditor } from '../model/editor';
import { openPicture } from '../open-picture';
import { measureWith } from '../paint';
import { describeEditorProblem } from './editor-sentences';
import { ImageEditor } from './image-editor';
import { SaveQuestion } from './save-question';

/** Props of `EditDialog`. */
export interface EditDialogProps {
  readonly file: AttachedFile;
  readonly session: Pick<GallerySession, 'readBytes' | 'replacements' | 'closePreview' | 'getSnapshot'>;
  readonly onClose: () => void;
}

/** Image in the editor. */
interface Opened {
  readonly picture: ImageBitmap;
  readonly editor: Editor;
}

/** Edits an attached image, then replaces it or attaches the result beside it. */
export function EditDialog(props: EditDialogProps): React.JSX.Element {
  const { file, session, onClose } = props;
  const { name } = file;
  const { opened, sentence } = useOpened(file, session);
  const [question, setQuestion] = React.useState<'save' | 'discard'>();
  const [, update] = React.useReducer((count: number) => count + 1, 0);
  const stage = React.useRef<HTMLDivElement>(null);
  const editor = opened?.editor;
  // The buttons below depend on whether there are shapes.
  React.useEffect(() => editor?.subscribe(update), [editor]);
  const hasShapes = editor !== undefined && editor.getSnapshot().history.present.length > 0;
  const requestClose = (): void => (hasShapes ? setQuestion('discard') : onClose());

  /** Clears the selection, or else the tool, or else closes the editor. */
  function onEscape(): void {
    const state = editor?.getSnapshot();
    if (state?.selected === undefined && (state?.tool ?? 'select') === 'select') {
      requestClose();
      return;
    }
    if (state?.selected !== undefined) editor?.select(undefined);
    else editor?.chooseTool('select');
    stage.current?.focus();
  }

  return (
    <Dialog title={t('Edit {name}', { name: quoteName(name) })} isLarge={true} onClose={onEscape}>
      {opened ? (
        <ImageEditor name={name} stage={stage} {...opened} />
      ) : (
        <p className="editor-words" role={sentence === undefined ? 'status' : 'alert'}>
          {sentence ?? t('Reading {name}…', { name: quoteName(name) })}
        </p>
      )}
      <div className="dialog-buttons">
        <Button text={opened ? t('Cancel') : t('Close')} onClick={requestClose} />
        {opened && (
          <Button
            primary={true}
            text={t('Save…')}
            disabled={!hasShapes}
            onClick={() => setQuestion('save')}
          />
        )}
      </div>
      {question === 'discard' && (
        <DiscardQuestion name={name} onDiscard={onClose} onBack={() => setQuestion(undefined)} />
      )}
      {question === 'save' && opened && (
        <SaveQuestion
          {...{ file, session, ...opened }}
          onBack={() => setQuestion(undefined)}
          onSaved={() => {
            onClose();
            session.closePreview();
          }}
        />
      )}
    </Dialog>
  );
}

function DiscardQuestion(props: {
  name: string;
  onDiscard: () => void;
  onBack: () => void;
}): React.JSX.Element {
  const { name, onDiscard, onBack } = props;
  return (
    <Dialog title={t('Discard the changes to {name}?', { name: quoteName(name) })} onClose={onBack}>
      <div className="dialog-buttons">
        <Button text={t('Back')} onClick={onBack} />
        <Button primary={true} text={t('Discard')} onClick={onDiscard} />
      </div>
    </Dialog>
  );
}

/** Reads and decodes the image. Its pixels are released when the editor closes. */
function useOpened(
  file: AttachedFile,
  { readBytes }: Pick<GallerySession, 'readBytes'>,
): { readonly opened?: Opened; readonly sentence?: string } {
  const [result, setResult] = React.useState<{ opened?: Opened; sentence?: string }>({});
  React.useEffect(() => {
    const aborter = new AbortController();
    const { signal } = aborter;
    let picture: ImageBitmap | undefined;

    async function open(): Promise<Opened> {
      picture = await openPicture(await readBytes(file, signal), file.name);
      if (signal.aborted) picture.close();
      const { width, height } = picture;
      const context = document.createElement('canvas').getContext('2d');
      if (!context) throw new EditorProblem('pixels-changed');
      const editor = createEditor({
        size: { width, height },
        measure: measureWith(context),
        newText: t('Text'),
      });
      return { picture, editor };
    }

    open().then(
      (opened) => signal.aborted || setResult({ opened }),
      (error: unknown) => signal.aborted || setResult({ sentence: describe(error, file.name) }),
    );
    return () => {
      aborter.abort();
      picture?.close();
    };
    // `file` never changes while the dialog is open.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return result;
}

function describe(error: unknown, name: string): string {
  return error instanceof EditorProblem
    ? describeEditorProblem(error.kind, name)
    : describeError(toProblem(error));
}
