import { isRecord } from '../../../azure/rest/server-errors';
import { extensionOf } from '../../../base/file-kind';
import type { Texts, Words } from './columns';
import { areTexts, areWords, fold, isNumbers, packTexts, packWords, textAt, wordAt } from './columns';
import type { FileEntry, ItemEntry } from './item-entry';
import { joinEntries } from './split-entries';

/**
 * Work items with near numbers and their files, in columns; a split file is one file. It is the unit that is stored and
 * changed, and never changes itself.
 */
export interface Segment {
  /** Ascending. */
  readonly ids: Uint32Array;
  readonly revisions: Uint32Array;
  readonly titles: Texts;
  readonly foldedTitles: Texts;
  readonly types: Words;
  readonly states: Words;
  readonly areas: Words;
  /** Number of the first file of each work item, and the number of all files. */
  readonly firstFiles: Uint32Array;
  /** Number of the work item of each file. */
  readonly items: Uint32Array;
  /** GUIDs, 36 characters each. */
  readonly guids: string;
  readonly places: Words;
  readonly names: Texts;
  readonly comments: Texts;
  /** Folded name and comment. */
  readonly foldedTexts: Texts;
  /** Extensions in lower case; empty without one. */
  readonly extensions: Words;
  readonly people: Words;
  /** In bytes; `NaN` if unknown. */
  readonly sizes: Float64Array;
  /** In milliseconds since the epoch; `NaN` if unknown. */
  readonly addedAt: Float64Array;
  /** 1 if a text uses the file. */
  readonly inText: Uint8Array;
  /** Attachments of split files, by number of the file. Missing without any. */
  readonly splits?: readonly SplitEntry[];
}

/** Attachments of a split file. */
interface SplitEntry {
  readonly file: number;
  /** As they are read, at least one. */
  readonly parts: readonly FileEntry[];
}

/** Numbers of work items in a segment: small enough to change one, large enough to read all. */
const SPAN = 512;

const GUID_LENGTH = 36;

/** Returns the key of the segment of a work item. */
export function segmentKeyOf(workItemId: number): number {
  return Math.floor(workItemId / SPAN);
}

/** Packs work items, in any order, and joins the parts of split files. Returns `undefined` without any. */
export function packSegment(entries: readonly ItemEntry[]): Segment | undefined {
  if (entries.length === 0) return undefined;
  const items = [...entries].sort((a, b) => a.id - b.id);
  const wholes = items.map((item) => joinEntries(item.files));
  const files = wholes.flat().map(({ file }) => file);
  const splits = wholes.flat().flatMap(({ parts }, file) => (parts ? [{ file, parts }] : []));
  const firstFiles = new Uint32Array(items.length + 1);
  for (const [index, own] of wholes.entries()) firstFiles[index + 1] = (firstFiles[index] ?? 0) + own.length;
  const line = (text: string): string => text.replace(/\n/g, ' ');
  const texts = (read: (file: FileEntry) => string): Texts =>
    packTexts(files.map((file) => line(read(file))));
  return {
    ids: Uint32Array.from(items, ({ id }) => id),
    revisions: Uint32Array.from(items, ({ revision }) => revision),
    titles: packTexts(items.map(({ title }) => line(title))),
    foldedTitles: packTexts(items.map(({ title }) => line(fold(title)))),
    types: packWords(items.map(({ type }) => type)),
    states: packWords(items.map(({ state }) => state)),
    areas: packWords(items.map(({ area }) => area)),
    firstFiles,
    items: Uint32Array.from(wholes.flatMap((own, index) => own.map(() => index))),
    guids: files.map(({ id }) => id).join(''),
    places: packWords(files.map(({ place }) => place)),
    names: texts(({ name }) => name),
    comments: texts(({ comment }) => comment),
    foldedTexts: texts(({ name, comment }) => fold(comment === '' ? name : `${name}\t${comment}`)),
    extensions: packWords(files.map(({ name }) => typeOf(name))),
    people: packWords(files.map(({ addedBy }) => addedBy)),
    sizes: Float64Array.from(files, ({ size }) => size),
    addedAt: Float64Array.from(files, ({ addedAt }) => addedAt),
    inText: Uint8Array.from(files, ({ isInText }) => Number(isInText)),
    ...(splits.length > 0 && { splits }),
  };
}

/** A longer text after the last dot is part of a sentence. */
const MAX_EXTENSION = 12;

/** Returns the type of a file: its extension; empty without a usual one. */
export function typeOf(name: string): string {
  const extension = name.includes('.') ? extensionOf(name) : '';
  return extension.length > MAX_EXTENSION || /\s/.test(extension) ? '' : extension;
}

