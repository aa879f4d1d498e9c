import { kindOf } from '../../../base/file-kind';
import type { Texts, Words } from './columns';
import { fold } from './columns';
import type { Condition, ConditionValue } from './conditions';
import { UNKNOWN } from './conditions';
import type { Range } from './ranges';
import type { DuplicateAnswer } from './duplicate-answer';
import { readDuplicateAnswer } from './duplicate-answer';
import { readAnswer, readPeriod, readSizes, readWorkItemId } from './ranges';
import type { Segment } from './segment';

/** Facts about a segment that depend on others. */
export interface SegmentContext {
  /** Number of the group of equal files, by file; 0 without a duplicate. */
  readonly duplicates: Uint32Array;
  /** Returns 1 by number of the group: whether its files are wanted. */
  readonly groupsFor: (answers: readonly DuplicateAnswer[]) => Uint8Array;
  readonly isClosed: (type: string, state: string) => boolean;
}

/** Sets 1 for each file that matches, in an array with a zero for each file. */
export type Matcher = (segment: Segment, context: SegmentContext, marks: Uint8Array) => void;

/** Returns a function to find the files of a segment with all conditions. */
export function createMatcher(
  conditions: readonly Condition[],
): (segment: Segment, context: SegmentContext) => Uint8Array {
  const matchers = conditions.map((condition) => ({ condition, match: matcherOf(condition) }));
  return (segment, context) => {
    const { length } = segment.sizes;
    const result = new Uint8Array(length).fill(1);
    if (length === 0) return result;
    for (const { condition, match } of matchers) {
      const marks = new Uint8Array(length);
      match(segment, context, marks);
      const wanted = condition.isNegated ? 0 : 1;
      for (let file = 0; file < length; file++) if (marks[file] !== wanted) result[file] = 0;
    }
    return result;
  };
}

function matcherOf({ name, values }: Condition): Matcher {
  switch (name) {
    case 'word':
      return matchWord(fold(values[0]?.text ?? ''));
    case 'type':
      return matchWords(({ extensions }) => extensions, values, isOfType);
    case 'by':
      return matchWords(({ people }) => people, values, isPerson);
    case 'area':
      return matchItems(({ areas }) => areas, values, isInArea);
    case 'item':
      return matchItems(
        ({ types }) => types,
        values,
        (type, value) => type === value,
      );
    case 'state':
      return matchState(values);
    case 'size':
      return matchRanges(({ sizes }) => sizes, values, readSizes);
    case 'month':
      return matchRanges(({ addedAt }) => addedAt, values, readPeriod);
    case 'before':
      return matchRanges(
        ({ addedAt }) => addedAt,
        values,
        (text) => {
          const period = readPeriod(text);
          return period && { from: -Infinity, to: period.from };
        },
      );
    case 'after':
      return matchRanges(
        ({ addedAt }) => addedAt,
        values,
        (text) => {
          const period = readPeriod(text);
          return period && { from: period.from, to: Infinity };
        },
      );
    case 'on':
      return matchNumbers(new Set(values.map(({ text }) => readWorkItemId(text))));
    case 'inline':
      return matchFlags(({ inText }) => inText, values);
    case 'duplicate':
      return matchDuplicates(values.flatMap(({ text }) => readDuplicateAnswer(text) ?? []));
  }
}

/** Calls `found` for each of the texts with `word`. */
function findTexts({ text, ends }: Texts, word: string, found: (row: number) => void): void {
  let row = 0;
  for (let at = text.indexOf(word); at >= 0;) {
    while ((ends[row] ?? Infinity) <= at) row++;
    found(row);
    const next = ends[row] ?? Infinity;
    if (next >= text.length) return;
    at = text.indexOf(word, next);
  }
}

function matchWord(word: string): Matcher {
  // Texts are joined with line feeds.
  const needle = word.replace(/\n/g, ' ');
  return ({ foldedTexts, foldedTitles, firstFiles }, _, marks) => {
    findTexts(foldedTexts, needle, (file) => (marks[file] = 1));
    findTexts(foldedTitles, needle, (item) => marks.fill(1, firstFiles[item], firstFiles[item + 1]));
  };
}

/** Compares a folded property with a folded value. */
type Comparison = (property: string, value: string) => boolean;

