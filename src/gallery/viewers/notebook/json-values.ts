import { itemsOf } from '../json-fields';

/** Maximum depth of a value that is written with indents: they grow with the square of the depth. */
const MAX_INDENTED_DEPTH = 50;

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
