import fc from 'fast-check';
import type { Editor } from '../../../../src/gallery/editor/model/editor';
import { createEditor } from '../../../../src/gallery/editor/model/editor';
import { upright } from '../../../../src/gallery/editor/model/area';
import { numberOf, shapesOf } from '../../../../src/gallery/editor/model/drawing';
import type { Shape } from '../../../../src/gallery/editor/model/shapes';
import { COLORS, SHAPE_KINDS, WEIGHTS } from '../../../../src/gallery/editor/model/shapes';

const measure = (text: string, fontPx: number): number => text.length * fontPx * 0.6;

const size = fc.record({
  width: fc.integer({ min: 1, max: 3000 }),
  height: fc.integer({ min: 1, max: 3000 }),
});
const coordinate = fc.oneof(
  fc.integer({ min: -4000, max: 4000 }),
  fc.double({ min: -50, max: 3100, noNaN: true }),
);
const point = fc.record({ x: coordinate, y: coordinate });
const whole = fc.record({ x: fc.integer({ min: -99, max: 99 }), y: fc.integer({ min: -99, max: 99 }) });
const area = fc.record({ x: coordinate, y: coordinate, width: coordinate, height: coordinate });
const kind = fc.constantFrom(...SHAPE_KINDS);

/** A command of the editor, as a person gives it. */
type Command = (editor: Editor) => void;

const pick = (editor: Editor, part: number): Shape | undefined => {
  const { present } = editor.getSnapshot().history;
  return present[Math.floor(part * present.length)];
};

const change: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(kind, point).map(
    ([a, b]): Command =>
      (editor) =>
        void editor.place(a, b),
  ),
  fc.tuple(kind, area).map(
    ([a, b]): Command =>
      (editor) =>
        editor.draw(a, b),
  ),
  whole.map(
    (delta): Command =>
      (editor) =>
        editor.move(delta),
  ),
  whole.map(
    (delta): Command =>
      (editor) =>
        editor.resize(delta),
  ),
  area.map(
    (to): Command =>
      (editor) =>
        editor.change({ area: to }),
  ),
  area.map(
    (to): Command =>
      (editor) =>
        editor.redraw(to),
  ),
  fc.constantFrom(...COLORS).map(
    (color): Command =>
      (editor) =>
        editor.change({ color }),
  ),
  fc.constantFrom(...WEIGHTS).map(
    (weight): Command =>
      (editor) =>
        editor.change({ weight }),
  ),
  fc.string({ maxLength: 12 }).map(
    (text): Command =>
      (editor) =>
        editor.change({ text }),
  ),
  fc.double({ min: 0, max: 0.999, noNaN: true }).map(
    (part): Command =>
      (editor) =>
        editor.remove(pick(editor, part)?.id ?? 0),
  ),
);

const travel: fc.Arbitrary<Command> = fc.oneof(
  fc.double({ min: 0, max: 0.999, noNaN: true }).map(
    (part): Command =>
      (editor) =>
        editor.select(pick(editor, part)?.id),
  ),
  fc.constant<Command>((editor) => editor.undo()),
  fc.constant<Command>((editor) => editor.redo()),
);

const commands = fc.array(fc.oneof({ weight: 4, arbitrary: change }, travel), { maxLength: 40 });

function open(of: { width: number; height: number }): Editor {
  return createEditor({ size: of, measure, newText: 'Text' });
}

test('Every shape stays in the image after any commands, unless a text is wider', () => {
  fc.assert(
    fc.property(size, commands, (of, all) => {
      const editor = open(of);
      for (const command of all) command(editor);
      for (const shape of editor.getSnapshot().history.present) {
        const { x, y, width, height } = upright(shape.area);
        expect(x).toBeGreaterThanOrEqual(-1e-6);
        expect(y).toBeGreaterThanOrEqual(-1e-6);
        if (shape.kind !== 'text') expect(x + width).toBeLessThanOrEqual(of.width + 1e-6);
        expect(y + height).toBeLessThanOrEqual(of.height + 1e-6);
        expect(Math.hypot(width, height)).toBeGreaterThan(0);
      }
    }),
  );
});

