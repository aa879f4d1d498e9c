import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';
import type { Omission } from './nodes';
import type { OfficePackage } from './open-package';
import { readXml } from './read-xml';

/** Kind of a graphic with words. */
export type GraphicKind = 'chart' | 'diagram';

/** Maximum number of graphics whose words are read. */
const MAX_READ = 100;

/** Maximum size of a graphic, in bytes. */
const MAX_BYTES = 1024 * 1024;

/** Maximum length of the words of a graphic, in UTF-16 units. */
const MAX_LENGTH = 2_000;

/** Charts and diagrams of a document. They are not drawn, but their words are shown. */
export class Graphics {
  readonly #found: { readonly omission: { words: string }; kind: GraphicKind; path: string }[] = [];

  /** Adds a graphic, whose words are read later. */
  add(kind: GraphicKind, path: string | undefined): Omission {
    const omission = { type: 'omission' as const, kind, words: '' };
    if (path !== undefined && this.#found.length < MAX_READ) this.#found.push({ omission, kind, path });
    return omission;
  }

  /** Reads the words of the graphics. One that is damaged has none. */
  async readWords({ partAt }: OfficePackage, context: TaskContext): Promise<void> {
    for (const { omission, kind, path } of this.#found) {
      const entry = partAt(path);
      if (entry) omission.words = await readWordsOf(entry, kind, context);
    }
  }
}

async function readWordsOf(entry: ArchiveEntry, kind: GraphicKind, context: TaskContext): Promise<string> {
  const words = new Set<string>();
  /** Names of the open elements. */
  const open: string[] = [];
  let length = 0;
  let text: string | undefined;
  const reader = {
    open: (name: string) => {
      open.push(name);
      if (isWord(open, kind)) text = '';
    },
    text: (part: string) => {
      if (text !== undefined && text.length < MAX_LENGTH) text += part;
    },
    close: () => {
      open.pop();
      const word = text?.trim() ?? '';
      text = undefined;
      if (word === '' || words.has(word)) return;
      words.add(word);
      length += word.length;
    },
    isDone: () => length >= MAX_LENGTH,
  };
  try {
    await readXml(entry, reader, { maxBytes: MAX_BYTES, context });
  } catch {
    context.signal.throwIfAborted();
  }
  return [...words].join(' · ').slice(0, MAX_LENGTH);
}

/** Whether an element has a word: a title or label, or the name of a series or category. Values are left out. */
function isWord(open: readonly string[], kind: GraphicKind): boolean {
  const name = open.at(-1);
  if (name === 't') return true;
  return kind === 'chart' && name === 'v' && (open.includes('tx') || open.includes('cat'));
}
