/** Object of a JSON text. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Maximum depth of a value that is written with indents: they grow with the square of the depth. */
const MAX_INDENTED_DEPTH = 50;

/** Returns a value if it is an object, or an empty one. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** Whether a value is an object, and no array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the items of an array, or none. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns a number, or `undefined`. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Returns a text of a notebook, a string or a list of strings with their line ends; empty if it is neither. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return itemsOf(value)
    .filter((line) => typeof line === 'string')
    .join('');
}

/** Writes a value as JSON, or returns `undefined` if it is nested too deep. */
export function writeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, undefined, isDeeper(value, MAX_INDENTED_DEPTH) ? 0 : 2);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((child) => isDeeper(child, depth - 1));
}