test('Redactions and crops have whole pixels after any commands, and cover what was drawn', () => {
  fc.assert(
    fc.property(size, area, commands, (of, drawn, all) => {
      const editor = open(of);
      editor.draw('redact', drawn);
      const box = upright(drawn);
      const [{ area: covered }] = editor.getSnapshot().history.present as [Shape];
      expect(covered.x).toBeLessThanOrEqual(Math.min(of.width - 1, Math.max(0, box.x)));
      expect(covered.x + covered.width).toBeGreaterThanOrEqual(Math.min(of.width, box.x + box.width));
      expect(covered.y).toBeLessThanOrEqual(Math.min(of.height - 1, Math.max(0, box.y)));
      expect(covered.y + covered.height).toBeGreaterThanOrEqual(Math.min(of.height, box.y + box.height));
      for (const command of all) command(editor);
      const { present } = editor.getSnapshot().history;
      for (const { area: each } of [...shapesOf(present, 'redact'), ...shapesOf(present, 'crop')]) {
        for (const value of Object.values(each)) expect(Number.isInteger(value)).toBe(true);
        expect(Math.min(each.width, each.height)).toBeGreaterThanOrEqual(1);
      }
      expect(shapesOf(present, 'crop').length).toBeLessThanOrEqual(1);
    }),
  );
});

test('Moving a redaction never changes its size', () => {
  fc.assert(
    fc.property(size, area, fc.array(whole, { maxLength: 20 }), (of, drawn, moves) => {
      const editor = open(of);
      editor.draw('redact', drawn);
      const sizeOf = () => {
        const { width, height } = editor.getSnapshot().history.present[0]!.area;
        return { width, height };
      };
      const before = sizeOf();
      for (const delta of moves) editor.move(delta);
      expect(sizeOf()).toEqual(before);
    }),
  );
});

test('Undo goes back through all changes to the empty drawing, and redo repeats them', () => {
  fc.assert(
    fc.property(size, fc.array(change, { maxLength: 40 }), (of, all) => {
      const editor = open(of);
      for (const command of all) command(editor);
      const seen = [editor.getSnapshot().history.present];
      while (editor.getSnapshot().history.past.length > 0) {
        editor.undo();
        seen.push(editor.getSnapshot().history.present);
      }
      expect(editor.getSnapshot().history.present).toEqual([]);
      for (const drawing of seen.reverse().slice(1)) {
        editor.redo();
        expect(editor.getSnapshot().history.present).toBe(drawing);
      }
      expect(editor.getSnapshot().history.future).toEqual([]);
    }),
  );
});

test('Steps are numbered without gaps, and ids are never used twice', () => {
  fc.assert(
    fc.property(size, commands, (of, all) => {
      const editor = open(of);
      const kinds = new Map<number, string>();
      for (const command of all) {
        command(editor);
        const { present } = editor.getSnapshot().history;
        expect(shapesOf(present, 'step').map((step) => numberOf(present, step))).toEqual(
          shapesOf(present, 'step').map((_step, index) => index + 1),
        );
        for (const shape of present) {
          expect(kinds.get(shape.id) ?? shape.kind).toBe(shape.kind);
          kinds.set(shape.id, shape.kind);
        }
        expect(new Set(present.map(({ id }) => id)).size).toBe(present.length);
      }
    }),
  );
});

test('The selected shape is always one of the drawing', () => {
  fc.assert(
    fc.property(size, commands, (of, all) => {
      const editor = open(of);
      for (const command of all) {
        command(editor);
        const { selected, history } = editor.getSnapshot();
        if (selected !== undefined) expect(history.present.map(({ id }) => id)).toContain(selected);
      }
    }),
  );
});
