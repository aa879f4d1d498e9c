import { decodeBase64 } from '../../../base/bytes';
import type { MarkdownText } from '../markdown/parse-markdown';
import type { Fields } from '../json-fields';
import { fieldsOf, itemsOf } from '../json-fields';
import { textOf, writeJson } from './json-values';
import type { Output, ShownOutput } from './notebook';
import { IMAGE_TYPES } from './notebook';

/** Formats Markdown, within the limits of the notebook. */
export type FormatMarkdown = (text: string) => Promise<MarkdownText>;

/** Maximum length of an image in base64, in UTF-16 units. */
const MAX_IMAGE_LENGTH = 16 * 1024 * 1024;

/** Forms that say the same as the one that is shown. */
const ALTERNATIVES: ReadonlySet<string> = new Set([
  ...IMAGE_TYPES,
  ...['text/plain', 'text/latex', 'text/markdown', 'application/json', 'image/svg+xml', 'application/pdf'],
]);

/** MIME types of the members of an output in nbformat 3. */
const OLD_TYPES: Readonly<Record<string, string>> = {
  text: 'text/plain',
  latex: 'text/latex',
  html: 'text/html',
  png: 'image/png',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  json: 'application/json',
  javascript: 'application/javascript',
};

/** Reads an output of nbformat 3 or 4. */
export async function readOutput(output: Fields, format: FormatMarkdown): Promise<Output> {
  switch (output['output_type']) {
    case 'stream':
      return asShown({
        kind: 'stream',
        isError: [output['name'], output['stream']].includes('stderr'),
        text: textOf(output['text']),
      });
    case 'error':
    case 'pyerr':
      return asShown(readError(output));
    default:
      return readForms('data' in output ? fieldsOf(output['data']) : oldForms(output), format);
  }
}

function asShown(shown: ShownOutput): Output {
  return { shown, hidden: [] };
}

function readError(output: Fields): ShownOutput {
  const [name, value] = [textOf(output['ename']), textOf(output['evalue'])];
  return {
    kind: 'error',
    title: value === '' ? name : `${name}: ${value}`,
    traceback: itemsOf(output['traceback']).map(textOf).join('\n'),
  };
}

/** Returns the forms of an output of nbformat 3 by their MIME types. */
function oldForms(output: Fields): Fields {
  return Object.fromEntries(
    Object.entries(output).flatMap(([key, value]) => {
      const type = Object.hasOwn(OLD_TYPES, key) ? OLD_TYPES[key] : undefined;
      return type === undefined ? [] : [[type, value]];
    }),
  );
}

/** Chooses the form to show: an image, formatted text, data, text. */
async function readForms(forms: Fields, format: FormatMarkdown): Promise<Output> {
  const shown = readImage(forms) ?? (await readText(forms, format));
  const hidden = Object.keys(forms).filter((type) => shown === undefined || !ALTERNATIVES.has(type));
  return { shown, hidden };
}

function readImage(forms: Fields): ShownOutput | undefined {
  const bytes = imageIn(forms);
  return bytes && { kind: 'image', bytes, words: textOf(forms['text/plain']) };
}

/** Returns the best form of an image that can be shown, or `undefined` without one. */
export function imageIn(forms: Fields): Blob | undefined {
  for (const type of IMAGE_TYPES) {
    const bytes = decodeImage(textOf(forms[type]), type);
    if (bytes) return bytes;
  }
  return undefined;
}

/** Returns the bytes of an image, or `undefined` if there are none, too many, or no valid ones. */
function decodeImage(base64: string, type: string): Blob | undefined {
  if (base64 === '' || base64.length > MAX_IMAGE_LENGTH) return undefined;
  const bytes = decodeBase64(base64);
  return bytes && new Blob([bytes], { type });
}

async function readText(forms: Fields, format: FormatMarkdown): Promise<ShownOutput | undefined> {
  const markdown = textOf(forms['text/markdown']);
  if (markdown !== '') return { kind: 'markdown', text: await format(markdown) };
  const data = forms['application/json'];
  // A string is the JSON text in nbformat 3, and a value in nbformat 4.
  const json = typeof data === 'string' ? data : data === undefined ? undefined : writeJson(data);
  const text = [json, textOf(forms['text/plain']), textOf(forms['text/latex'])].find(Boolean);
  return text === undefined ? undefined : { kind: 'text', text };
}

/** Joins streams in a row, as a terminal shows them: programs write them in pieces. */
export function joinStreams(outputs: readonly Output[]): readonly Output[] {
  const joined: Output[] = [];
  const pieces: string[] = [];
  const end = (): void => {
    const last = joined.at(-1)?.shown;
    if (pieces.length > 1 && last?.kind === 'stream')
      joined[joined.length - 1] = asShown({ ...last, text: pieces.join('') });
    pieces.length = 0;
  };
  for (const output of outputs) {
    const { shown } = output;
    const last = joined.at(-1)?.shown;
    const continues = shown?.kind === 'stream' && last?.kind === 'stream' && shown.isError === last.isError;
    if (!continues) {
      end();
      joined.push(output);
    }
    if (shown?.kind === 'stream') pieces.push(shown.text);
  }
  end();
  return joined;
}
