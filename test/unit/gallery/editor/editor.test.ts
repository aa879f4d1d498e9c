import { createEditor } from '../../../../src/gallery/editor/model/editor';
import type { KeyTargets } from '../../../../src/gallery/editor/view/editor-keys';
import { onEditorKey, onStageKey, TOOL_KEYS } from '../../../../src/gallery/editor/view/editor-keys';

const open = () =>
  createEditor({
    size: { width: 800, height: 600 },
    measure: (text, px) => text.length * px,
    newText: 'Text',
  });

const CENTER = { x: 400, y: 300 };

function keysFor(editor: ReturnType<typeof open>, scale = 1) {
  const pan = jest.fn();
  const editText = jest.fn();
  const targets: KeyTargets = { editor, scale, center: CENTER, chooseTool: editor.chooseTool, pan, editText };
  const press = (key: string, modifiers: Partial<KeyboardEvent> = {}): boolean => {
    const event = { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers };
    return onEditorKey(event, targets) || onStageKey(event, targets);
  };
  return { press, pan, editText };
}

test('Every tool has a letter of its own, and Enter places its shape in the middle', () => {
  expect(new Set(TOOL_KEYS.map(([, key]) => key)).size).toBe(TOOL_KEYS.length);
  for (const [tool, key] of TOOL_KEYS) {
    const editor = open();
    const { press } = keysFor(editor);
    expect(press(key)).toBe(true);
    expect(editor.getSnapshot().tool).toBe(tool);
    press('Enter');
    const kinds = editor.getSnapshot().history.present.map(({ kind }) => kind);
    expect(kinds).toEqual(tool === 'select' ? [] : [tool]);
  }
});

test('Arrow keys move the selected shape by less when the image is enlarged, and the image without a shape', () => {
  const editor = open();
  const { press, pan } = keysFor(editor, 8);
  press('ArrowLeft');
  expect(pan).toHaveBeenCalledTimes(1);
  const { area } = editor.place('box', CENTER);
  press('ArrowRight');
  press('ArrowDown', { shiftKey: true });
  const [box] = editor.getSnapshot().history.present;
  expect(box?.area).toEqual({ ...area, x: area.x + 1, height: area.height + 1 });
  press('Delete');
  expect(editor.getSnapshot().history.present).toEqual([]);
});

test('Several presses of an arrow key are undone together, and the shape after that', () => {
  const editor = open();
  const { press } = keysFor(editor);
  const { area } = editor.place('ellipse', CENTER);
  for (let presses = 0; presses < 5; presses++) press('ArrowRight');
  press('z', { ctrlKey: true });
  expect(editor.getSnapshot().history.present[0]?.area).toEqual(area);
  press('z', { metaKey: true });
  expect(editor.getSnapshot().history.present).toEqual([]);
  press('Z', { ctrlKey: true, shiftKey: true });
  press('y', { ctrlKey: true });
  expect(editor.getSnapshot().history.present[0]?.area.x).toBe(area.x + 40);
});

test('Letters with Ctrl or Alt are left to the browser', () => {
  const editor = open();
  const { press } = keysFor(editor);
  expect(press('a', { ctrlKey: true })).toBe(false);
  expect(press('a', { altKey: true })).toBe(false);
  expect(editor.getSnapshot().tool).toBe('select');
});

test('A drag is undone as one change, and a second crop replaces the first', () => {
  const editor = open();
  editor.draw('redact', { x: 10, y: 10, width: 1, height: 1 });
  for (let to = 2; to < 50; to++) editor.redraw({ x: 10, y: 10, width: to, height: to });
  expect(editor.getSnapshot().history.present[0]?.area.width).toBe(49);
  editor.undo();
  expect(editor.getSnapshot().history.present).toEqual([]);
  editor.place('crop', CENTER);
  editor.place('crop', CENTER);
  expect(editor.getSnapshot().history.present).toHaveLength(1);
});

test('shapeAt finds the front shape, a line only near it, and a crop at its edge', () => {
  const editor = open();
  editor.draw('crop', { x: 100, y: 100, width: 400, height: 400 });
  editor.draw('box', { x: 150, y: 150, width: 100, height: 100 });
  editor.draw('line', { x: 150, y: 150, width: 100, height: 100 });
  const kindAt = (x: number, y: number) => editor.shapeAt({ x, y }, 4)?.kind;
  expect(kindAt(200, 201)).toBe('line');
  expect(kindAt(240, 160)).toBe('box');
  expect(kindAt(300, 300)).toBeUndefined();
  expect(kindAt(102, 300)).toBe('crop');
});

test('A second shape around the same point is placed beside the first', () => {
  const editor = open();
  const one = editor.place('box', CENTER);
  const other = editor.place('ellipse', CENTER);
  expect(other.area.x).toBeGreaterThan(one.area.x);
});
