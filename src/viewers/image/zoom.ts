/** Width and height; of a picture in its own pixels, of the place for it in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place in CSS pixels, from the top left corner of the place for the picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the picture's top left corner stands, and how many CSS pixels one of its pixels takes. */
export interface Zoom extends Point {
  readonly scale: number;
}

/** A picture is never shown larger, so that a pixel of it can be told and the page has no trouble to draw it. */
export const LARGEST_SCALE = 32;

/** The whole picture in the middle, never larger than it is. */
export function fit(picture: Size, place: Size): Zoom {
  return keepInside({ x: 0, y: 0, scale: fitScale(picture, place) }, picture, place);
}

/** Whether a part of the picture is out of sight, so that it can be moved. */
export function isCut({ scale }: Zoom, picture: Size, place: Size): boolean {
  // What a computer calculates is not exact.
  const isLarger = (picturePx: number, placePx: number): boolean => picturePx * scale > placePx + 0.01;
  return isLarger(picture.width, place.width) || isLarger(picture.height, place.height);
}

/**
 * The picture at another scale, of which the point that is at `at` stays there, as far as the limits let it.
 *
 * @param scale Between that at which all is seen and `LARGEST_SCALE`; what is beyond is brought back.
 */
export function zoomTo(zoom: Zoom, scale: number, at: Point, picture: Size, place: Size): Zoom {
  const limited = Math.min(LARGEST_SCALE, Math.max(fitScale(picture, place), scale));
  const factor = limited / zoom.scale;
  const moved = {
    x: at.x - (at.x - zoom.x) * factor,
    y: at.y - (at.y - zoom.y) * factor,
    scale: limited,
  };
  return keepInside(moved, picture, place);
}

/** The picture moved by so many CSS pixels, as far as there is more of it to see. */
export function pan(zoom: Zoom, by: Point, picture: Size, place: Size): Zoom {
  return keepInside({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, picture, place);
}

/** The middle of the place. */
export function middleOf({ width, height }: Size): Point {
  return { x: width / 2, y: height / 2 };
}

function fitScale(picture: Size, place: Size): number {
  return Math.min(1, place.width / picture.width, place.height / picture.height);
}

/** No empty border on one side while something is cut off at the other; what is smaller than its place is centred. */
function keepInside(zoom: Zoom, picture: Size, place: Size): Zoom {
  const along = (start: number, length: number, room: number): number =>
    length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, start));
  return {
    x: along(zoom.x, picture.width * zoom.scale, place.width),
    y: along(zoom.y, picture.height * zoom.scale, place.height),
    scale: zoom.scale,
  };
}
