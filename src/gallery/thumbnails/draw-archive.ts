import { openArchive } from '../viewers/archive/open-archive';
import { drawable, drawInk, FONTS, INK_HEIGHT, INKS, MARGIN } from './ink';

/** Entries that are read. A folder can have many before the next name. */
const MAX_ENTRIES = 500;

const ROW_HEIGHT = 29;

const MAX_NAMES = Math.floor((INK_HEIGHT - MARGIN) / ROW_HEIGHT);

/** Draws the first names at the top of an archive, folders first. */
export async function drawArchive(bytes: Blob, signal: AbortSignal): Promise<Blob> {
  const { entries } = await openArchive(bytes, signal, MAX_ENTRIES);
  const names = namesAtTop(entries).slice(0, MAX_NAMES);
  if (names.length === 0) throw new Error('The archive is empty.');
  return drawInk((context) => {
    context.font = FONTS.words;
    names.forEach(({ name, isFolder }, index) => {
      const top = MARGIN + index * ROW_HEIGHT;
      context.fillStyle = context.strokeStyle = INKS.quiet;
      context.lineWidth = 2;
      // A folder lies, a sheet stands.
      if (isFolder) context.fillRect(MARGIN, top + 7, 20, 15);
      else context.strokeRect(MARGIN + 4, top + 5, 13, 18);
      context.fillStyle = INKS.strong;
      context.fillText(drawable(name), MARGIN + 30, top + ROW_HEIGHT / 2);
    });
  });
}

/** A name at the top of an archive. */
interface TopName {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Returns the distinct first parts of the paths, folders first. If all are in one folder, its contents. */
export function namesAtTop(
  entries: readonly { readonly path: string; readonly isFolder: boolean }[],
): readonly TopName[] {
  const paths = entries.map(({ path, isFolder }) => ({
    parts: path.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..'),
    isFolder,
  }));
  const depth = depthOf(paths.filter(({ isFolder }) => !isFolder).map(({ parts }) => parts));
  const names = new Map<string, boolean>();
  for (const { parts, isFolder } of paths) {
    const name = parts[depth];
    if (name !== undefined) names.set(name, names.get(name) === true || isFolder || parts.length > depth + 1);
  }
  const found = [...names].map(([name, isFolder]) => ({ name, isFolder }));
  return [...found.filter(({ isFolder }) => isFolder), ...found.filter(({ isFolder }) => !isFolder)];
}

/** Number of folders that all files have in common. */
function depthOf(paths: readonly (readonly string[])[]): number {
  const [first = []] = paths;
  let depth = 0;
  while (depth < first.length - 1 && paths.every((parts) => parts[depth] === first[depth])) depth++;
  return depth;
}
