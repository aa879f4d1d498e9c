import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useStore } from '../../../ui/hooks';
import { useSize } from '../../viewers/hooks';
import type { ZoomControl } from '../../viewers/image/use-zoom';
import { useZoom } from '../../viewers/image/use-zoom';
import type { Point, Size } from '../../viewers/image/zoom';
import { zoomByKey } from '../../viewers/zoom-keys';
import { shapeOf } from '../model/drawing';
import type { Editor, Tool } from '../model/editor';
import type { KeyTargets } from './editor-keys';
import { onEditorKey, onStageKey } from './editor-keys';
import { describeShape } from './editor-sentences';
import { ShapeFields } from './shape-fields';
import { ShapeList } from './shape-list';
import { Stage } from './stage';
import { ToolsBar } from './tools-bar';
import './editor.css';

/** Tools, image and shapes. */
export function ImageEditor(props: {
  name: string;
  picture: ImageBitmap;
  editor: Editor;
  /** Receives the element with the image, for the focus. */
  stage: React.RefObject<HTMLDivElement>;
}): React.JSX.Element {
  const { name, picture, editor, stage } = props;
  const state = useStore(editor);
  const viewport = useSize(stage);
  const control = useZoom(editor.size, viewport);
  const textField = React.useRef<HTMLInputElement>(null);
  const helpId = React.useRef(`editor-help-${Math.random().toString(36).slice(2)}`);
  const focusStage = (): void => stage.current?.focus();
  // After `useModal`, whose dialog focuses its first button.
  React.useEffect(() => stage.current?.focus(), [stage]);

  function editText(): void {
    const { history, selected } = editor.getSnapshot();
    // After the field is there.
    if (shapeOf(history.present, selected)?.kind === 'text')
      requestAnimationFrame(() => textField.current?.select());
  }

  function onAdded(): void {
    if (state.tool === 'text') editText();
  }

  function chooseTool(tool: Tool): void {
    editor.chooseTool(tool);
    focusStage();
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    const { target } = event;
    if (event.defaultPrevented || (target instanceof Element && target.matches('input, select'))) return;
    const targets: KeyTargets = {
      ...{ editor, chooseTool, editText, pan: control.pan, scale: control.zoom?.scale ?? 1 },
      center: visibleCenter(control, editor.size, viewport),
    };
    const isHandled =
      onEditorKey(event.nativeEvent, targets) ||
      (target === stage.current && onStageKey(event.nativeEvent, targets));
    if (isHandled) event.preventDefault();
    else zoomByKey(event, control);
  }

  const drawing = state.history.present;
  const shape = shapeOf(drawing, state.selected);
  return (
    <div className="editor" onKeyDown={onKeyDown}>
      <ToolsBar editor={editor} state={state} control={control} onTool={chooseTool} />
      <div className="editor-main">
        <Stage {...{ stage, name, picture, editor, state, control, onAdded }} describedBy={helpId.current} />
        <div className="editor-side" role="group" aria-label={t('Shapes')}>
          <p id={helpId.current} className="quiet">
            {t(
              'Choose a tool, then press Enter, click or drag in the image. Arrow keys move a shape, with Shift they size it.',
            )}
          </p>
          <ShapeList editor={editor} state={state} focusStage={focusStage} />
          <ShapeFields editor={editor} state={state} textField={textField} focusStage={focusStage} />
        </div>
      </div>
      <p className="quiet editor-status" role="status">
        {shape
          ? describeShape(drawing, shape)
          : t('{count, plural, one {# shape} other {# shapes}}', { count: drawing.length })}
      </p>
    </div>
  );
}

/** Returns the point of the image in the middle of its visible part. */
function visibleCenter({ zoom }: Pick<ZoomControl, 'zoom'>, size: Size, viewport: Size | undefined): Point {
  if (!zoom || !viewport) return { x: size.width / 2, y: size.height / 2 };
  return {
    x: Math.round((viewport.width / 2 - zoom.x) / zoom.scale),
    y: Math.round((viewport.height / 2 - zoom.y) / zoom.scale),
  };
}