/** Returns a check of the values of a column, each compared once. */
function checkWords({ values }: Words, wanted: readonly ConditionValue[], compare: Comparison): Uint8Array {
  return Uint8Array.from(values, (word) => {
    const property = fold(word);
    return Number(
      wanted.some(({ text, isExact }) => (isExact ? property === fold(text) : compare(property, fold(text)))),
    );
  });
}

function matchWords(
  column: (segment: Segment) => Words,
  values: readonly ConditionValue[],
  compare: Comparison,
): Matcher {
  return (segment, _, marks) => {
    const words = column(segment);
    const holds = checkWords(words, values, compare);
    for (let file = 0; file < marks.length; file++) marks[file] = holds[words.indexes[file] ?? 0] ?? 0;
  };
}

function markFilesOf({ items }: Segment, holds: (item: number) => number, marks: Uint8Array): void {
  for (let file = 0; file < marks.length; file++) marks[file] = holds(items[file] ?? 0);
}

function matchItems(
  column: (segment: Segment) => Words,
  values: readonly ConditionValue[],
  compare: Comparison,
): Matcher {
  return (segment, _, marks) => {
    const words = column(segment);
    const holds = checkWords(words, values, compare);
    markFilesOf(segment, (item) => holds[words.indexes[item] ?? 0] ?? 0, marks);
  };
}

/** `closed` and `open` are categories as well as names of states. */
function matchState(values: readonly ConditionValue[]): Matcher {
  const categories = new Set(values.filter(({ isExact }) => !isExact).map(({ text }) => fold(text)));
  return (segment, { isClosed }, marks) => {
    const { states, types } = segment;
    const holds = checkWords(states, values, (state, value) => state === value);
    const test = (item: number): number => {
      const state = states.indexes[item] ?? 0;
      if (holds[state] === 1) return 1;
      if (categories.size === 0) return 0;
      const type = types.values[types.indexes[item] ?? 0] ?? '';
      return Number(categories.has(isClosed(type, states.values[state] ?? '') ? 'closed' : 'open'));
    };
    const byItem = Uint8Array.from(segment.ids, (_id, item) => test(item));
    markFilesOf(segment, (item) => byItem[item] ?? 0, marks);
  };
}

function matchRanges(
  column: (segment: Segment) => Float64Array,
  values: readonly ConditionValue[],
  read: (text: string) => Range | undefined,
): Matcher {
  const ranges = values.flatMap(({ text }) => read(text) ?? []);
  const matchesUnknown = values.some(({ text }) => fold(text) === UNKNOWN);
  return (segment, _, marks) => {
    const numbers = column(segment);
    for (let file = 0; file < marks.length; file++) {
      const number = numbers[file] ?? NaN;
      for (const { from, to } of ranges) if (number >= from && number < to) marks[file] = 1;
      if (matchesUnknown && Number.isNaN(number)) marks[file] = 1;
    }
  };
}

function matchNumbers(ids: ReadonlySet<number | undefined>): Matcher {
  return ({ ids: own, firstFiles }, _, marks) => {
    for (const [item, id] of own.entries())
      if (ids.has(id)) marks.fill(1, firstFiles[item], firstFiles[item + 1]);
  };
}

function matchFlags(column: (segment: Segment) => Uint8Array, values: readonly ConditionValue[]): Matcher {
  const wanted = new Set(values.map(({ text }) => Number(readAnswer(text))));
  return (segment, _, marks) => {
    const flags = column(segment);
    for (let file = 0; file < marks.length; file++) marks[file] = Number(wanted.has(flags[file] ?? 0));
  };
}

function matchDuplicates(answers: readonly DuplicateAnswer[]): Matcher {
  return (_, { duplicates, groupsFor }, marks) => {
    const wanted = groupsFor(answers);
    for (let file = 0; file < marks.length; file++) marks[file] = wanted[duplicates[file] ?? 0] ?? 0;
  };
}

/** `type:log` is an extension, `type:image` a kind of files, `type:none` a name without an extension. */
function isOfType(extension: string, value: string): boolean {
  if (extension === '') return value === 'none';
  return extension === value.replace(/^\./, '') || kindOf(`.${extension}`) === value;
}

function isPerson(name: string, value: string): boolean {
  return name === '' ? value === UNKNOWN : name.includes(value);
}

/** Whether a path has the value as one or more of its nodes. */
function isInArea(path: string, value: string): boolean {
  return `\\${path}\\`.includes(`\\${value.replaceAll('/', '\\').replace(/^\\+|\\+$/g, '')}\\`);
}
