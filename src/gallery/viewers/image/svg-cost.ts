import { decodeBase64 } from '../../../base/bytes';
import type { StyleReference } from './svg-styles';
import { createStyles, plainAddress } from './svg-styles';

/** Cost of a document that refers to itself or hides its references. */
const TOO_COMPLEX = Number.POSITIVE_INFINITY;

/** Nesting of elements and references beyond practical use. */
const MAX_DEPTH = 500;

/** Maximum number of elements in the file. */
const MAX_ELEMENTS = 100_000;

/** SVG files inside an SVG file. */
const MAX_EMBEDDED_DEPTH = 2;

/** Length of the attributes of a shape that takes as long to draw as one more: ten segments of a path. */
const LENGTH_PER_SHAPE = 100;

/** Shapes drawn in the time of one filter primitive on a picture of medium size. */
const FILTER_COST = 200;

/** Elements drawn by references to them only. */
const NOT_DRAWN = new Set(
  (
    'clipPath defs filter linearGradient marker mask metadata pattern radialGradient ' +
    'script style symbol title desc'
  ).split(' '),
);

/** Attributes whose animation changes a cost or a reference. */
const COSTLY_ANIMATION = /^(?:(?:xlink:)?href|class|numOctaves|radius|order)$/;

const EMBEDDED_SVG = /^data:\s*image\/svg/i;

const NUMBER = /-?[\d.]+/g;

/** Parses XML without drawing it. The result has a `parsererror` element if the text is invalid. */
function parseSvg(text: string): Document {
  return new DOMParser().parseFromString(withoutHandlers(text), 'image/svg+xml');
}

/** Renames event handlers. They never run in a parsed document, but the policy of the page reports each of them. */
function withoutHandlers(text: string): string {
  return text.replace(/(\s)(on[a-z]+\s*=)/g, '$1data-$2');
}

/**
 * Estimates how many shapes a browser draws for an SVG, from its parsed document, which is never drawn. References
 * multiply the shapes: eight levels of ten `use` elements, patterns or masks are 100 million shapes from a file of one
 * kilobyte, drawn on the main thread without using memory.
 *
 * @returns Number of shapes; infinite for a document that refers to itself or hides its references; `undefined` for text
 *   that is no SVG.
 */
export function svgCost(text: string, embeddedDepth = 0): number | undefined {
  if (embeddedDepth > MAX_EMBEDDED_DEPTH || growsByEntities(text)) return TOO_COMPLEX;
  const { documentElement: root } = parseSvg(text);
  if (root.localName !== 'svg' || root.querySelector('parsererror')) return undefined;
  if (root.getElementsByTagName('*').length > MAX_ELEMENTS) return TOO_COMPLEX;
  const counter = new Counter(root, (embedded) => svgCost(embedded, embeddedDepth + 1) ?? 1);
  return counter.countOf(root, 0).cost;
}

