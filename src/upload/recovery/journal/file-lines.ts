import { crc32 } from 'node:zlib';

/** Lines of a file. */
export interface FileLines {
  /** Values of the readable lines, in order. */
  readonly values: readonly unknown[];
  /** Texts of the other lines. */
  readonly damaged: readonly string[];
}

/** Returns the CRC-32 of `data`, as 8 hexadecimal digits. */
export function checksumOf(data: string | Uint8Array): string {
  return crc32(data).toString(16).padStart(8, '0');
}

/** Returns a value as a line: its checksum, a space, and JSON. */
export function writeLine(value: unknown): string {
  const json = JSON.stringify(value);
  return `${checksumOf(json)} ${json}\n`;
}

/** Reads lines. The last one is left out if it has no end: its write was interrupted. */
export function readLines(bytes: Buffer): FileLines {
  const values: unknown[] = [];
  const damaged: string[] = [];
  for (const line of bytes.toString('utf8').split('\n').slice(0, -1)) {
    if (line === '') continue;
    const value = readLine(line);
    if (value === undefined) damaged.push(line);
    else values.push(value);
  }
  return { values, damaged };
}

/** Returns the value of a line; `undefined` if it is damaged. No line has the value `undefined`. */
function readLine(line: string): unknown {
  const json = line.slice(9);
  if (line.slice(0, 9) !== `${checksumOf(json)} `) return undefined;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
