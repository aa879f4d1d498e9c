/** Position on the earth, in degrees. North and east are positive. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

/** Returns a position, or `undefined` if it is none. The numbers can be NaN. */
export function positionAt(latitude: number, longitude: number): Position | undefined {
  // Comparisons with NaN are false.
  const isValid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isValid ? { latitude, longitude } : undefined;
}