/** Whether the text declares entities that contain entities: each level multiplies the size of the document. */
function growsByEntities(text: string): boolean {
  return /<!ENTITY[^>]*?["'][^"']*[&%]/.test(text);
}

interface Count {
  /** Shapes of the element and its descendants, and of those that they use. They inherit its paint. */
  readonly shapes: number;
  /** Shapes with all that is drawn for their paint, masks and filters. */
  readonly cost: number;
}

const UNCOUNTABLE: Count = { shapes: TOO_COMPLEX, cost: TOO_COMPLEX };

class Counter {
  readonly #counts = new Map<Element, Count>();
  readonly #inherited = new Map<Element, number>();
  readonly #underWay = new Set<Element>();
  readonly #byId = new Map<string, Element>();
  readonly #stylesOf: (element: Element) => readonly StyleReference[] | 'hidden';

  constructor(
    root: Element,
    private readonly costOfEmbedded: (text: string) => number,
  ) {
    for (const element of [root, ...root.querySelectorAll('[id]')])
      if (!this.#byId.has(element.id)) this.#byId.set(element.id, element);
    this.#stylesOf = createStyles(root);
  }

  countOf(element: Element, depth: number): Count {
    const known = this.#counts.get(element);
    if (known) return known;
    // A cycle is an error in any file. Browsers differ in the part that they draw.
    if (depth > MAX_DEPTH || this.#underWay.has(element)) return UNCOUNTABLE;
    this.#underWay.add(element);
    const count = this.#count(element, depth);
    this.#underWay.delete(element);
    this.#counts.set(element, count);
    return count;
  }

  #count(element: Element, depth: number): Count {
    const styles = this.#stylesOf(element);
    if (styles === 'hidden' || isCostlyAnimation(element)) return UNCOUNTABLE;
    let shapes = 1 + Math.floor(lengthOf(element) / LENGTH_PER_SHAPE);
    let cost = shapes - 1 + costOfElement(element);
    const drawn = [...element.children].filter(({ localName }) => !NOT_DRAWN.has(localName));
    const used = this.#targetOf(element);
    for (const each of used ? [...drawn, used] : drawn) {
      if (cost === TOO_COMPLEX) return UNCOUNTABLE;
      const count = this.countOf(each, depth + 1);
      shapes += count.shapes;
      cost += count.cost;
    }
    cost += this.#costOfEmbeddedIn(element);
    for (const { id, isInherited, extraCost } of styles)
      if (!isInherited) cost += extraCost + this.#costOfReference(id, depth);
    return { shapes, cost: cost + product(shapes, this.#ownPaint(element, depth)) };
  }

  /** Cost of one shape painted as this element says. */
  #ownPaint(element: Element, depth: number): number {
    const styles = this.#stylesOf(element);
    if (styles === 'hidden') return TOO_COMPLEX;
    let cost = 0;
    for (const { id, isInherited, isPerVertex, extraCost } of styles)
      if (isInherited)
        cost += extraCost + product(isPerVertex ? verticesOf(element) : 1, this.#costOfReference(id, depth));
    return cost;
  }

  /** The content of a pattern, mask or marker inherits the paint of the elements around it. */
  #paintAround(element: Element, depth: number): number {
    const { parentElement: parent } = element;
    if (!parent) return 0;
    const known = this.#inherited.get(parent);
    if (known !== undefined) return known;
    if (depth > MAX_DEPTH) return TOO_COMPLEX;
    // Until it is known: an element painted with itself is a cycle.
    this.#inherited.set(parent, TOO_COMPLEX);
    const paint = this.#ownPaint(parent, depth + 1) + this.#paintAround(parent, depth + 1);
    this.#inherited.set(parent, paint);
    return paint;
  }

  #costOfReference(id: string | undefined, depth: number): number {
    const target = id === undefined ? undefined : this.#elementOf(id);
    // A gradient costs no more than a color.
    if (!target || target.localName.endsWith('Gradient')) return 0;
    const { shapes, cost } = this.countOf(target, depth + 1);
    return cost === TOO_COMPLEX ? cost : cost + product(shapes, this.#paintAround(target, depth));
  }

  /** Element that another one draws or takes as a template. A link only leads to it. */
  #targetOf(element: Element): Element | undefined {
    if (element.localName === 'a' || element.localName.endsWith('Gradient')) return undefined;
    const address = plainAddress(hrefOf(element));
    return address.startsWith('#') ? this.#elementOf(address.slice(1)) : undefined;
  }

  #elementOf(id: string): Element | undefined {
    return this.#byId.get(id) ?? this.#byId.get(decodedId(id));
  }

  #costOfEmbeddedIn({ attributes }: Element): number {
    let cost = 0;
    for (const { localName, value } of attributes) {
      const address = plainAddress(value);
      if (!EMBEDDED_SVG.test(address)) continue;
      const text = localName === 'href' || localName === 'src' ? textOfDataUrl(address) : undefined;
      cost += text === undefined ? TOO_COMPLEX : this.costOfEmbedded(text);
    }
    return cost;
  }
}

/** Product of two costs, which is not `NaN` for nothing of something infinite. */
function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

function hrefOf(element: Element): string {
  return element.getAttribute('href') ?? element.getAttributeNS('http://www.w3.org/1999/xlink', 'href') ?? '';
}

function decodedId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function lengthOf({ localName, attributes, textContent }: Element): number {
  const isText = localName === 'text' || localName === 'tspan' || localName === 'textPath';
  return Array.from(attributes).reduce(
    (sum, { value }) => sum + value.length,
    isText ? textContent.length : 0,
  );
}

function isCostlyAnimation(element: Element): boolean {
  if (!/^(?:animate|set$)/.test(element.localName)) return false;
  if (COSTLY_ANIMATION.test(element.getAttribute('attributeName') ?? '')) return true;
  return ['values', 'from', 'to', 'by'].some((name) => element.getAttribute(name)?.includes('url('));
}

/** Cost of one element alone. That of some filter primitives grows with a parameter. */
function costOfElement(element: Element): number {
  const { localName: name } = element;
  if (!name.startsWith('fe')) return 1;
  const largest = (attribute: string): number =>
    Math.max(0, ...(element.getAttribute(attribute)?.match(NUMBER) ?? []).map(Number));
  switch (name) {
    case 'feTurbulence':
      return FILTER_COST * (1 + largest('numOctaves'));
    case 'feMorphology':
      return FILTER_COST * (1 + largest('radius'));
    case 'feConvolveMatrix':
      return FILTER_COST * (1 + largest('order') ** 2);
    default:
      return FILTER_COST;
  }
}

/** Maximum number of markers between the ends of one shape: one for each pair of numbers. */
function verticesOf(element: Element): number {
  // The shapes of a group have about this many per unit of their length.
  if (element.children.length > 0 || element.localName === 'use') return LENGTH_PER_SHAPE / 4;
  const data = element.getAttribute('d') ?? element.getAttribute('points') ?? '';
  return 2 + Math.floor((data.match(NUMBER)?.length ?? 0) / 2);
}

/** Returns the text of a `data:` URL, or `undefined` if it cannot be decoded. */
function textOfDataUrl(url: string): string | undefined {
  const [, type = '', data = ''] = /^data:([^,]*),([\s\S]*)$/i.exec(url) ?? [];
  try {
    const decoded = decodeURIComponent(data);
    if (!/;\s*base64\s*$/i.test(type)) return decoded;
    const bytes = decodeBase64(decoded);
    return bytes && new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
