/** Members of a JSON object from a file. Any of them can be missing or of another type. */
export type Fields = Readonly<Partial<Record<string, unknown>>>;

/** Whether a value is an object, and no array. */
export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the members of an object, and none for any other value. */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

/** Returns the items of an array, and none for any other value. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
