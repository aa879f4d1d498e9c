const HEAD_BYTES = 16;
const COMPRESSED = 0x75465a4c;
const UNCOMPRESSED = 0x414c454d;
const DICTIONARY_BYTES = 4096;

/** Maximum size of the text, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Beginning of the dictionary ([MS-OXRTFCP] 2.2.2.1). */
const DICTIONARY =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript ' +
  '\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par ' +
  '\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

/**
 * Unpacks the RTF of a mail ([MS-OXRTFCP]). Damaged data end early.
 *
 * @returns `undefined` if it is no such data.
 */
export function unpackRtf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < HEAD_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = Math.min(MAX_BYTES, view.getUint32(4, true));
  const kind = view.getUint32(8, true);
  const content = bytes.subarray(HEAD_BYTES);
  if (kind === UNCOMPRESSED) return content.subarray(0, size);
  return kind === COMPRESSED ? unpack(content, size) : undefined;
}

function unpack(content: Uint8Array, size: number): Uint8Array {
  // The size is a claim. Two bytes unpack to 17 at most.
  const output = new Uint8Array(Math.min(size, content.length * 9));
  const dictionary = new Uint8Array(DICTIONARY_BYTES);
  dictionary.set(Uint8Array.from(DICTIONARY, (character) => character.charCodeAt(0)));
  let write = DICTIONARY.length;
  let length = 0;
  const add = (byte: number): void => {
    if (length < output.length) output[length++] = byte;
    dictionary[write] = byte;
    write = (write + 1) % DICTIONARY_BYTES;
  };
  let at = 0;
  while (at < content.length && length < output.length) {
    const control = content[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < content.length; bit++) {
      if ((control & (1 << bit)) === 0) {
        add(content[at++] ?? 0);
        continue;
      }
      const reference = ((content[at] ?? 0) << 8) | (content[at + 1] ?? 0);
      at += 2;
      const offset = reference >> 4;
      // A reference to the end of the dictionary ends the text.
      if (offset === write) return output.subarray(0, length);
      for (let index = 0; index < (reference & 0xf) + 2; index++)
        add(dictionary[(offset + index) % DICTIONARY_BYTES] ?? 0);
    }
  }
  return output.subarray(0, length);
}
