/** Costly part of a style: a reference, a filter function, tiny dashes. */
export interface StyleReference {
  /** Id of the referenced element. */
  readonly id: string | undefined;
  /** Whether the descendants of the element have it as well. */
  readonly isInherited: boolean;
  /** Whether it is drawn for each vertex of a shape. */
  readonly isPerVertex: boolean;
  /** Cost without the referenced element, in shapes. */
  readonly extraCost: number;
}

/** Properties and attributes of the same name that can be costly. */
const COSTLY =
  /^(?:fill|stroke|stroke-dasharray|filter|mask|mask-\w+|clip-path|marker(?:-\w+)?|backdrop-filter|--.*)$/;

/** `url(#id)`, with or without quotes. */
const REFERENCE = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^)]*?))\s*\)/gi;

/** Rule of a style sheet without rules inside. */
const RULE = /([^{}]+)\{([^{}]*)\}/g;

/** Selectors of key frames match no element, but change one. */
const KEY_FRAME = /^(?:from|to|[\d.]+%)(?:\s*,|$)/i;

/** Cost of a filter function, `blur(8px)`, in shapes. */
const FUNCTION_COST = 200;

/** Cost of countless dashes, in shapes: browsers draw a million of them for a line. */
const DASH_COST = 5_000;

/** Shortest dash of a real drawing, in user units. */
const MIN_DASH = 0.05;

/** Maximum number of costly rules. Each is compared with all elements. */
const MAX_RULES = 1_000;

const NONE: readonly StyleReference[] = [];

/**
 * Returns a function that finds the costly styles of an element: from its attributes, its `style`, and the style sheets
 * of the document. It returns `hidden` if CSS would find references that are not found here.
 */
export function createStyles(root: Element): (element: Element) => readonly StyleReference[] | 'hidden' {
  const bySheets = styleSheets(root);
  if (bySheets === 'hidden') return () => 'hidden';
  return (element) => {
    const found = [...(bySheets.get(element) ?? NONE)];
    for (const { localName, value } of element.attributes) {
      const css = localName === 'style' ? value : COSTLY.test(localName) ? `${localName}:${value}` : '';
      const declared = css === '' ? NONE : declarationsIn(css);
      if (declared === 'hidden') return 'hidden';
      found.push(...declared);
    }
    return found;
  };
}

function styleSheets(root: Element): ReadonlyMap<Element, readonly StyleReference[]> | 'hidden' {
  const styles = new Map<Element, readonly StyleReference[]>();
  const css = [...root.querySelectorAll('style')].map(({ textContent }) => textContent).join('\n');
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '');
  let references = 0;
  let rules = 0;
  for (const [, selector = '', body = ''] of plain.matchAll(RULE)) {
    const declared = declarationsIn(body);
    if (declared === 'hidden') return 'hidden';
    if (declared.length === 0) continue;
    if (KEY_FRAME.test(selector.trim()) || ++rules > MAX_RULES) return 'hidden';
    references += countReferences(body);
    try {
      const matching = [...root.querySelectorAll(selector)];
      if (root.matches(selector)) matching.push(root);
      for (const element of matching) styles.set(element, [...(styles.get(element) ?? []), ...declared]);
    } catch {
      // A selector that this browser does not know here, and may know there.
      return 'hidden';
    }
  }
  // In nested rules, for example.
  return references < countReferences(plain) || plain.includes('\\') ? 'hidden' : styles;
}

/** Returns an address as browsers read it: without tabs and line ends. */
export function plainAddress(address: string): string {
  return address.replace(/[\t\n\r]/g, '').trim();
}

function countReferences(css: string): number {
  return [...css.matchAll(REFERENCE)].filter((match) => idIn(match) !== undefined).length;
}

function idIn([, double, single, bare]: RegExpMatchArray): string | undefined {
  const address = plainAddress(double ?? single ?? bare ?? '');
  return address.startsWith('#') ? address.slice(1) : undefined;
}

/** Returns the costly declarations, or `hidden` if an escape such as `u\72l(\23 a)` can hide one. */
function declarationsIn(css: string): readonly StyleReference[] | 'hidden' {
  if (css.includes('\\') || /data:\s*image\/svg/i.test(css)) return 'hidden';
  if (!css.includes(':')) return NONE;
  return css.split(';').flatMap((declaration) => {
    const colon = declaration.indexOf(':');
    const property = declaration.slice(0, colon).trim().toLowerCase();
    return COSTLY.test(property) ? referencesIn(property, declaration.slice(colon + 1)) : [];
  });
}

function referencesIn(property: string, value: string): StyleReference[] {
  const isInherited = /^(?:fill|stroke|stroke-dasharray|marker.*|--.*)$/.test(property);
  const isPerVertex = property === 'marker' || property === 'marker-mid';
  const found: StyleReference[] = [...value.matchAll(REFERENCE)].map((match) => ({
    ...{ id: idIn(match), isInherited, isPerVertex, extraCost: 0 },
  }));
  const extraCost = extraCostOf(property, value);
  return extraCost === 0 ? found : [...found, { id: undefined, isInherited, isPerVertex: false, extraCost }];
}

function extraCostOf(property: string, value: string): number {
  if (property === 'stroke-dasharray') {
    const dashes = (value.match(/[\d.]+(?:e-?\d+)?/gi) ?? []).map(Number);
    return dashes.some((dash) => dash > 0) && Math.max(...dashes) < MIN_DASH ? DASH_COST : 0;
  }
  return property.endsWith('filter')
    ? FUNCTION_COST * (value.replace(REFERENCE, '').match(/\w\(/g)?.length ?? 0)
    : 0;
}
