import type { Findings } from './cleaned';
import { DamagedError } from './cleaned';
import { byteText } from '../pieces';

const MAX_DEPTH = 500;

const SPACE = 0x20;

/** Properties for the place of a picture, in any namespace: those of drones differ by maker. */
const COORDINATES = /^gps|(?:latitude|longitude|longtitude|altitude)$/i;

/** Properties for the place of a picture in words, by namespace. */
const PLACES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['http://ns.adobe.com/photoshop/1.0/', new Set(['City', 'State', 'Country'])],
  ['http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/', new Set(['Location', 'CountryCode'])],
  ['http://iptc.org/std/Iptc4xmpExt/2008-02-29/', new Set(['LocationCreated', 'LocationShown'])],
  ['http://ns.adobe.com/xmp/1.0/DynamicMedia/', new Set(['shotLocation'])],
]);

const THUMBNAILS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['http://ns.adobe.com/xap/1.0/', new Set(['Thumbnails'])],
]);

const TAG_NAME = /[^\s=/>"'<!?]+/y;
const ATTRIBUTE = /\s+([^\s=/>"'<]+)\s*=\s*("[^"<]*"|'[^'<]*')/y;
const TAG_END = /\s*(\/?)>/y;

/** Markup without tags, by its first characters. */
const SKIPPED = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/**
 * Overwrites places and thumbnails with spaces, so that the length and all offsets stay.
 *
 * @returns `undefined` if there are none.
 * @throws DamagedError if the text is not well-formed XML in UTF-8
 */
export function cleanXmp(bytes: Uint8Array, findings: Findings): Uint8Array | undefined {
  const isWide = bytes.length > 1 && (bytes[0] === 0 || bytes[1] === 0 || (bytes[0] ?? 0) >= 0xfe);
  if (isWide) throw new DamagedError();
  const ranges = new XmpScan(byteText(bytes), findings).run();
  if (ranges.length === 0) return undefined;
  const cleaned = new Uint8Array(bytes);
  for (const [start, end] of ranges) cleaned.fill(SPACE, start, end);
  return cleaned;
}

/** One pass over the text. */
class XmpScan {
  readonly #text: string;
  readonly #findings: Findings;
  /** Namespaces by prefix, of the whole document. */
  readonly #namespaces = new Map<string, Set<string>>();
  readonly #open: string[] = [];
  readonly #ranges: (readonly [start: number, end: number])[] = [];
  /** Start and depth of the element that is removed. */
  #removing: { readonly start: number; readonly depth: number } | undefined;

  constructor(text: string, findings: Findings) {
    this.#text = text;
    this.#findings = findings;
  }

  run(): readonly (readonly [start: number, end: number])[] {
    let at = this.#text.indexOf('<');
    while (at !== -1) {
      const next = this.#skip(at) ?? (this.#text[at + 1] === '/' ? this.#closeTag(at) : this.#openTag(at));
      at = this.#text.indexOf('<', next);
    }
    if (this.#open.length > 0) throw new DamagedError();
    return this.#ranges;
  }

  #skip(at: number): number | undefined {
    for (const [first, last] of SKIPPED)
      if (this.#text.startsWith(first, at)) return this.#after(last, at + first.length);
    // A document type may define other texts.
    if (this.#text[at + 1] === '!') throw new DamagedError();
    return undefined;
  }

  #after(mark: string, from: number): number {
    const found = this.#text.indexOf(mark, from);
    if (found === -1) throw new DamagedError();
    return found + mark.length;
  }

  #closeTag(at: number): number {
    const end = this.#after('>', at);
    const name = this.#text.slice(at + 2, end - 1).trimEnd();
    if (this.#open.pop() !== name) throw new DamagedError();
    if (this.#removing?.depth === this.#open.length) {
      this.#ranges.push([this.#removing.start, end]);
      this.#removing = undefined;
    }
    return end;
  }

  #openTag(at: number): number {
    const [name] = this.#match(TAG_NAME, at + 1);
    const attributes: { readonly name: string; readonly start: number; readonly end: number }[] = [];
    let end = at + 1 + name.length;
    for (;;) {
      ATTRIBUTE.lastIndex = end;
      const found = ATTRIBUTE.exec(this.#text);
      if (!found) break;
      const [whole, attribute = '', value = ''] = found;
      const start = end + whole.indexOf(attribute);
      end += whole.length;
      if (attribute.startsWith('xmlns:')) this.#declare(attribute.slice(6), value.slice(1, -1));
      else attributes.push({ name: attribute, start, end });
    }
    const [tail, slash] = this.#match(TAG_END, end);
    end += tail.length;
    const isEmpty = slash === '/';
    if (!this.#removing) {
      if (this.#isRemoved(name)) {
        if (isEmpty) this.#ranges.push([at, end]);
        else this.#removing = { start: at, depth: this.#open.length };
      } else {
        for (const one of attributes) if (this.#isRemoved(one.name)) this.#ranges.push([one.start, one.end]);
      }
    }
    if (!isEmpty) this.#open.push(name);
    if (this.#open.length > MAX_DEPTH) throw new DamagedError();
    return end;
  }

  #match(pattern: RegExp, at: number): RegExpExecArray {
    pattern.lastIndex = at;
    const found = pattern.exec(this.#text);
    if (!found) throw new DamagedError();
    return found;
  }

  #declare(prefix: string, namespace: string): void {
    const known = this.#namespaces.get(prefix);
    if (known) known.add(namespace);
    else this.#namespaces.set(prefix, new Set([namespace]));
  }

  #isRemoved(qualifiedName: string): boolean {
    const colon = qualifiedName.indexOf(':');
    if (colon <= 0) return false;
    const [prefix, local] = [qualifiedName.slice(0, colon), qualifiedName.slice(colon + 1)];
    const isIn = (table: ReadonlyMap<string, ReadonlySet<string>>): boolean =>
      [...(this.#namespaces.get(prefix) ?? [])].some(
        (namespace) => table.get(namespace)?.has(local) === true,
      );
    const isLocation = isCoordinate(local) || isIn(PLACES);
    const isThumbnail = !isLocation && isIn(THUMBNAILS);
    this.#findings.location ||= isLocation;
    this.#findings.thumbnail ||= isThumbnail;
    return isLocation || isThumbnail;
  }
}

/** Whether a property is a coordinate, by its name without namespace. */
export function isCoordinate(name: string): boolean {
  return COORDINATES.test(name);
}
