/**
 * Returns the data of a picture without its metadata, read by other code than that under test: tables, headers and
 * compressed data of a JPEG, PNG or WebP, with its color profile.
 */
export function pictureData(file: Buffer): Buffer {
  if (file[0] === 0xff) return jpegData(file);
  return file[0] === 0x89 ? pngData(file) : webpData(file);
}

function jpegData(file: Buffer): Buffer {
  const kept: Buffer[] = [];
  let at = 2;
  while (at < file.length && file[at + 1] !== 0xd9) {
    const marker = file[at + 1]!;
    let end = at + 2 + file.readUInt16BE(at + 2);
    if (marker === 0xda)
      while (file[end] !== 0xff || file[end + 1] === 0 || (file[end + 1]! & 0xf8) === 0xd0) end++;
    const isProfile = marker === 0xe2 && file.subarray(at + 4, at + 15).toString('latin1') === 'ICC_PROFILE';
    const isMetadata = (marker >= 0xe0 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;
    if (!isMetadata || isProfile) kept.push(file.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}

function pngData(file: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 12 + file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    if (/^[A-Z]|^(tRNS|iCCP|gAMA|cHRM|sRGB)$/.test(type)) kept.push(file.subarray(at, end));
    if (type === 'IEND') break;
    at = end;
  }
  return Buffer.concat(kept);
}

function webpData(file: Buffer): Buffer {
  const kept: Buffer[] = [];
  const last = 8 + file.readUInt32LE(4);
  for (let at = 12; at + 8 <= last;) {
    const length = file.readUInt32LE(at + 4);
    const type = file.toString('latin1', at, at + 4);
    if (/^(VP8[ L]|ALPH|ANIM|ANMF|ICCP)$/.test(type)) kept.push(file.subarray(at, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  return Buffer.concat(kept);
}

/** Returns a blob with these bytes. */
export function blobOf(bytes: Uint8Array): Blob {
  return new Blob([new Uint8Array(bytes)]);
}

/** Returns the bytes of a blob. */
export async function bufferOf(blob: Blob): Promise<Buffer> {
  return Buffer.from(await blob.arrayBuffer());
}
