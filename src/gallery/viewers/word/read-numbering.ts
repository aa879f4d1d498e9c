import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';
import type { NumberStyle } from '../office/list-markers';
import { bulletOf, formatNumber } from '../office/list-markers';
import type { ListPlace } from '../office/nodes';
import type { XmlElement } from '../office/xml-tree';
import { attributeOf, childOf, readUnits, integerOf, valueOf } from '../office/xml-tree';
import type { NumberingPlace } from './read-styles';

/** Numbers the paragraphs of lists in the order of the document. */
export interface Numbering {
  /** Returns the place of the next paragraph, or `undefined` if its list is missing. */
  readonly next: (place: NumberingPlace) => ListPlace | undefined;
}

/** Level of a list. */
interface Level {
  readonly start: number;
  /** `bullet`, `none`, or a way to write numbers. */
  readonly style: string;
  /** Text of the marker. `%1` is the number of the first level. */
  readonly text: string;
  /** Whether the numbers of outer levels are digits. */
  readonly isLegal: boolean;
}

/** A list that paragraphs name, by its number. */
interface List {
  /** Id of its definition. Lists with the same one count together. */
  readonly definition: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Numbers to start with, by level, instead of going on. */
  readonly starts: ReadonlyMap<number, number>;
}

/** Maximum size of the definitions, in bytes. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Maximum number of definitions, and of lists. */
const MAX_LISTS = 20_000;

/** Levels of a list. */
const LEVELS = 9;

/** Maximum length of a marker, in UTF-16 units. */
const MAX_MARKER_LENGTH = 60;

const STYLES: ReadonlySet<string> = new Set<NumberStyle>([
  ...(['decimal', 'decimalZero', 'lowerLetter', 'upperLetter', 'lowerRoman', 'upperRoman'] as const),
]);

/** Reads the definitions of lists. */
export async function readNumbering(
  entry: ArchiveEntry | undefined,
  context: TaskContext,
): Promise<Numbering> {
  const definitions = new Map<string, ReadonlyMap<number, Level>>();
  const lists = new Map<string, List>();
  if (entry)
    await readUnits(
      entry,
      {
        units: new Set(['abstractNum', 'num']),
        unit: (element) => {
          if (element.name === 'num')
            lists.set(attributeOf(element, 'numId') ?? '', listIn(element, definitions));
          else definitions.set(attributeOf(element, 'abstractNumId') ?? '', levelsIn(element));
        },
        cut: () => undefined,
        isDone: () => definitions.size + lists.size >= MAX_LISTS,
      },
      { maxBytes: MAX_BYTES, context },
    );
  return createNumbering(lists);
}

function createNumbering(lists: ReadonlyMap<string, List>): Numbering {
  /** Numbers of the last paragraph by level, for each definition. */
  const counts = new Map<string, (number | undefined)[]>();
  const restarted = new Set<string>();
  return {
    next: ({ id, level: asked }) => {
      const list = lists.get(id);
      if (!list) return undefined;
      const level = Math.min(Math.max(asked, 0), LEVELS - 1);
      const count = counts.get(list.definition) ?? [];
      counts.set(list.definition, count);
      const restart = list.starts.get(level);
      const key = `${id} ${level}`;
      const last = restart !== undefined && !restarted.has(key) ? restart - 1 : count[level];
      restarted.add(key);
      count[level] = (last ?? startOf(list, level) - 1) + 1;
      count.length = level + 1;
      return placeOf(list, level, count);
    },
  };
}

function placeOf(list: List, level: number, count: readonly (number | undefined)[]): ListPlace {
  const { style = 'bullet', text = '', isLegal = false } = list.levels.get(level) ?? {};
  if (style === 'bullet') return { level, marker: bulletOf(text, level), isOrdered: false };
  if (style === 'none') return { level, marker: '', isOrdered: false };
  const marker = text.replace(/%([1-9])/g, (_, digit: string) => {
    const index = Number(digit) - 1;
    const own = list.levels.get(index)?.style ?? '';
    return formatNumber(
      count[index] ?? startOf(list, index),
      isNumberStyle(own) && !isLegal ? own : 'decimal',
    );
  });
  return { level, marker: marker.slice(0, MAX_MARKER_LENGTH), isOrdered: true };
}

function startOf(list: List, level: number): number {
  return list.levels.get(level)?.start ?? 1;
}

function isNumberStyle(style: string): style is NumberStyle {
  return STYLES.has(style);
}

function levelsIn(element: XmlElement): ReadonlyMap<number, Level> {
  const levels = new Map<number, Level>();
  for (const child of element.children)
    if (child.name === 'lvl') levels.set(integerOf(attributeOf(child, 'ilvl')) ?? 0, levelIn(child));
  return levels;
}

function levelIn(element: XmlElement): Level {
  return {
    start: integerOf(valueOf(element, 'start')) ?? 1,
    style: valueOf(element, 'numFmt') ?? 'decimal',
    text: valueOf(element, 'lvlText') ?? '',
    isLegal: childOf(element, 'isLgl') !== undefined,
  };
}

function listIn(element: XmlElement, definitions: ReadonlyMap<string, ReadonlyMap<number, Level>>): List {
  const definition = valueOf(element, 'abstractNumId') ?? '';
  const levels = new Map(definitions.get(definition));
  const starts = new Map<number, number>();
  for (const child of element.children) {
    if (child.name !== 'lvlOverride') continue;
    const level = integerOf(attributeOf(child, 'ilvl')) ?? 0;
    const own = childOf(child, 'lvl');
    if (own) levels.set(level, levelIn(own));
    const start = integerOf(valueOf(child, 'startOverride'));
    if (start !== undefined) starts.set(level, start);
  }
  return { definition, levels, starts };
}
