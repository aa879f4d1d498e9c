import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { Bar } from '../../../ui/bar';
import type { ZoomControl } from '../../viewers/image/use-zoom';
import type { Editor, EditorState, Tool } from '../model/editor';
import { FitIcon, ToolIcon, UndoIcon, ZoomIcon } from './editor-icons';
import { nameTool } from './editor-sentences';
import { TOOL_KEYS } from './editor-keys';

/** Tools, undo and zoom: one Tab stop. */
export function ToolsBar(props: {
  editor: Editor;
  state: EditorState;
  control: Pick<ZoomControl, 'zoom' | 'zoomIn' | 'zoomOut' | 'fit'>;
  /** Called when the person chooses a tool, to draw with it at once. */
  onTool: (tool: Tool) => void;
}): React.JSX.Element {
  const { editor, state, control, onTool } = props;
  const { past, future } = state.history;
  return (
    <Bar label={t('Tools')} className="editor-tools">
      <span className="editor-group">
        {TOOL_KEYS.map(([tool, key]) => (
          <button
            key={tool}
            type="button"
            className="bar-button"
            aria-label={nameTool(tool)}
            title={`${nameTool(tool)} (${key.toUpperCase()})`}
            aria-keyshortcuts={key.toUpperCase()}
            aria-pressed={state.tool === tool}
            onClick={() => onTool(tool)}
          >
            <ToolIcon tool={tool} />
          </button>
        ))}
      </span>
      <span className="editor-group">
        <IconCommand
          label={t('Undo')}
          keys="Control+Z"
          isDisabled={past.length === 0}
          icon={<UndoIcon />}
          onClick={editor.undo}
        />
        <IconCommand
          label={t('Redo')}
          keys="Control+Y"
          isDisabled={future.length === 0}
          icon={<UndoIcon isRedo={true} />}
          onClick={editor.redo}
        />
      </span>
      <span className="editor-group">
        <IconCommand
          label={t('Zoom out')}
          keys="-"
          icon={<ZoomIcon isOut={true} />}
          onClick={control.zoomOut}
        />
        <IconCommand label={t('Zoom in')} keys="+" icon={<ZoomIcon />} onClick={control.zoomIn} />
        <IconCommand label={t('Fit')} keys="0" icon={<FitIcon />} onClick={control.fit} />
      </span>
      <span className="quiet editor-percent">
        {control.zoom && t('{percent, number}%', { percent: Math.round(control.zoom.scale * 100) })}
      </span>
    </Bar>
  );
}

function IconCommand(props: {
  label: string;
  keys: string;
  /** Whether it does nothing now. It stays focusable. */
  isDisabled?: boolean;
  icon: React.JSX.Element;
  onClick: () => void;
}): React.JSX.Element {
  const { label, keys, isDisabled = false, icon, onClick } = props;
  return (
    <button
      type="button"
      className="bar-button"
      aria-label={label}
      title={label}
      aria-keyshortcuts={keys}
      aria-disabled={isDisabled}
      onClick={isDisabled ? undefined : onClick}
    >
      {icon}
    </button>
  );
}
