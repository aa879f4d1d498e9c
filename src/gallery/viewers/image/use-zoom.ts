import * as React from 'react';
import type { Rotation } from '../rotation';
import { nextRotation, rotatedSize } from '../rotation';
import type { Point, Size, Zoom } from './zoom';
import { centerOf, fit, isSame, overflows, pan, rotate, zoomTo } from './zoom';

/** Zoom factor of one button or key press. */
const STEP = 1.25;

/** Zoom of an image and actions to change it. Points are in CSS pixels from the top left corner of the viewport. */
export interface ZoomControl {
  /** `undefined` until the sizes are known. */
  readonly zoom: Zoom | undefined;
  /** Whether the image is larger than the viewport. */
  readonly canPan: boolean;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly actualSize: () => void;
  /** Switches between the fitted image and its actual size, or double size if small, around a point. */
  readonly toggle: (at: Point) => void;
  /** Multiplies the scale by a factor, around a point. */
  readonly zoomBy: (factor: number, at: Point) => void;
  readonly pan: (delta: Point) => void;
  readonly rotation: Rotation;
  /** Rotates the image by 90 degrees, in the view only. */
  readonly rotate: () => void;
}

/**
 * Keeps the zoom of an image. It fits the viewport, even while that is resized, until the user zooms.
 *
 * @param original Size of the image before its rotation.
 */
export function useZoom(original: Size | undefined, viewport: Size | undefined): ZoomControl {
  const [chosen, setChosen] = React.useState<Zoom>();
  const [rotation, setRotation] = React.useState<Rotation>(0);
  const image = original && rotatedSize(original, rotation);
  const change = (to: (zoom: Zoom, image: Size, viewport: Size) => Zoom | undefined): void => {
    if (!image || !viewport) return;
    setChosen((before) => {
      const shown = before ?? fit(image, viewport);
      const after = to(shown, image, viewport);
      // A swipe over a fitted image is no choice.
      return after && isSame(after, shown) ? before : after;
    });
  };
  const zoomBy = (factor: number, at = viewport && centerOf(viewport)): void =>
    change((zoom, ...sizes) => {
      const after = at && zoomTo(zoom, zoom.scale * factor, at, ...sizes);
      return after && isSame(after, fit(...sizes)) ? undefined : after;
    });
  // Applies the limits again, in case the viewport has grown.
  const zoom =
    image &&
    viewport &&
    (chosen ? zoomTo(chosen, chosen.scale, centerOf(viewport), image, viewport) : fit(image, viewport));
  return {
    zoom,
    canPan:
      image !== undefined && viewport !== undefined && zoom !== undefined && overflows(zoom, image, viewport),
    zoomIn: () => zoomBy(STEP),
    zoomOut: () => zoomBy(1 / STEP),
    fit: () => setChosen(undefined),
    actualSize: () => change((before, ...sizes) => zoomTo(before, 1, centerOf(sizes[1]), ...sizes)),
    toggle: (at) =>
      chosen
        ? setChosen(undefined)
        : change((before, ...sizes) => zoomTo(before, before.scale < 1 ? 1 : 2, at, ...sizes)),
    zoomBy,
    pan: (delta) => change((before, ...sizes) => pan(before, delta, ...sizes)),
    rotation,
    rotate: () => {
      setRotation(nextRotation(rotation));
      setChosen((before) => before && image && viewport && rotate(before, image, viewport));
    },
  };
}