/** Returns the GUID of a file. */
export function guidAt({ guids }: Segment, file: number): string {
  return guids.slice(file * GUID_LENGTH, (file + 1) * GUID_LENGTH);
}

/** Returns the attachments of a split file; `undefined` for another one. */
export function partsAt({ splits }: Segment, file: number): readonly FileEntry[] | undefined {
  return splits?.find((split) => split.file === file)?.parts;
}

/** Returns the number of attachments of a work item. */
export function attachmentCountAt({ firstFiles, splits = [] }: Segment, index: number): number {
  const [first = 0, end = 0] = firstFiles.subarray(index, index + 2);
  const own = splits.filter(({ file }) => first <= file && file < end);
  return own.reduce((sum, { parts }) => sum + parts.length - 1, end - first);
}

/** Returns the attachments of a file as they were packed. */
function entriesAt(segment: Segment, file: number): readonly FileEntry[] {
  return partsAt(segment, file) ?? [entryAt(segment, file)];
}

function entryAt(segment: Segment, file: number): FileEntry {
  return {
    id: guidAt(segment, file),
    place: wordAt(segment.places, file),
    name: textAt(segment.names, file),
    size: segment.sizes[file] ?? NaN,
    comment: textAt(segment.comments, file),
    addedAt: segment.addedAt[file] ?? NaN,
    addedBy: wordAt(segment.people, file),
    isInText: segment.inText[file] === 1,
  };
}

/** Returns the work items as they were packed, in the order of their numbers. */
export function unpackSegment(segment: Segment): readonly ItemEntry[] {
  return Array.from(segment.ids, (id, index) => {
    const [first = 0, end = 0] = segment.firstFiles.subarray(index, index + 2);
    return {
      id,
      revision: segment.revisions[index] ?? 0,
      title: textAt(segment.titles, index),
      type: wordAt(segment.types, index),
      state: wordAt(segment.states, index),
      area: wordAt(segment.areas, index),
      files: Array.from({ length: end - first }, (_, file) => entriesAt(segment, first + file)).flat(),
    };
  });
}

/** Joins the parts of split files in a segment that was stored before they were one file. */
export function withSplits(segment: Segment): Segment {
  if (segment.splits || !segment.comments.text.includes('[stapler ')) return segment;
  return packSegment(unpackSegment(segment)) ?? segment;
}

/** Whether stored data are a segment: those of another version, or damaged ones, are not. */
export function isSegment(value: unknown): value is Segment {
  if (typeof value !== 'object' || value === null) return false;
  const segment = value as Partial<Segment>;
  const { ids, revisions, firstFiles, items, guids, sizes, addedAt, inText, splits = [] } = segment;
  if (!isNumbers('Uint32Array', ids) || !isNumbers('Uint32Array', firstFiles)) return false;
  const [itemCount, fileCount = 0] = [ids.length, firstFiles.at(-1)];
  return (
    itemCount > 0 &&
    firstFiles.length === itemCount + 1 &&
    isNumbers('Uint32Array', revisions, itemCount) &&
    isNumbers('Uint32Array', items, fileCount) &&
    isNumbers('Float64Array', sizes, fileCount) &&
    isNumbers('Float64Array', addedAt, fileCount) &&
    isNumbers('Uint8Array', inText, fileCount) &&
    typeof guids === 'string' &&
    guids.length === fileCount * GUID_LENGTH &&
    [segment.titles, segment.foldedTitles].every((texts) => areTexts(texts, itemCount)) &&
    [segment.types, segment.states, segment.areas].every((words) => areWords(words, itemCount)) &&
    [segment.names, segment.comments, segment.foldedTexts].every((texts) => areTexts(texts, fileCount)) &&
    [segment.places, segment.extensions, segment.people].every((words) => areWords(words, fileCount)) &&
    areSplits(splits, fileCount)
  );
}

function areSplits(value: unknown, fileCount: number): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (split: unknown) =>
        isRecord(split) &&
        Number(split['file']) < fileCount &&
        Array.isArray(split['parts']) &&
        split['parts'].length > 0 &&
        split['parts'].every(isEntry),
    )
  );
}

function isEntry(value: unknown): boolean {
  return (
    isRecord(value) &&
    ['id', 'place', 'name', 'comment', 'addedBy'].every((key) => typeof value[key] === 'string') &&
    ['size', 'addedAt'].every((key) => typeof value[key] === 'number')
  );
}
