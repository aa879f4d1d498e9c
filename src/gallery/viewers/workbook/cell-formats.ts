import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';
import { readXml } from '../office/read-xml';
import type { Alignment } from '../table/cell-layout';
import { ViewerProblem } from '../viewer-problem';
import { builtinFormat } from './format/builtin-formats';
import type { NumberFormat } from './format/number-format';
import { createNumberFormat, GENERAL } from './format/number-format';

/** Formats of cells by the number of their style. */
export interface CellFormats {
  readonly formatOf: (style: number) => NumberFormat;
  /** Returns `undefined` if the alignment depends on the type of the value. */
  readonly alignmentOf: (style: number) => Alignment | undefined;
}

const ALIGNMENTS: ReadonlyMap<string | undefined, Alignment> = new Map([
  ['left', 'l'],
  ['fill', 'l'],
  ['justify', 'l'],
  ['center', 'c'],
  ['centerContinuous', 'c'],
  ['distributed', 'c'],
  ['right', 'r'],
]);

/** Maximum size of the styles, in bytes. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Reads the formats of the cells of a workbook. */
export async function readFormats(
  entry: ArchiveEntry | undefined,
  context: TaskContext,
): Promise<CellFormats> {
  const codes = new Map<number, string>();
  /** Number of the format by style. */
  const ids: number[] = [];
  /** Alignment by style, where it has one. */
  const alignments: Alignment[] = [];
  let isInStyles = false;
  const isWhole =
    !entry ||
    (await readXml(
      entry,
      {
        open: (name, { numFmtId, formatCode = '', horizontal }) => {
          if (name === 'cellXfs') isInStyles = true;
          else if (name === 'numFmt') codes.set(Number(numFmtId), formatCode);
          else if (name === 'xf' && isInStyles) ids.push(Number(numFmtId ?? 0));
          else if (name === 'alignment' && isInStyles) {
            const alignment = ALIGNMENTS.get(horizontal);
            if (alignment) alignments[ids.length - 1] = alignment;
          }
        },
        close: (name) => {
          if (name === 'cellXfs') isInStyles = false;
        },
      },
      { maxBytes: MAX_BYTES, context },
    ));
  if (!isWhole) throw new ViewerProblem('too-many-parts');
  const formats = new Map<number, NumberFormat>();
  return {
    formatOf: (style) => {
      const id = ids[style] ?? 0;
      let format = formats.get(id);
      if (!format) {
        const code = codes.get(id) ?? builtinFormat(id);
        format = code === undefined ? GENERAL : createNumberFormat(code);
        formats.set(id, format);
      }
      return format;
    },
    alignmentOf: (style) => alignments[style],
  };
}
