import type { StateStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import type { Point, Size } from '../../viewers/image/zoom';
import type { Area } from './area';
import { cutToSize } from './area';
import type { Drawing } from './drawing';
import { EMPTY_DRAWING, shapeOf, withChanged, withoutShape, withShape } from './drawing';
import type { History } from './history';
import { historyOf, redone, settled, undone, withState } from './history';
import type { MeasureText, Shape, ShapeKind, ShapeStyle } from './shapes';
import { defaultArea, fitted, isOn, moved, sized, unitOf, WAVE } from './shapes';

/** Tool in use: `select` for the shapes that are there, or the kind of the next one. */
export type Tool = 'select' | ShapeKind;

/** State of the editor. */
export interface EditorState {
  readonly history: History<Drawing>;
  readonly tool: Tool;
  /** Id of the selected shape. */
  readonly selected: number | undefined;
  /** Look of the next shape. */
  readonly style: ShapeStyle;
}

/** Changes that a person makes to one shape. */
export type ShapeChange = Partial<ShapeStyle & Pick<Shape, 'text' | 'area'>>;

/** State and commands of the editor of one image. */
export interface Editor extends Pick<StateStore<EditorState>, 'getSnapshot' | 'subscribe'> {
  /** Size of the image, in pixels. */
  readonly size: Size;
  readonly chooseTool: (tool: Tool) => void;
  /** Adds a shape of the usual size around a point, selects it, and returns it. */
  readonly place: (kind: ShapeKind, center: Point) => Shape;
  /**
   * Adds a shape, as far as it is in the image, and selects it.
   *
   * @param path See `Shape`. Default: a wavy line.
   */
  readonly draw: (kind: ShapeKind, area: Area, path?: readonly Point[]) => void;
  /** Gives the shape drawn last another area and path, while the pointer moves. Undone with it. */
  readonly redraw: (area: Area, path?: readonly Point[]) => void;
  readonly select: (id: number | undefined) => void;
  /** Returns the front shape at a point, or at most `tolerance` pixels away. */
  readonly shapeAt: (point: Point, tolerance: number) => Shape | undefined;
  /** Moves the selected shape by a distance in whole pixels. */
  readonly move: (delta: Point) => void;
  /** Moves the end of the selected shape by a distance in pixels. */
  readonly resize: (delta: Point) => void;
  /** Changes the selected shape, and the look of the next ones. */
  readonly change: (facts: ShapeChange) => void;
  /** Removes a shape. */
  readonly remove: (id: number) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Ends a series of changes that are undone together, such as those of one drag. */
  readonly settle: () => void;
}

/** Dependencies of `createEditor`. */
export interface EditorOptions {
  /** Whole numbers, at least 1. */
  readonly size: Size;
  readonly measure: MeasureText;
  /** Text of a new text. */
  readonly newText: string;
}

/** Distance of a new shape from one around the same point, as a multiple of `unitOf`. */
const CASCADE_UNITS = 24;

/** Creates an editor without shapes. */
export function createEditor({ size, measure, newText }: EditorOptions): Editor {
  const store = createStateStore<EditorState>(
    {
      history: historyOf(EMPTY_DRAWING),
      tool: 'select',
      selected: undefined,
      style: { color: 'red', weight: 'medium', look: 'solid' },
    },
    { notify: 'at-once' },
  );
  let lastId = 0;

  const change = (facts: (state: EditorState) => Partial<EditorState>): void =>
    store.setState((state) => ({ ...state, ...facts(state) }));

  function add(kind: ShapeKind, area: Area, path = WAVE): Shape {
    const { style } = store.getSnapshot();
    const made: Shape = {
      ...{ ...style, id: ++lastId, kind, area },
      text: kind === 'text' ? newText : '',
      path: kind === 'pen' ? path : [],
    };
    const shape = fitted(made, size, measure);
    change(({ history }) => ({
      history: withState(history, withShape(history.present, shape), `draw ${shape.id}`),
      selected: shape.id,
    }));
    return shape;
  }

  /** Changes the selected shape. Changes with the same name, one after the other, are undone together. */
  function changeSelected(name: string, to: (shape: Shape) => Shape): void {
    change(({ history, selected }) => {
      const shape = shapeOf(history.present, selected);
      if (!shape) return {};
      const after = fitted(to(shape), size, measure);
      if (JSON.stringify(after) === JSON.stringify(shape)) return {};
      return { history: withState(history, withChanged(history.present, after), `${name} ${shape.id}`) };
    });
  }

  /** Keeps the selection if its shape is still there. */
  function travel(to: (history: History<Drawing>) => History<Drawing>): void {
    change(({ history, selected }) => {
      const after = to(history);
      return { history: after, selected: shapeOf(after.present, selected)?.id };
    });
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    size,

    chooseTool: (tool) => change(({ history }) => ({ tool, history: settled(history) })),

    place(kind, center) {
      const { present } = store.getSnapshot().history;
      const step = Math.round(CASCADE_UNITS * unitOf(size));
      let area = fitted(shapeLike(kind, defaultArea(kind, center, size), newText), size, measure).area;
      // A second shape in the same place would hide the first.
      while (present.some((each) => each.kind !== 'crop' && hasSameCenter(each.area, area))) {
        const next = moved(shapeLike(kind, area, newText), { x: step, y: step });
        const after = fitted(next, size, measure).area;
        if (after.x === area.x || after.y === area.y) break;
        area = after;
      }
      return add(kind, area);
    },

    draw: (kind, area, path) => void add(kind, cutToSize(area, size), path),

    redraw: (area, path) =>
      changeSelected('draw', (shape) => ({
        ...shape,
        area: cutToSize(area, size),
        path: path ?? shape.path,
      })),

    select: (selected) => change(({ history }) => ({ selected, history: settled(history) })),

    shapeAt: (point, tolerance) =>
      [...store.getSnapshot().history.present].reverse().find((shape) => isOn(point, shape, tolerance)),

    move: (delta) => changeSelected('move', (shape) => moved(shape, delta)),

    resize: (delta) => changeSelected('size', (shape) => sized(shape, delta, size)),

    change(facts) {
      change(({ style }) => {
        const { color = style.color, weight = style.weight, look = style.look } = facts;
        return { style: { color, weight, look } };
      });
      changeSelected(Object.keys(facts).join(), (shape) => ({ ...shape, ...facts }));
    },

    remove: (id) =>
      travel((history) =>
        shapeOf(history.present, id) ? withState(history, withoutShape(history.present, id)) : history,
      ),

    undo: () => travel(undone),
    redo: () => travel(redone),
    settle: () => change(({ history }) => ({ history: settled(history) })),
  };
}

/** Whether two shapes are around the same point, within a pixel. */
function hasSameCenter(one: Area, other: Area): boolean {
  return (
    Math.abs(one.x + one.width / 2 - other.x - other.width / 2) <= 1 &&
    Math.abs(one.y + one.height / 2 - other.y - other.height / 2) <= 1
  );
}

function shapeLike(kind: ShapeKind, area: Area, text: string): Shape {
  return { id: 0, kind, area, text, path: [], color: 'red', weight: 'medium', look: 'solid' };
}
