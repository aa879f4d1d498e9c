/** `[[ATTACHMENT|path]]` in the output of a test, as plugins of Jenkins and Playwright write it. */
const MARK = /\[\[ATTACHMENT\|([^\]\r\n]{1,4096})\]\]/g;

/** Maximum length of the beginning of a mark without its end, in UTF-16 units. */
const MAX_BEGINNING = 4096 + 16;

/** Reader of marks in a text that comes in pieces. */
export interface MarkReader {
  readonly add: (piece: string) => void;
}

/** Creates a reader of the attachments in an output of any length. A mark may be split between pieces. */
export function createMarkReader(onPath: (path: string) => void): MarkReader {
  let rest = '';
  return {
    add(piece) {
      rest += piece;
      let end = 0;
      for (const match of rest.matchAll(MARK)) {
        onPath((match[1] ?? '').trim());
        end = match.index + match[0].length;
      }
      const begin = rest.lastIndexOf('[[');
      rest = begin >= end ? rest.slice(begin) : rest.endsWith('[') ? '[' : '';
      if (rest.length > MAX_BEGINNING) rest = '';
    },
  };
}
