/** Content of a storage that a test makes: streams as bytes, storages as objects. */
export interface SampleStorage {
  readonly [name: string]: Uint8Array | SampleStorage;
}

const SECTOR = 512;
const MINI_SECTOR = 64;
const CUTOFF = 4096;
const NONE = 0xffffffff;
const END = 0xfffffffe;

interface SampleEntry {
  readonly name: string;
  readonly kind: 1 | 2 | 5;
  readonly content: Uint8Array;
  child: number;
  next: number;
}

/** Writes a compound file ([MS-CFB]), version 3. The entries of a storage are a chain instead of a balanced tree. */
export function compoundFile(root: SampleStorage): Buffer {
  const entries: SampleEntry[] = [];
  const add = (name: string, kind: 1 | 2 | 5, value: Uint8Array | SampleStorage): number => {
    const content = value instanceof Uint8Array ? value : new Uint8Array();
    const entry: SampleEntry = { name, kind, content, child: NONE, next: NONE };
    const index = entries.push(entry) - 1;
    if (value instanceof Uint8Array) return index;
    let last: SampleEntry | undefined;
    for (const [childName, child] of Object.entries(value)) {
      const at = add(childName, child instanceof Uint8Array ? 2 : 1, child);
      if (last) last.next = at;
      else entry.child = at;
      last = entries[at];
    }
    return index;
  };
  add('Root Entry', 5, root);

  const sectors: Buffer[] = [];
  const table: number[] = [];
  const store = (content: Uint8Array): number => {
    const start = content.length === 0 ? END : sectors.length;
    for (let at = 0; at < content.length; at += SECTOR) {
      sectors.push(Buffer.concat([content.subarray(at, at + SECTOR)], SECTOR));
      table.push(at + SECTOR < content.length ? sectors.length : END);
    }
    return start;
  };
  const mini: Buffer[] = [];
  const miniTable: number[] = [];
  const starts = entries.map(({ content }) => {
    if (content.length === 0) return END;
    if (content.length >= CUTOFF) return store(content);
    const start = mini.length;
    for (let at = 0; at < content.length; at += MINI_SECTOR) {
      mini.push(Buffer.concat([content.subarray(at, at + MINI_SECTOR)], MINI_SECTOR));
      miniTable.push(at + MINI_SECTOR < content.length ? mini.length : END);
    }
    return start;
  });
  const miniStart = store(Buffer.concat(mini));
  const miniTableStart = store(numbers(miniTable));
  const directory = Buffer.concat(
    entries.map((entry, index) =>
      directoryEntry(
        entry,
        index === 0 ? miniStart : starts[index]!,
        index === 0 ? mini.length * MINI_SECTOR : undefined,
      ),
    ),
  );
  const directoryStart = store(directory);
  // The table has a place for each of its own sectors, too.
  let tableSectors = 0;
  while (tableSectors * (SECTOR / 4) < table.length + tableSectors) tableSectors++;
  const tablePlaces = Array.from({ length: tableSectors }, (_, index) => sectors.length + index);
  const all = [...table, ...tablePlaces.map(() => 0xfffffffd)];
  const tableBytes = numbers(all, tableSectors * SECTOR);

  const header = Buffer.alloc(SECTOR);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(0x3e, 24);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(tableSectors, 44);
  header.writeUInt32LE(directoryStart, 48);
  header.writeUInt32LE(CUTOFF, 56);
  header.writeUInt32LE(miniTable.length > 0 ? miniTableStart : END, 60);
  header.writeUInt32LE(Math.ceil((miniTable.length * 4) / SECTOR), 64);
  header.writeUInt32LE(END, 68);
  for (let index = 0; index < 109; index++) header.writeUInt32LE(tablePlaces[index] ?? NONE, 76 + index * 4);
  return Buffer.concat([header, ...sectors, tableBytes]);
}

function numbers(values: readonly number[], bytes = values.length * 4): Buffer {
  const buffer = Buffer.alloc(bytes, 0xff);
  values.forEach((value, index) => buffer.writeUInt32LE(value, index * 4));
  return buffer;
}

function directoryEntry(
  { name, kind, content, child, next }: SampleEntry,
  start: number,
  size?: number,
): Buffer {
  const buffer = Buffer.alloc(128);
  buffer.write(name, 0, 'utf16le');
  buffer.writeUInt16LE(name.length * 2 + 2, 64);
  buffer.writeUInt8(kind, 66);
  buffer.writeUInt32LE(NONE, 68);
  buffer.writeUInt32LE(next, 72);
  buffer.writeUInt32LE(child, 76);
  buffer.writeUInt32LE(start, 116);
  buffer.writeUInt32LE(size ?? content.length, 120);
  return buffer;
}

