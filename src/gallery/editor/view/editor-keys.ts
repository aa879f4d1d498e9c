import type { Point } from '../../viewers/image/zoom';
import type { Editor, Tool } from '../model/editor';

/** Tools with their letters, in the order shown. */
export const TOOL_KEYS: readonly (readonly [Tool, string])[] = [
  ['select', 'v'],
  ['redact', 'r'],
  ['arrow', 'a'],
  ['line', 'l'],
  ['box', 'b'],
  ['ellipse', 'e'],
  ['pen', 'p'],
  ['text', 't'],
  ['step', 'n'],
  ['crop', 'c'],
];

const TOOL_OF = new Map(TOOL_KEYS.map(([tool, key]) => [key, tool]));

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Distance of one press of an arrow key on the screen, in CSS pixels. */
const STEP_PX = 8;

/** Distance of one press that moves the image, in CSS pixels. */
const PAN_PX = 60;

/** The used part of a keyboard event. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Parts of the editor that keys act on. */
export interface KeyTargets {
  readonly editor: Editor;
  /** CSS pixels per image pixel. */
  readonly scale: number;
  /** Point of the image in the middle of the visible part, in image pixels. */
  readonly center: Point;
  readonly chooseTool: (tool: Tool) => void;
  readonly pan: (delta: Point) => void;
  /** Moves the focus to the text of the selected shape, if it has one. */
  readonly editText: () => void;
}

/** Handles undo, redo and the letters of tools, anywhere in the editor outside of fields. @returns Whether it did. */
export function onEditorKey(event: KeyPress, { editor, chooseTool }: KeyTargets): boolean {
  const key = event.key.toLowerCase();
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z' && !event.shiftKey) editor.undo();
    else if (key === 'y' || key === 'z') editor.redo();
    else return false;
    return true;
  }
  const tool = TOOL_OF.get(key);
  if (!tool || event.shiftKey) return false;
  chooseTool(tool);
  return true;
}

/**
 * Handles the keys of the image: Enter places a shape, arrows move it, Shift and arrows size it, Delete removes it.
 * Without a selected shape, arrows move the image.
 *
 * @returns Whether it did.
 */
export function onStageKey(event: KeyPress, targets: KeyTargets): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { editor, scale, center, pan, editText } = targets;
  const { tool, selected } = editor.getSnapshot();
  const arrow = ARROWS[event.key];
  if (arrow) {
    // Enlarged enough, one press is one pixel.
    const step = Math.max(1, Math.round(STEP_PX / scale));
    const delta = { x: arrow.x * step, y: arrow.y * step };
    if (selected === undefined) pan({ x: -arrow.x * PAN_PX, y: -arrow.y * PAN_PX });
    else if (event.shiftKey) editor.resize(delta);
    else editor.move(delta);
    return true;
  }
  if (event.key === 'Enter' && tool !== 'select') {
    const { kind } = editor.place(tool, center);
    if (kind === 'text') editText();
    return true;
  }
  if (event.key === 'Enter') {
    editText();
    return true;
  }
  if ((event.key === 'Delete' || event.key === 'Backspace') && selected !== undefined) {
    editor.remove(selected);
    return true;
  }
  return false;
}
