import { decodeText } from '../../../base/decode-text';
import { extensionOf } from '../../../base/file-kind';
import { ViewerProblem } from '../viewer-problem';
import { svgCost } from './svg-cost';

/** Maximum number of shapes to draw. A browser draws as many in a tenth of a second. */
const MAX_SHAPES = 50_000;

/** Maximum size of an SVG file, in bytes. Larger ones have more shapes than that. */
const MAX_SVG_BYTES = 8 * 1024 * 1024;

/** Encoding in the declaration of an XML text. */
const DECLARED_ENCODING = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i;

/** Whether a file is a vector image. */
export function isVector(name: string): boolean {
  return extensionOf(name) === 'svg';
}

/**
 * Returns an address for an `<img>` with these bytes. There, an SVG runs no script and loads nothing.
 *
 * An SVG gets a `data:` URL: an object URL, opened in a tab of its own, would be a document of our origin. Its content is
 * the checked text, so that no other encoding can turn it into another document.
 *
 * @param signal Its abort releases the address.
 * @throws ViewerProblem If the file is an SVG that is invalid, or takes too long to draw.
 */
export async function openImage(bytes: Blob, name: string, signal: AbortSignal): Promise<string> {
  if (isVector(name)) return svgUrl(bytes);
  // Browsers detect the type from the bytes. The type given by the server is not trusted.
  const url = URL.createObjectURL(bytes.slice(0, bytes.size, ''));
  const release = (): void => URL.revokeObjectURL(url);
  if (signal.aborted) release();
  else signal.addEventListener('abort', release);
  return url;
}

async function svgUrl(bytes: Blob): Promise<string> {
  if (bytes.size > MAX_SVG_BYTES) throw new ViewerProblem('svg-too-complex');
  const text = svgText(new Uint8Array(await bytes.arrayBuffer()));
  const cost = svgCost(text);
  if (cost === undefined) throw new ViewerProblem('no-image');
  if (cost > MAX_SHAPES) throw new ViewerProblem('svg-too-complex');
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

/** Decodes an SVG file by its declaration, and removes that. */
function svgText(bytes: Uint8Array): string {
  const declared = DECLARED_ENCODING.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 200)))?.[1];
  return decoded(bytes, declared).replace(/^\ufeff?\s*<\?xml[^>]*\?>/, '');
}

function decoded(bytes: Uint8Array, declared: string | undefined): string {
  try {
    if (declared) return new TextDecoder(declared).decode(bytes);
  } catch {
    // Not an encoding that browsers know.
  }
  return decodeText(bytes);
}
