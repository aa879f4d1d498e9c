import type { Pictures } from '../markdown/markdown-pictures';
import type { MarkdownText } from '../markdown/parse-markdown';

/** A Jupyter notebook, ready to be drawn. Texts are not checked for invisible characters. */
export interface Notebook {
  /** Display name of its kernel, such as `Python 3`; empty if unknown. */
  readonly kernel: string;
  /** Name of its programming language, in lower case; empty if unknown. */
  readonly language: string;
  readonly cells: readonly Cell[];
  /** Number of cells in the file. `cells` has the first ones. */
  readonly total: number;
}

/** A cell of a notebook. */
export type Cell =
  | {
      readonly kind: 'markdown';
      readonly text: MarkdownText;
      /** Attached pictures that can be shown. */
      readonly pictures: Pictures;
    }
  /** Text for other programs, or a cell of an unknown type. */
  | { readonly kind: 'raw'; readonly text: string }
  | {
      readonly kind: 'code';
      readonly source: string;
      /** `undefined` for a cell that has not run. */
      readonly runNumber: number | undefined;
      readonly outputs: readonly Output[];
      /** Number of outputs that were read. Streams in a row are joined in `outputs`. */
      readonly read: number;
      /** Number of outputs in the file. */
      readonly total: number;
    };

/** An output of a code cell. */
export interface Output {
  /** The best form that can be shown, or `undefined` without one. */
  readonly shown: ShownOutput | undefined;
  /** MIME types of forms with content that is not shown. Texts of a file. */
  readonly hidden: readonly string[];
}

/** Form of an output that can be shown. Texts can have the colors of a terminal. */
export type ShownOutput =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'stream'; readonly isError: boolean; readonly text: string }
  | { readonly kind: 'error'; readonly title: string; readonly traceback: string }
  | {
      readonly kind: 'image';
      /** With a type of `IMAGE_TYPES`. */
      readonly bytes: Blob;
      /** Its text alternative; can be empty. */
      readonly words: string;
    }
  | { readonly kind: 'markdown'; readonly text: MarkdownText };

/** Types of images in an output, the best one first. SVG is a document with scripts. */
export const IMAGE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif'];

/** Result of reading a file as a notebook. */
export type NotebookResult =
  | { readonly status: 'notebook'; readonly notebook: Notebook }
  /** JSON of another kind. */
  | { readonly status: 'other-json' }
  | { readonly status: 'no-json' };
