import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { IconButton, TrashIcon } from '../../../ui/icons';
import type { Editor, EditorState } from '../model/editor';
import { nameShape } from './editor-sentences';

/** All shapes by name, from the back to the front, each with a button to select it and one to remove it. */
export function ShapeList(props: {
  editor: Editor;
  state: EditorState;
  /** Moves the focus to the image, where keys act on the selected shape. */
  focusStage: () => void;
}): React.JSX.Element {
  const { editor, state, focusStage } = props;
  const drawing = state.history.present;
  if (drawing.length === 0) return <p className="quiet">{t('No shapes yet.')}</p>;
  return (
    <ul className="editor-shapes" aria-label={t('Shapes')}>
      {drawing.map((shape) => {
        const name = nameShape(drawing, shape);
        return (
          <li key={shape.id}>
            <button
              type="button"
              className="bar-button editor-shape"
              aria-pressed={shape.id === state.selected}
              onClick={() => {
                editor.select(shape.id);
                focusStage();
              }}
            >
              <bdi className="bar-text">{name}</bdi>
            </button>
            <IconButton
              label={t('Remove {name}', { name })}
              icon={<TrashIcon />}
              onClick={() => {
                editor.remove(shape.id);
                focusStage();
              }}
            />
          </li>
        );
      })}
    </ul>
  );
}
