import type { Archive } from '../archive/open-archive';

/** Parts of a workbook that are not shown, and never run. */
export interface InertParts {
  readonly hasMacros: boolean;
  readonly hasConnections: boolean;
  readonly charts: number;
  readonly pictures: number;
  /** Buttons, check boxes and other fields. */
  readonly controls: number;
  /** Files inside the workbook. */
  readonly objects: number;
  /** Other workbooks with values for formulas. */
  readonly links: number;
}

/** Finds the parts by their usual paths. */
export function findInertParts({ entries }: Archive): InertParts {
  const paths = entries.map(({ path }) => path);
  const count = (pattern: RegExp): number => paths.filter((path) => pattern.test(path)).length;
  return {
    hasMacros: count(/(?:^|\/)vbaProject\.bin$|(?:^|\/)macrosheets\/[^/]+\.xml$/i) > 0,
    hasConnections: count(/(?:^|\/)connections\.xml$/i) > 0,
    charts: count(/(?:^|\/)charts\/chart(?:Ex)?\d+\.xml$/i),
    pictures: count(/(?:^|\/)media\/[^/]+$/i),
    controls: count(/(?:^|\/)(?:activeX\/activeX|ctrlProps\/ctrlProp)\d+\.xml$/i),
    objects: count(/(?:^|\/)embeddings\/[^/]+$/i),
    links: count(/(?:^|\/)externalLinks\/[^/]+\.xml$/i),
  };
}
