/** Start of a compound file. */
const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** Bytes of the directory to search. A document with a password has a small one. */
const DIRECTORY_BYTES = 4_096;

/** Whether a file is a document with a password: a compound file with the encrypted archive as a stream. */
export async function isLocked(bytes: Blob): Promise<boolean> {
  const head = new DataView(await bytes.slice(0, 512).arrayBuffer());
  if (head.byteLength < 512 || SIGNATURE.some((byte, index) => head.getUint8(index) !== byte)) return false;
  const sectorBytes = 2 ** head.getUint16(30, true);
  const start = (head.getUint32(48, true) + 1) * sectorBytes;
  const directory = await bytes.slice(start, start + DIRECTORY_BYTES).arrayBuffer();
  return new TextDecoder('utf-16le').decode(directory).includes('EncryptedPackage');
}
