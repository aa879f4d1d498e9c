/** Parts of a GIF that begin with their own byte. */
const GIF_IMAGE = 0x2c;
const GIF_EXTENSION = 0x21;

/** Whether a GIF, PNG, WebP or AVIF has more than one frame, by its structure. `false` for any other file. */
export function isAnimated(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const mark = textAt(view, 0, 4);
    if (mark === 'GIF8') return hasManyGifFrames(view);
    if (view.getUint32(0) === 0x89504e47) return hasAnimationChunk(view);
    if (mark === 'RIFF') return textAt(view, 8, 8) === 'WEBPVP8X' && (view.getUint8(20) & 2) !== 0;
    return textAt(view, 4, 8) === 'ftypavis';
  } catch (error) {
    // The file ends within a part.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function hasManyGifFrames(view: DataView): boolean {
  let at = 13 + colorTableLength(view.getUint8(10));
  for (let frames = 0; ;) {
    const kind = view.getUint8(at);
    if (kind === GIF_IMAGE) {
      frames++;
      if (frames > 1) return true;
      at = afterBlocks(view, at + 11 + colorTableLength(view.getUint8(at + 9)));
    } else if (kind === GIF_EXTENSION) at = afterBlocks(view, at + 2);
    else return false;
  }
}

function colorTableLength(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function afterBlocks(view: DataView, start: number): number {
  let at = start;
  while (view.getUint8(at) !== 0) at += 1 + view.getUint8(at);
  return at + 1;
}

/** In an animated PNG, the chunk `acTL` comes before the first pixels. */
function hasAnimationChunk(view: DataView): boolean {
  for (let at = 8; ; at += 12 + view.getUint32(at)) {
    const type = textAt(view, at + 4, 4);
    if (type === 'acTL') return true;
    if (type === 'IDAT' || type === 'IEND') return false;
  }
}

function textAt(view: DataView, at: number, length: number): string {
  return Array.from({ length }, (_, index) => String.fromCharCode(view.getUint8(at + index))).join('');
}