/** Value of a property: text in UTF-16, a number, a time, bytes, or a storage. */
export type SampleValue = string | number | Date | Uint8Array | SampleStorage;

/** Returns the streams of properties ([MS-OXMSG]), by the ids of the properties. */
export function propertyStreams(
  headBytes: number,
  values: Readonly<Record<number, SampleValue>>,
): SampleStorage {
  const storage: Record<string, Uint8Array | SampleStorage> = {};
  const rows = Object.entries(values).map(([key, value]) => {
    const id = Number(key);
    const row = Buffer.alloc(16);
    const name = (type: string): string =>
      `__substg1.0_${id.toString(16).toUpperCase().padStart(4, '0')}${type}`;
    let type = 0x0102;
    if (typeof value === 'number') {
      type = 0x0003;
      row.writeInt32LE(value, 8);
    } else if (value instanceof Date) {
      type = 0x0040;
      row.writeBigUInt64LE((BigInt(value.getTime()) + 11_644_473_600_000n) * 10_000n, 8);
    } else if (typeof value === 'string') {
      type = 0x001f;
      storage[name('001F')] = Buffer.from(value, 'utf16le');
    } else if (value instanceof Uint8Array) storage[name('0102')] = value;
    else {
      type = 0x000d;
      storage[name('000D')] = value;
    }
    row.writeUInt32LE(id * 0x10000 + type, 0);
    return row;
  });
  return { ...storage, '__properties_version1.0': Buffer.concat([Buffer.alloc(headBytes), ...rows]) };
}

/** A recipient: 1 for To, 2 for Cc, 3 for Bcc. */
export function recipient(kind: number, name: string, address: string): SampleStorage {
  return propertyStreams(8, { 0x0c15: kind, 0x3001: name, 0x3003: address });
}

/** An attachment with these bytes, or the mail of a storage. */
export function attachment(name: string, content: Uint8Array | SampleStorage): SampleStorage {
  return propertyStreams(8, { 0x3701: content, 0x3704: 'SHORT~1.TXT', 0x3707: name, 0x3705: 1 });
}

/** A mail of Outlook with these properties and parts. */
export function sampleMsg(values: Readonly<Record<number, SampleValue>>, parts: SampleStorage = {}): Buffer {
  return compoundFile({ ...propertyStreams(32, values), ...parts });
}

/** Properties of a usual mail. */
export const MAIL_PROPERTIES: Readonly<Record<number, SampleValue>> = {
  0x001a: 'IPM.Note',
  0x0037: '€ 100 are missing',
  0x0039: new Date('2026-03-14T14:09:26Z'),
  0x0c1a: 'Jürgen',
  0x0c1f: '/O=FABRIKAM/CN=JUERGEN',
  0x5d01: 'juergen@example.com',
  0x007d: 'From: juergen@example.com\r\nX-Mailer: Sample\r\nReceived: from a\r\n\tby b\r\n\r\n',
  0x1000: 'Hello,\r\nsee the attachments.\r\n',
};

/** A mail with recipients, attachments of both sizes, a mail inside, and an object without bytes. */
export function usualMsg(): Buffer {
  const inner = {
    ...propertyStreams(24, { 0x0037: 'Grüße from inside', 0x0c1a: 'Inner', 0x1000: 'The inner text' }),
    '__attach_version1.0_#00000000': attachment('inner.txt', Buffer.from('inner bytes')),
  };
  return sampleMsg(MAIL_PROPERTIES, {
    '__recip_version1.0_#00000000': recipient(1, 'Reviewers', 'review@example.com'),
    '__recip_version1.0_#00000001': recipient(1, 'second@example.com', 'second@example.com'),
    '__recip_version1.0_#00000002': recipient(2, 'Third', '/O=FABRIKAM/CN=THIRD'),
    '__attach_version1.0_#00000000': attachment('../figures.csv', Buffer.from('a,b\n1,2\n')),
    '__attach_version1.0_#00000001': attachment('long.txt', Buffer.from('line\n'.repeat(2_000))),
    '__attach_version1.0_#00000002': attachment('inner', inner),
    '__attach_version1.0_#00000003': propertyStreams(8, { 0x3001: 'Chart', 0x3705: 6 }),
  });
}
