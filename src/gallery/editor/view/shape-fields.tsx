import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import type { Area } from '../model/area';
import { css, rgbOf } from '../model/colors';
import { shapeOf } from '../model/drawing';
import type { Editor, EditorState } from '../model/editor';
import type { Look, Shape, ShapeKind, ShapeStyle, Weight } from '../model/shapes';
import { COLORS, WEIGHTS } from '../model/shapes';
import { nameColor, nameLook, nameWeight } from './editor-sentences';

/** Shapes without a color. */
const COLORLESS: ReadonlySet<ShapeKind> = new Set(['redact', 'crop']);

/** Shapes without a line whose width can be chosen. */
const LINELESS: ReadonlySet<ShapeKind> = new Set(['redact', 'crop', 'text', 'step']);

/** Look, place and size of the selected shape. Without one, the look of the next shape. */
export function ShapeFields(props: {
  editor: Editor;
  state: EditorState;
  /** Receives the field of a text. */
  textField: React.RefObject<HTMLInputElement>;
  focusStage: () => void;
}): React.JSX.Element {
  const { editor, state, textField, focusStage } = props;
  const shape = shapeOf(state.history.present, state.selected);
  const kind = shape?.kind ?? (state.tool === 'select' ? undefined : state.tool);
  const style = shape ?? state.style;
  return (
    <div className="editor-fields">
      {shape?.kind === 'text' && (
        <label className="field-block">
          <span className="field-label">{t('Text')}</span>
          <input
            ref={textField}
            className="field"
            autoComplete="off"
            dir="auto"
            value={shape.text}
            onChange={({ target }) => editor.change({ text: target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              event.preventDefault();
              focusStage();
            }}
          />
        </label>
      )}
      {kind && <StyleFields editor={editor} kind={kind} style={style} />}
      {shape && <AreaFields key={shape.id} editor={editor} shape={shape} />}
    </div>
  );
}

function StyleFields(props: { editor: Editor; kind: ShapeKind; style: ShapeStyle }): React.JSX.Element {
  const { editor, kind, style } = props;
  return (
    <>
      {!COLORLESS.has(kind) && (
        <div className="editor-colors" role="group" aria-label={t('Color')}>
          {COLORS.map((color) => (
            <button
              key={color}
              type="button"
              className="editor-color"
              aria-label={nameColor(color)}
              title={nameColor(color)}
              aria-pressed={style.color === color}
              onClick={() => editor.change({ color })}
            >
              <span style={{ background: css(rgbOf(color)) }} />
            </button>
          ))}
        </div>
      )}
      {!LINELESS.has(kind) && (
        <label className="field-block">
          <span className="field-label">{t('Line width')}</span>
          <select
            className="field"
            value={style.weight}
            onChange={({ target }) => editor.change({ weight: target.value as Weight })}
          >
            {WEIGHTS.map((weight) => (
              <option key={weight} value={weight}>
                {nameWeight(weight)}
              </option>
            ))}
          </select>
        </label>
      )}
      {kind === 'redact' && (
        <label className="field-block">
          <span className="field-label">{t('Look')}</span>
          <select
            className="field"
            value={style.look}
            onChange={({ target }) => editor.change({ look: target.value as Look })}
          >
            {(['solid', 'mosaic'] as const).map((look) => (
              <option key={look} value={look}>
                {nameLook(look)}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

function AreaFields({ editor, shape }: { editor: Editor; shape: Shape }): React.JSX.Element {
  const { area, kind } = shape;
  const change = (facts: Partial<Area>): void => editor.change({ area: { ...area, ...facts } });
  const sizeFields = (
    <>
      {kind !== 'text' && (
        <NumberField
          label={t('Width')}
          value={area.width}
          onChange={(width) => change(kind === 'step' ? { width, height: width } : { width })}
        />
      )}
      {kind !== 'step' && (
        <NumberField label={t('Height')} value={area.height} onChange={(height) => change({ height })} />
      )}
    </>
  );
  return (
    <div className="editor-numbers">
      <NumberField label={t('From the left')} value={area.x} onChange={(x) => change({ x })} />
      <NumberField label={t('From the top')} value={area.y} onChange={(y) => change({ y })} />
      {sizeFields}
    </div>
  );
}

/** A number of pixels. A typed number counts at once, and is shown as typed until the field is left. */
function NumberField(props: {
  label: string;
  value: number;
  onChange: (value: number) => void;
}): React.JSX.Element {
  const { label, value, onChange } = props;
  const [typed, setTyped] = React.useState<string>();
  return (
    <label className="field-block">
      <span className="field-label">{label}</span>
      <input
        className="field"
        type="number"
        step={1}
        value={typed ?? Math.round(value)}
        onChange={({ target }) => {
          setTyped(target.value);
          const number = Number.parseInt(target.value, 10);
          if (Number.isFinite(number)) onChange(number);
        }}
        onBlur={() => setTyped(undefined)}
      />
    </label>
  );
}
