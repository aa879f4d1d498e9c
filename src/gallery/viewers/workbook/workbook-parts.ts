import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';
import type { OfficePackage } from '../office/open-package';
import { targetOf } from '../office/open-package';
import { readXml } from '../office/read-xml';
import { ViewerProblem } from '../viewer-problem';

/** Parts of a workbook that are needed to show a sheet. */
export interface WorkbookParts {
  readonly sheets: readonly SheetPart[];
  readonly styles: ArchiveEntry | undefined;
  readonly strings: ArchiveEntry | undefined;
  /** Whether dates count from 1904. */
  readonly is1904: boolean;
}

/** Sheet with cells. */
export interface SheetPart {
  readonly name: string;
  readonly isHidden: boolean;
  readonly entry: ArchiveEntry | undefined;
}

/** Maximum size of the list of sheets, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Maximum number of sheets. */
const MAX_SHEETS = 2_000;

/**
 * Finds the parts of a workbook by its relationships.
 *
 * @throws ViewerProblem If there is no workbook.
 */
export async function findParts(
  { main: { entry, relationships }, partAt }: OfficePackage,
  context: TaskContext,
): Promise<WorkbookParts> {
  const sheets: SheetPart[] = [];
  let is1904 = false;
  const isWhole = await readXml(
    entry,
    {
      open: (name, attributes) => {
        if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
        if (name !== 'sheet') return;
        const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
        const target = relationships.get(id);
        // Sheets of charts, dialogs and macros have no cells to show.
        if (target && target.type !== 'worksheet') return;
        if (sheets.length === MAX_SHEETS) throw new ViewerProblem('too-many-parts');
        sheets.push({
          name: attributes['name'] ?? '',
          isHidden: (attributes['state'] ?? 'visible') !== 'visible',
          entry: target && !target.isExternal ? partAt(target.target) : undefined,
        });
      },
    },
    { maxBytes: MAX_BYTES, context },
  );
  if (!isWhole) throw new ViewerProblem('too-many-parts');
  if (sheets.length === 0) throw new ViewerProblem('entry-damaged');
  const partOf = (type: string): ArchiveEntry | undefined => partAt(targetOf(relationships, type) ?? '');
  return { sheets, styles: partOf('styles'), strings: partOf('sharedStrings'), is1904 };
}
