/** A file of the corpus, with the outcome that its preview must have. */
export interface CorpusFile {
  readonly name: string;
  readonly content: Buffer;
  /** Text of the preview: content of the file, or the stated reason for its absence. Or a picture, a page, a player. */
  readonly shows: RegExp | 'picture' | 'page' | 'player';
}

/** Reason for a file that no viewer can read. */
export const ELSEWHERE = /to open it in another app/;

let marks = 0;

/** Returns words that no other file has. */
function nextMark(): string {
  return `Mark ${++marks}`;
}

/** Returns a file with words that its preview must show. */
export function marked(name: string, contentOf: (mark: string) => string | Uint8Array): CorpusFile {
  const mark = nextMark();
  const content = contentOf(mark);
  return { name, content: bufferOf(content), shows: new RegExp(`${mark}\\b`) };
}

/** Returns a file with a stated reason. */
export function refused(name: string, content: string | Uint8Array, shows: RegExp): CorpusFile {
  return { name, content: bufferOf(content), shows };
}

function bufferOf(content: string | Uint8Array): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
}
