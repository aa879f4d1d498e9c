import { strToU8, zipSync } from 'fflate';

/** Hostile names of entries: outside of the target folder, or displayed differently. */
export const HOSTILE_NAMES = [
  '../../etc/passwd',
  '/absolute.txt',
  'C:\\Windows\\evil.dll',
  'folder/photo\u202egnp.exe',
  '<img src=x onerror=alert(1)>.txt',
] as const;

/** A zip of these texts by name. A name with a slash at the end is a folder. */
export function zipOf(texts: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(text)])), {
      mtime: new Date(2026, 2, 14, 15, 9, 26),
    }),
  );
}

/** A zip with a folder, files in it, an empty file and the hostile names. */
export function sampleZip(): Buffer {
  return zipOf({
    'docs/': '',
    'docs/readme.md': '# Read me\n',
    'docs/notes.txt': 'notes '.repeat(1000),
    'empty.bin': '',
    ...Object.fromEntries(HOSTILE_NAMES.map((name) => [name, `content of ${name}`])),
  });
}

/** The same zip with entries marked as encrypted. */
export function encryptedZip(): Buffer {
  const zip = Buffer.from(zipOf({ 'secret.txt': 'nobody can read this' }));
  mark(zip, 'PK\u0003\u0004', 6, (bits) => bits | 1);
  mark(zip, 'PK\u0001\u0002', 8, (bits) => bits | 1);
  return zip;
}

/**
 * A zip with one entry and a false size of `declaredBytes`.
 *
 * @param content The real content.
 */
export function lyingZip(content: string, declaredBytes: number): Buffer {
  const zip = Buffer.from(zipOf({ 'bomb.txt': content }));
  for (const [signature, offset] of [
    ['PK\u0003\u0004', 22],
    ['PK\u0001\u0002', 24],
  ] as const)
    zip.writeUInt32LE(declaredBytes, zip.indexOf(signature, 0, 'latin1') + offset);
  return zip;
}

function mark(zip: Buffer, signature: string, offset: number, change: (bits: number) => number): void {
  const at = zip.indexOf(signature, 0, 'latin1') + offset;
  zip.writeUInt16LE(change(zip.readUInt16LE(at)), at);
}
