/** Clockwise rotation that the user has chosen for the view, in degrees. */
export type Rotation = 0 | 90 | 180 | 270;

/** Returns the next rotation, by 90 degrees. */
export function nextRotation(rotation: Rotation): Rotation {
  return ((rotation + 90) % 360) as Rotation;
}

/** Returns the width and height of a page or an image after its rotation. */
export function rotatedSize(
  { width, height }: { readonly width: number; readonly height: number },
  rotation: Rotation,
): { readonly width: number; readonly height: number } {
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}
