import type { TaskContext } from '../../workers/task-context';
import type { Archive, ArchiveEntry } from '../archive/open-archive';
import type { XmlReader } from '../office/read-xml';
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

/** Target of a relationship. */
interface Relationship {
  /** Last part of the address of its type. */
  readonly type: string;
  /** In lower case. */
  readonly path: string;
}

/** Maximum size of a list of parts, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Maximum number of sheets, and of relationships. */
const MAX_COUNT = 2_000;

/** Where Excel writes the workbook. */
const USUAL_PATH = 'xl/workbook.xml';

/**
 * Finds the parts of a workbook by its relationships.
 *
 * @throws ViewerProblem If there is no workbook.
 */
export async function findParts({ entries }: Archive, context: TaskContext): Promise<WorkbookParts> {
  // Names of parts ignore case.
  const parts = new Map(entries.map((entry) => [entry.path.toLowerCase(), entry]));
  const read = async (entry: ArchiveEntry, reader: XmlReader): Promise<void> => {
    if (!(await readXml(entry, reader, { maxBytes: MAX_BYTES, context })))
      throw new ViewerProblem('too-many-parts');
  };
  const relationshipsOf = async (path: string): Promise<ReadonlyMap<string, Relationship>> => {
    const slash = path.lastIndexOf('/') + 1;
    const entry = parts.get(`${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`);
    const found = new Map<string, Relationship>();
    if (entry) await read(entry, relationshipReader(found, path.slice(0, slash)));
    return found;
  };
  const targetOf = (relationships: ReadonlyMap<string, Relationship>, ofType: string): string | undefined =>
    [...relationships.values()].find(({ type }) => type === ofType)?.path;

  const path = targetOf(await relationshipsOf(''), 'officeDocument') ?? USUAL_PATH;
  const entry = parts.get(path);
  if (!entry) throw new ViewerProblem('entry-damaged');
  const relationships = await relationshipsOf(path);
  const sheets: SheetPart[] = [];
  let is1904 = false;
  await read(entry, {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      const target = relationships.get(id);
      // Sheets of charts, dialogs and macros have no cells to show.
      if (target && target.type !== 'worksheet') return;
      if (sheets.length === MAX_COUNT) throw new ViewerProblem('too-many-parts');
      sheets.push({
        name: attributes['name'] ?? '',
        isHidden: (attributes['state'] ?? 'visible') !== 'visible',
        entry: target && parts.get(target.path),
      });
    },
  });
  if (sheets.length === 0) throw new ViewerProblem('entry-damaged');
  const partOf = (type: string): ArchiveEntry | undefined => parts.get(targetOf(relationships, type) ?? '');
  return { sheets, styles: partOf('styles'), strings: partOf('sharedStrings'), is1904 };
}

function relationshipReader(found: Map<string, Relationship>, folder: string): XmlReader {
  return {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      if (found.size === MAX_COUNT) throw new ViewerProblem('too-many-parts');
      found.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), path: resolvePath(folder, Target) });
    },
  };
}

/** Returns the path of a target, relative to a folder or, with a slash, to the root. */
function resolvePath(folder: string, target: string): string {
  const resolved: string[] = [];
  for (const name of (target.startsWith('/') ? target : folder + target).toLowerCase().split('/')) {
    if (name === '..') resolved.pop();
    else if (name !== '' && name !== '.') resolved.push(name);
  }
  return resolved.join('/');
}
