import type { Shape, ShapeKind } from './shapes';

/** Shapes on an image, from the back to the front. Never changes; each change returns another one. */
export type Drawing = readonly Shape[];

/** Drawing without shapes. */
export const EMPTY_DRAWING: Drawing = [];

/** Adds a shape in front. A crop replaces the previous one: there is one result. */
export function withShape(drawing: Drawing, shape: Shape): Drawing {
  const others = shape.kind === 'crop' ? drawing.filter(({ kind }) => kind !== 'crop') : drawing;
  return [...others, shape];
}

/** Replaces the shape with the same id. */
export function withChanged(drawing: Drawing, shape: Shape): Drawing {
  return drawing.map((each) => (each.id === shape.id ? shape : each));
}

/** Removes a shape. */
export function withoutShape(drawing: Drawing, id: number): Drawing {
  return drawing.filter((each) => each.id !== id);
}

/** Finds a shape. */
export function shapeOf(drawing: Drawing, id: number | undefined): Shape | undefined {
  return drawing.find((each) => each.id === id);
}

/** Returns all shapes of a kind, from the back to the front. */
export function shapesOf(drawing: Drawing, kind: ShapeKind): readonly Shape[] {
  return drawing.filter((each) => each.kind === kind);
}

/** Returns the number of a shape among those of its kind, from 1. Steps show it: without gaps after a removal. */
export function numberOf(drawing: Drawing, { id, kind }: Shape): number {
  return shapesOf(drawing, kind).findIndex((each) => each.id === id) + 1;
}
