/** Condition on a text: exactly one member, except that `flags` belongs to `pattern`. */
export interface Matcher {
  readonly equals?: string;
  readonly includes?: string;
  readonly pattern?: string;
  readonly flags?: string;
}

/** One step of a search: the elements below those of the step before. Only visible ones, unless `isHidden`. */
export interface Step {
  readonly role?: string;
  readonly name?: Matcher;
  readonly text?: Matcher;
  readonly css?: string;
  /** Selector of an element inside. */
  readonly has?: string;
  readonly index?: number;
  readonly isHidden?: boolean;
}

/** State of an element. */
export interface Snapshot {
  readonly name: string;
  readonly text: string;
  readonly value: string | undefined;
  readonly isFocused: boolean;
  readonly isDisabled: boolean;
  /** Left, top, width and height in CSS pixels. */
  readonly box: readonly number[];
  /** Of a picture. */
  readonly naturalWidth: number | undefined;
  /** Computed color. */
  readonly background: string;
  /** Of audio, in seconds. */
  readonly duration: number | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

/** File in a synthesized drop or paste. */
export interface DroppedFile {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

/** Journal of uploads in the browser's database, as far as stories use it. */
export interface StoredJournal {
  readonly uploads: readonly {
    readonly name: string;
    /** `Stage` in src/upload/recovery/journal. */
    readonly stage: string;
    readonly isFileKept: boolean;
    readonly fingerprint?: unknown;
  }[];
  /** Number of stored files. */
  readonly files: number;
}

/** Matcher of a whole text, or of a pattern in it. */
export function matcherOf(text: string | RegExp): Matcher {
  return typeof text === 'string' ? { equals: text } : { pattern: text.source, flags: text.flags };
}
