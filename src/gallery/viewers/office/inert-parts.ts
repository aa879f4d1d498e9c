import type { Archive } from '../archive/open-archive';

/** Parts of an Office file that are not shown, and never run. */
export interface InertParts {
  readonly hasMacros: boolean;
  readonly hasConnections: boolean;
  readonly hasHeaders: boolean;
  readonly hasHiddenText: boolean;
  readonly charts: number;
  /** Drawings of lists and processes (SmartArt). */
  readonly diagrams: number;
  readonly pictures: number;
  /** Videos and sounds. */
  readonly recordings: number;
  /** Buttons, check boxes and other fields. */
  readonly controls: number;
  /** Files inside the file. */
  readonly objects: number;
  /** Parts outside of the file, such as a template, or a workbook with values for formulas. */
  readonly links: number;
}

const RECORDINGS = /\.(?:mp4|m4v|mov|avi|wmv|mpe?g|webm|mp3|m4a|aac|wav|wma|aiff?|mid|ogg)$/i;

/** Pictures that the viewers of documents show. An SVG has a PNG beside it. */
const SHOWN_PICTURES = /\.(?:png|jpe?g|jpe|jfif|gif|webp|bmp|dib|svg)$/i;

/**
 * Finds the parts by their usual paths.
 *
 * @param showsPictures Whether pictures are shown, as far as browsers can.
 */
export function findInertParts({ entries }: Archive, showsPictures = false): InertParts {
  const paths = entries.map(({ path }) => path);
  const count = (pattern: RegExp): number => paths.filter((path) => pattern.test(path)).length;
  const media = paths.filter((path) => /(?:^|\/)media\/[^/]+$/i.test(path));
  const recordings = media.filter((path) => RECORDINGS.test(path)).length;
  const shown = showsPictures ? media.filter((path) => SHOWN_PICTURES.test(path)).length : 0;
  return {
    hasMacros: count(/(?:^|\/)vbaProject\.bin$|(?:^|\/)macrosheets\/[^/]+\.xml$/i) > 0,
    hasConnections: count(/(?:^|\/)connections\.xml$/i) > 0,
    hasHeaders: false,
    hasHiddenText: false,
    charts: count(/(?:^|\/)charts\/chart(?:Ex)?\d+\.xml$/i),
    diagrams: count(/(?:^|\/)diagrams\/data\d+\.xml$/i),
    pictures: media.length - recordings - shown,
    recordings,
    controls: count(/(?:^|\/)(?:activeX\/activeX|ctrlProps\/ctrlProp)\d+\.xml$/i),
    objects: count(/(?:^|\/)embeddings\/[^/]+$/i),
    links: count(/(?:^|\/)externalLinks\/[^/]+\.xml$/i),
  };
}
