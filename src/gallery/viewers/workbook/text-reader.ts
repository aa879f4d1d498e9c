/** Maximum length of the text of a cell in Excel, in UTF-16 units. */
const MAX_LENGTH = 32_767;

/** Joins the text of a cell, without the pronunciation of East Asian text. */
export interface TextReader {
  readonly open: (name: string) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
  /** Returns the text, and starts a new one. */
  readonly take: () => string;
}

/** Creates a reader of the elements `t`. */
export function createTextReader(): TextReader {
  let joined = '';
  let isText = false;
  let isPronunciation = false;
  return {
    open: (name) => {
      if (name === 't') isText = true;
      else if (name === 'rPh') isPronunciation = true;
    },
    text: (text) => {
      if (isText && !isPronunciation && joined.length < MAX_LENGTH) joined += text;
    },
    close: (name) => {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPronunciation = false;
    },
    take: () => {
      const text = decodeEscapes(joined.slice(0, MAX_LENGTH));
      joined = '';
      return text;
    },
  };
}

/** Decodes the characters that XML does not allow, such as `_x000D_`. */
export function decodeEscapes(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([\dA-F]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;
}
