import type { Hue } from './hue';

/** Format of a text, as the name of its HTML element. */
export type Mark = 'strong' | 'em' | 'u' | 's' | 'sup' | 'sub';

/** Tracked change: text that was inserted or deleted. */
export interface Change {
  readonly kind: 'ins' | 'del';
  /** Unchecked name; empty if missing. */
  readonly author: string;
}

/** Text with one format. */
export interface TextRun {
  readonly type: 'text';
  readonly text: string;
  readonly marks: readonly Mark[];
  /** Unchecked address of a link. */
  readonly href: string | undefined;
  readonly change: Change | undefined;
  readonly color?: Hue | undefined;
  /** Hue behind the text. */
  readonly highlight?: Hue | undefined;
}

/** Picture in a part of the file. */
export interface Picture {
  readonly type: 'picture';
  /** Path of the part, or `undefined` if the picture is outside of the file, or missing. */
  readonly part: string | undefined;
  /** Alternative text; empty if missing. */
  readonly alt: string;
  /** Size on the page, in CSS pixels. */
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** Thing that is named, with its words as far as they can be read. */
export interface Omission {
  readonly type: 'omission';
  readonly kind: 'chart' | 'diagram' | 'object' | 'video' | 'audio';
  readonly words: string;
}

/** Kind of a note. */
export type NoteKind = 'footnote' | 'endnote' | 'comment';

/** Content of a paragraph. */
export type Inline =
  | TextRun
  | Picture
  | Omission
  | { readonly type: 'break'; readonly isPage: boolean }
  | { readonly type: 'note'; readonly kind: NoteKind; readonly number: number };

/** Place of a paragraph in a list. */
export interface ListPlace {
  /** From 0. */
  readonly level: number;
  /** Bullet or number, as it is shown. */
  readonly marker: string;
  readonly isOrdered: boolean;
}

/** Alignment of a paragraph. */
export type ParagraphAlignment = 'left' | 'center' | 'right' | 'justify';

/** Paragraph, heading or list item. */
export interface Paragraph {
  readonly type: 'paragraph';
  /** Level of a heading, from 1. */
  readonly heading: number | undefined;
  readonly list: ListPlace | undefined;
  /** By default at the start, by the direction of the text. */
  readonly alignment?: ParagraphAlignment | undefined;
  readonly content: readonly Inline[];
}

/** Cell of a table. */
export interface Cell {
  readonly columns: number;
  readonly rows: number;
  readonly content: readonly Block[];
}

/** Row of a table. */
export interface Row {
  readonly isHeader: boolean;
  readonly cells: readonly Cell[];
}

/** Table in groups of rows that are small enough to be drawn at once. No cell is in two groups. */
export interface Table {
  readonly type: 'table';
  readonly groups: readonly (readonly Row[])[];
}

/** Footnote, endnote or comment. */
export interface Note {
  readonly type: 'note';
  readonly kind: NoteKind;
  readonly number: number;
  /** Whether it is the first one of its kind. */
  readonly isFirst: boolean;
  /** Unchecked name of the author of a comment; empty if missing. */
  readonly author: string;
  readonly content: readonly Block[];
}

/** Part of a document. */
export type Block = Paragraph | Table | Note | { readonly type: 'box'; readonly content: readonly Block[] };

/** Blocks that are drawn at once. */
export type Part = readonly Block[];
