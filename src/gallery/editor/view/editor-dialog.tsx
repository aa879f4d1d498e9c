import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { toProblem } from '../../../base/errors';
import { t } from '../../../base/i18n/translate';
import '../../../ui/bar.css';
import { Dialog } from '../../../ui/dialog';
import '../../../ui/dialog.css';
import '../../../ui/fields.css';
import type { FocusAfterClose } from '../../../ui/use-modal';
import { describeError, quoteName } from '../../../upload/messages/problems';
import { EditorProblem } from '../editor-problem';
import type { Editor } from '../model/editor';
import { createEditor } from '../model/editor';
import { openPicture } from '../open-picture';
import { measureWith } from '../paint';
import { describeEditorProblem } from './editor-sentences';
import { ImageEditor } from './image-editor';

/** Image in the editor. */
export interface Opened {
  readonly picture: ImageBitmap;
  readonly editor: Editor;
}

/** Props of `EditorDialog`. */
export interface EditorDialogProps {
  /** Name of the image. */
  readonly name: string;
  /** Reads the image, once. @throws StaplerError */
  readonly read: (signal: AbortSignal) => Promise<Blob>;
  /** Text of the button to close the dialog without a change. */
  readonly closeText: (isOpened: boolean) => string;
  readonly saveText: string;
  /** Whether the buttons wait for the result. Default: false. */
  readonly isSaving?: boolean;
  /** Called with an image that has shapes. */
  readonly onSave: (opened: Opened) => void;
  /** Called without a change, or after the user has discarded the changes. */
  readonly onClose: () => void;
  /** See `Dialog`. */
  readonly focusAfterClose?: FocusAfterClose;
  /** Button before the others. */
  readonly firstButton?: React.JSX.Element;
  /** Words above the buttons, and further dialogs. */
  readonly children?: React.ReactNode;
}

/** Dialog to edit an image. Its caller saves the result. */
export function EditorDialog(props: EditorDialogProps): React.JSX.Element {
  const { name, read, closeText, saveText, isSaving = false, onSave, onClose, focusAfterClose } = props;
  const { opened, sentence } = useOpened(name, read);
  const [isDiscarding, setDiscarding] = React.useState(false);
  const [, update] = React.useReducer((count: number) => count + 1, 0);
  const stage = React.useRef<HTMLDivElement>(null);
  const editor = opened?.editor;
  // The buttons below depend on whether there are shapes.
  React.useEffect(() => editor?.subscribe(update), [editor]);
  const hasShapes = editor !== undefined && editor.getSnapshot().history.present.length > 0;
  const requestClose = (): void => (hasShapes ? setDiscarding(true) : onClose());

  /** Clears the selection, or else the tool, or else closes the editor. */
  function onEscape(): void {
    if (isSaving) return;
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
    <Dialog
      title={t('Edit {name}', { name: quoteName(name) })}
      isLarge={true}
      onClose={onEscape}
      {...(focusAfterClose && { focusAfterClose })}
    >
      {opened ? (
        <ImageEditor name={name} stage={stage} {...opened} />
      ) : (
        <p className="editor-words" role={sentence === undefined ? 'status' : 'alert'}>
          {sentence ?? t('Reading {name}…', { name: quoteName(name) })}
        </p>
      )}
      {props.children}
      <div className="dialog-buttons">
        {props.firstButton}
        <Button text={closeText(opened !== undefined)} disabled={isSaving} onClick={requestClose} />
        {opened && (
          <Button
            primary={true}
            text={saveText}
            disabled={!hasShapes || isSaving}
            onClick={() => onSave(opened)}
          />
        )}
      </div>
      {isDiscarding && (
        <DiscardQuestion name={name} onDiscard={onClose} onBack={() => setDiscarding(false)} />
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
  name: string,
  read: EditorDialogProps['read'],
): { readonly opened?: Opened; readonly sentence?: string } {
  const [result, setResult] = React.useState<{ opened?: Opened; sentence?: string }>({});
  React.useEffect(() => {
    const aborter = new AbortController();
    const { signal } = aborter;
    let picture: ImageBitmap | undefined;

    async function open(): Promise<Opened> {
      picture = await openPicture(await read(signal), name);
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
      (error: unknown) => signal.aborted || setResult({ sentence: describe(error, name) }),
    );
    return () => {
      aborter.abort();
      picture?.close();
    };
    // The image never changes while the dialog is open.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return result;
}

function describe(error: unknown, name: string): string {
  return error instanceof EditorProblem
    ? describeEditorProblem(error.kind, name)
    : describeError(toProblem(error));
}
