import type { ArchiveEntry } from '../archive/open-archive';
import type { Attributes } from '../xml-parser';
import type { XmlOptions } from './read-xml';
import { readXml } from './read-xml';

/** Element of a small part of a document, with names without their prefixes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly XmlElement[];
  /** Text directly inside. */
  readonly text: string;
}

/** Receives parts of a document as trees, one at a time. */
export interface UnitReader {
  /** Names of the outermost elements to build a tree of. */
  readonly units: ReadonlySet<string>;
  readonly unit: (element: XmlElement) => void;
  /** Called for elements around units. */
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly close?: (name: string) => void;
  /** Called if a unit is too large, and its rest is missing. */
  readonly cut: () => void;
  readonly isDone?: () => boolean;
}

/** Maximum number of elements in a unit. Their tree has some 20 MB. */
const MAX_ELEMENTS = 100_000;

/** Maximum length of the text of an element, in UTF-16 units. */
const MAX_LENGTH = 4 * 1024 * 1024;

type Growing = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: Growing[] };

/**
 * Reads a part unit by unit, so that the tree of the whole part never exists.
 *
 * @returns As `readXml`.
 * @throws ViewerProblem As `readXml`.
 */
export async function readUnits(
  entry: ArchiveEntry,
  reader: UnitReader,
  options: XmlOptions,
): Promise<boolean> {
  const builder = new UnitBuilder(reader);
  const { isDone } = reader;
  const isWhole = await readXml(
    entry,
    {
      open: (name, attributes) => builder.open(name, attributes),
      text: (text) => builder.text(text),
      close: (name) => builder.close(name),
      ...(isDone && { isDone }),
    },
    options,
  );
  if (!isWhole) builder.finish();
  return isWhole;
}

/** Builds the trees of units. */
class UnitBuilder {
  /** The unit and its open descendants. */
  #open: Growing[] = [];
  #count = 0;
  /** Depth inside an element that does not fit. */
  #skipped = 0;
  /** Whether the unit was handed over before its end. */
  #isCut = false;

  constructor(private readonly reader: UnitReader) {}

  open(name: string, attributes: Attributes): void {
    const parent = this.#open.at(-1);
    if (!parent && !this.reader.units.has(name)) return this.reader.open?.(name, attributes);
    if (this.#skipped > 0 || this.#count === MAX_ELEMENTS) {
      this.#skipped++;
      this.#cut();
      return;
    }
    this.#count++;
    const element: Growing = { name, attributes, children: [], text: '' };
    parent?.children.push(element);
    this.#open.push(element);
  }

  text(text: string): void {
    const element = this.#open.at(-1);
    if (!element || this.#isCut) return;
    if (element.text.length + text.length > MAX_LENGTH) this.#cut();
    else element.text += text;
  }

  close(name: string): void {
    if (this.#skipped > 0) {
      this.#skipped--;
      return;
    }
    const element = this.#open.pop();
    if (!element) return this.reader.close?.(name);
    if (this.#open.length > 0) return;
    if (!this.#isCut) this.reader.unit(element);
    this.#isCut = false;
    this.#count = 0;
  }

  /** Hands over the open unit, if any. */
  finish(): void {
    if (this.#open.length > 0) this.#cut();
  }

  /** Hands over a unit before its end. */
  #cut(): void {
    if (this.#isCut || !this.#open[0]) return;
    this.#isCut = true;
    this.reader.cut();
    this.reader.unit(this.#open[0]);
  }
}

/** Returns the first child with a name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** Returns the attribute with a local name, whatever its prefix. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  if (!element) return undefined;
  const { attributes } = element;
  return attributes[name] ?? attributes[`w:${name}`] ?? prefixedOf(element, name);
}

/** Returns the attribute with a local name and a prefix, such as `r:id` beside `id`. */
export function prefixedOf({ attributes }: XmlElement, name: string): string | undefined {
  for (const key of Object.keys(attributes)) if (key.endsWith(`:${name}`)) return attributes[key];
  return undefined;
}

/** Returns the attribute `val` of a child. */
export function valueOf(element: XmlElement | undefined, child: string): string | undefined {
  return attributeOf(childOf(element, child), 'val');
}

/** Returns an integer, or `undefined` if there is none. */
export function integerOf(value: string | undefined): number | undefined {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Returns the descendants with one of these names, without those inside of each other. */
export function findAll(element: XmlElement, names: ReadonlySet<string>): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const search = ({ children }: XmlElement): void => {
    for (const child of children)
      if (names.has(child.name)) found.push(child);
      else search(child);
  };
  search(element);
  return found;
}
