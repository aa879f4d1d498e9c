import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';
import { readXml } from '../office/read-xml';
import { ViewerProblem } from '../viewer-problem';
import { createTextReader } from './text-reader';

/** Maximum size of the shared strings up to the last one in use, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Maximum length of the strings in use, in UTF-16 units. */
const MAX_LENGTH = 16 * 1024 * 1024;

/**
 * Reads shared strings. Those after the last one in use are not read.
 *
 * @param used Numbers of the strings in use.
 */
export async function readSharedStrings(
  entry: ArchiveEntry | undefined,
  used: ReadonlySet<number>,
  context: TaskContext,
): Promise<ReadonlyMap<number, string>> {
  const strings = new Map<number, string>();
  if (!entry || used.size === 0) return strings;
  let last = -1;
  for (const index of used) if (index > last) last = index;
  const reader = createTextReader();
  let index = 0;
  let length = 0;
  const isWhole = await readXml(
    entry,
    {
      ...reader,
      close: (name) => {
        reader.close(name);
        if (name !== 'si') return;
        const text = reader.take();
        if (used.has(index)) {
          strings.set(index, text);
          length += text.length;
        }
        index++;
      },
      isDone: () => index > last || length > MAX_LENGTH,
    },
    { maxBytes: MAX_BYTES, context },
  );
  if (!isWhole || length > MAX_LENGTH) throw new ViewerProblem('too-many-parts');
  return strings;
}
