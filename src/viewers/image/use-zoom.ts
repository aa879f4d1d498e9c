import * as React from 'react';
import type { Point, Size, Zoom } from './zoom';
import { fit, isCut, middleOf, pan, zoomTo } from './zoom';

/** One press of a button or a key. */
const STEP = 1.25;

/** How a picture is shown, and the ways to show it otherwise. Points are in CSS pixels from the place's corner. */
export interface ZoomControl {
  /** `undefined` as long as the sizes are not known. */
  readonly zoom: Zoom | undefined;
  /** Whether it can be moved. */
  readonly isCut: boolean;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly actualSize: () => void;
  /** From all of it to its actual size at this point, or larger where that is what is seen, and back. */
  readonly toggle: (at: Point) => void;
  /** Larger by a factor, around a point. */
  readonly zoomBy: (factor: number, at: Point) => void;
  readonly pan: (by: Point) => void;
}

/** Keeps how a picture is shown. It fits its place until a person has zoomed, whatever becomes of the place. */
export function useZoom(picture: Size | undefined, place: Size | undefined): ZoomControl {
  const [chosen, setChosen] = React.useState<Zoom>();
  const change = (to: (zoom: Zoom, picture: Size, place: Size) => Zoom | undefined): void => {
    if (!picture || !place) return;
    setChosen((before) => to(before ?? fit(picture, place), picture, place));
  };
  const zoomBy = (factor: number, at = place && middleOf(place)): void =>
    change((zoom, ...sizes) => at && zoomTo(zoom, zoom.scale * factor, at, ...sizes));
  // The limits follow the place, which may have grown since.
  const zoom =
    picture &&
    place &&
    (chosen ? zoomTo(chosen, chosen.scale, middleOf(place), picture, place) : fit(picture, place));
  return {
    zoom,
    isCut: picture !== undefined && place !== undefined && zoom !== undefined && isCut(zoom, picture, place),
    zoomIn: () => zoomBy(STEP),
    zoomOut: () => zoomBy(1 / STEP),
    fit: () => setChosen(undefined),
    actualSize: () => change((before, ...sizes) => zoomTo(before, 1, middleOf(sizes[1]), ...sizes)),
    toggle: (at) =>
      chosen
        ? setChosen(undefined)
        : change((before, ...sizes) => zoomTo(before, before.scale < 1 ? 1 : 2, at, ...sizes)),
    zoomBy,
    pan: (by) => change((before, ...sizes) => pan(before, by, ...sizes)),
  };
}
