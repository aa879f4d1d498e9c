import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';
import { readXml } from '../office/read-xml';
import { ViewerProblem } from '../viewer-problem';
import { builtinFormat } from './format/builtin-formats';
import type { NumberFormat } from './format/number-format';
import { createNumberFormat, GENERAL } from './format/number-format';

/** Returns the format of a cell by the number of its style. */
export type FormatOf = (style: number) => NumberFormat;

/** Maximum size of the styles, in bytes. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Reads the number formats of a workbook. */
export async function readFormats(entry: ArchiveEntry | undefined, context: TaskContext): Promise<FormatOf> {
  const codes = new Map<number, string>();
  /** Number of the format by style. */
  const ids: number[] = [];
  let isInStyles = false;
  const isWhole =
    !entry ||
    (await readXml(
      entry,
      {
        open: (name, { numFmtId, formatCode = '' }) => {
          if (name === 'cellXfs') isInStyles = true;
          else if (name === 'numFmt') codes.set(Number(numFmtId), formatCode);
          else if (name === 'xf' && isInStyles) ids.push(Number(numFmtId ?? 0));
        },
        close: (name) => {
          if (name === 'cellXfs') isInStyles = false;
        },
      },
      { maxBytes: MAX_BYTES, context },
    ));
  if (!isWhole) throw new ViewerProblem('too-many-parts');
  const formats = new Map<number, NumberFormat>();
  return (style) => {
    const id = ids[style] ?? 0;
    let format = formats.get(id);
    if (!format) {
      const code = codes.get(id) ?? builtinFormat(id);
      format = code === undefined ? GENERAL : createNumberFormat(code);
      formats.set(id, format);
    }
    return format;
  };
}
