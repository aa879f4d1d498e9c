import type { Query } from './query';
import { malformed } from './refusals';
import { expansions, type Shape } from './render';

/** Returns the contents of the answer for this query; `unlessExpanded` is the default. */
export function shapeOf(query: Query, baseUrl: string, unlessExpanded: Partial<Shape> = {}): Shape {
  const expand = query('$expand');
  const fields = query('fields');
  const names = fields === undefined ? null : fields.split(',').map((name) => name.trim());
  const shape = shapeFrom(expand, names, baseUrl);
  return expand === undefined && names === null ? { ...shape, ...unlessExpanded } : shape;
}

/** Returns the same for separate `$expand` and `fields`; throws the refusal. */
export function shapeFrom(expand: unknown, fields: readonly string[] | null, baseUrl: string): Shape {
  if (expand !== undefined && expand !== null && fields !== null) {
    // Assumed: the text; the reference only forbids the combination.
    throw malformed('The expand parameter can not be used with the fields parameter.');
  }
  const expansion = expansionOf(expand ?? 'none');
  return {
    baseUrl,
    fields,
    relations: expansion === 'relations' || expansion === 'all',
    links: expansion === 'links' || expansion === 'all',
    allFields: expansion === 'fields' || expansion === 'all',
  };
}

/** The names, or their numbers as the official client sends them (`WorkItemExpand`). */
function expansionOf(value: unknown): (typeof expansions)[number] {
  const text = String(value).toLowerCase();
  const expansion = expansions.find((name, index) => name === text || String(index) === text);
  if (expansion === undefined) throw malformed(`The value "${text}" of $expand is not known.`);
  return expansion;
}
