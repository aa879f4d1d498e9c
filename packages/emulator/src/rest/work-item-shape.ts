import type { Query } from './query';
import { malformed } from './refusals';
import { expansions, type Shape } from './render';
import type { RestContext } from './rest-context';
import { formattedFields } from './text-formats';

/** Part of a shape that no query chooses. */
export type FixedShape = Pick<Shape, 'baseUrl' | 'formatted'>;

/** Returns the part that depends on the service and on the requested version. */
export function fixedShape({ store, baseUrl }: RestContext, version: string | null): FixedShape {
  return { baseUrl, formatted: formattedFields(store, version) };
}

/** Returns the contents of the answer for this query; `unlessExpanded` is the default. */
export function shapeOf(query: Query, fixed: FixedShape, unlessExpanded: Partial<Shape> = {}): Shape {
  const expand = query('$expand');
  const fields = query('fields');
  const names = fields === undefined ? null : fields.split(',').map((name) => name.trim());
  const shape = shapeFrom(expand, names, fixed);
  return expand === undefined && names === null ? { ...shape, ...unlessExpanded } : shape;
}

/** Returns the same for separate `$expand` and `fields`; throws the refusal. */
export function shapeFrom(expand: unknown, fields: readonly string[] | null, fixed: FixedShape): Shape {
  if (expand !== undefined && expand !== null && fields !== null) {
    // Assumed: the text; the reference only forbids the combination.
    throw malformed('The expand parameter can not be used with the fields parameter.');
  }
  const expansion = expansionOf(expand ?? 'none');
  return {
    ...fixed,
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
