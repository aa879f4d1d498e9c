/** First bytes of a compound file ([MS-CFB] 2.2). */
const MARK = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** Whether the bytes are those of a compound file. */
export function isCompoundFile(bytes: Uint8Array): boolean {
  return MARK.every((byte, index) => bytes[index] === byte);
}
