import fc from 'fast-check';
import type { ScanLimits } from '../../../../../src/gallery/viewers/text/line-scanner';
import { LineScanner } from '../../../../../src/gallery/viewers/text/line-scanner';
import type { TextFile } from '../../../../../src/gallery/viewers/text/text-file';
import { openTextFile } from '../../../../../src/gallery/viewers/text/text-file';

const ENCODERS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'utf-8': (text) => new TextEncoder().encode(text),
  'utf-8 with a mark': (text) => new TextEncoder().encode(`\ufeff${text}`),
  'utf-16le': (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')),
  'utf-16be': (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
};

/** Texts with all kinds of line ends, characters of one to four bytes, and U+FEFF inside. */
const texts = fc
  .array(fc.constantFrom('a', 'b c', '\n', '\r', '\r\n', 'é', '€', '😀', '\ufeff', '\u0a0a', ''), {
    maxLength: 60,
  })
  .map((pieces) => pieces.join(''));

/** Rows are not cut: the longest line has fewer bytes. */
const LONG_ROWS = 10_000;

const signal = new AbortController().signal;

function blobOf(bytes: Uint8Array): Blob {
  return new Blob([Uint8Array.from(bytes)]);
}

/** Opens a text and finds all of its rows. */
async function scanned(bytes: Uint8Array, limits?: ScanLimits): Promise<TextFile> {
  const text = await openTextFile(blobOf(bytes), undefined, limits);
  await text.scan(signal, () => undefined);
  return text;
}

async function rowsOf(text: TextFile): Promise<readonly string[]> {
  const rows: string[] = [];
  for await (const block of text.readBlocks(signal)) {
    expect(block.firstRow).toBe(rows.length);
    rows.push(...block.texts);
  }
  return rows;
}

test.each(Object.keys(ENCODERS))(
  'TextFile reads the same lines in %s from blocks of any size',
  async (encoding) => {
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 40 }), async (content, block) => {
        const text = await scanned(ENCODERS[encoding]!(content), { block, row: LONG_ROWS });
        // Without a byte order mark, U+FEFF at the beginning counts as one and is removed.
        const lines = (encoding === 'utf-8' ? content.replace(/^\ufeff/, '') : content).split(/\r\n|\r|\n/);
        expect(await rowsOf(text)).toEqual(lines);
        expect(text.extent.rowCount).toBe(lines.length);
        await text.load(lines.map((_, row) => row));
        expect(lines.map((_, row) => text.rowAt(row))).toEqual(
          lines.map((line, row) => ({ text: line, number: row + 1 })),
        );
      }),
      { numRuns: 300 },
    );
  },
);

test.each(['utf-8', 'utf-16le', 'utf-16be'] as const)(
  'LineScanner finds the same blocks of %s in parts of any size',
  (encoding) => {
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 90 }),
        fc.record({ block: fc.integer({ min: 1, max: 30 }), row: fc.integer({ min: 8, max: 30 }) }),
        (content, sizes, limits) => {
          const bytes = ENCODERS[encoding]!(content);
          const whole = new LineScanner(encoding, limits);
          whole.add(bytes);
          whole.end();
          const parts = new LineScanner(encoding, limits);
          let at = 0;
          for (const size of [...sizes, bytes.length]) {
            parts.add(bytes.subarray(at, at + size));
            at = Math.min(bytes.length, at + size);
          }
          parts.end();
          expect(parts.blocks).toEqual(whole.blocks);
          expect([parts.rowCount, parts.longestRow]).toEqual([whole.rowCount, whole.longestRow]);
        },
      ),
    );
  },
);

test('TextFile cuts overlong lines between characters, and numbers lines', async () => {
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 8, max: 30 }), async (content, row) => {
      const text = await scanned(ENCODERS['utf-8 with a mark']!(content), { block: 20, row });
      const rows = await rowsOf(text);
      await text.load(rows.map((_, index) => index));
      const lines: string[] = [];
      rows.forEach((_, index) => {
        const { text: piece, number } = text.rowAt(index)!;
        expect(Buffer.byteLength(piece)).toBeLessThan(row + 4 + 3);
        if (number === undefined) lines.push(`${lines.pop()}${piece}`);
        else {
          expect(number).toBe(lines.length + 1);
          lines.push(piece);
        }
        expect(text.numberAt(index)).toBe(lines.length);
      });
      expect(lines).toEqual(content.split(/\r\n|\r|\n/));
    }),
    { numRuns: 300 },
  );
});

test('TextFile keeps a limited number of blocks', async () => {
  const lines = Array.from({ length: 2_000 }, (_, row) => `line ${row}`);
  const text = await scanned(ENCODERS['utf-8']!(lines.join('\n')), { block: 8, row: LONG_ROWS });
  for (let row = 0; row < lines.length; row += 10) await text.load([row]);
  expect(text.rowAt(1_990)?.text).toBe('line 1990');
  expect(text.rowAt(0)).toBeUndefined();
  expect(await text.load([0])).toBe(true);
  expect(await text.load([0])).toBe(false);
  expect(text.rowAt(0)?.text).toBe('line 0');
});

test('openTextFile reads the beginning of a huge file only', async () => {
  let readBytes = 0;
  const huge = {
    size: 40_000_000_000,
    slice: (start: number, end: number) => {
      readBytes += end - start;
      return new Blob([new Uint8Array(end - start).fill(0x61)]);
    },
  } as Blob;
  const text = await openTextFile(huge);
  expect(readBytes).toBeLessThanOrEqual(2 * 1024 * 1024);
  expect(text.extent).toMatchObject({ scannedBytes: 1024 * 1024, isComplete: false });
});

test('TextFile stops its scan after an abort', async () => {
  const aborter = new AbortController();
  const text = await openTextFile(new Blob(['a\n'.repeat(3_000_000)]));
  const scan = text.scan(aborter.signal, () => aborter.abort());
  await expect(scan).rejects.toMatchObject({ name: 'AbortError' });
  expect(text.extent.isComplete).toBe(false);
});

test('openTextFile decodes invalid UTF-8 as Windows-1252', async () => {
  const text = await scanned(Uint8Array.from([0x47, 0x72, 0xfc, 0xdf, 0x65]));
  expect(text).toMatchObject({ encoding: 'windows-1252', isBinary: false });
  expect(await rowsOf(text)).toEqual(['Grüße']);
});

test.each([
  ['a NUL', [0x61, 0, 0x62], true],
  ['control characters', [1, 2, 3, 0x61], true],
  ['the colors of a terminal', [0x1b, 0x5b, 0x33, 0x32, 0x6d, 0x09, 0x0d, 0x0a], false],
  ['nothing', [], false],
])('openTextFile detects binary content in %s', async (_, bytes, isBinary) => {
  expect((await openTextFile(blobOf(Uint8Array.from(bytes)))).isBinary).toBe(isBinary);
});

test('TextFile counts the bad bytes of UTF-8 in all parts', async () => {
  const good = Buffer.from('é'.repeat(500_000));
  const bytes = Buffer.concat([good, Buffer.from([0xff]), good, Buffer.from([0x0a, 0x61, 0xfe])]);
  expect((await scanned(bytes)).extent.badBytes).toBe(2);
});

test('openTextFile decodes with the chosen encoding', async () => {
  const text = await openTextFile(blobOf(Uint8Array.from([0xc3, 0xa9])), 'windows-1252');
  expect(text.encoding).toBe('windows-1252');
  expect(text.rowAt(0)).toEqual({ text: 'Ã©', number: 1 });
});

test('TextFile shows the whole last line after a scan has gone on while its block was read', async () => {
  const bytes = new Blob([`${'a'.repeat(99)}\n`.repeat(11_000), 'the last line']);
  const held: (() => void)[] = [];
  let isHeld = false;
  const slow = {
    size: bytes.size,
    slice: (start: number, end: number) => ({
      arrayBuffer: async () => {
        if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
        return bytes.slice(start, end).arrayBuffer();
      },
    }),
  } as unknown as Blob;
  const text = await openTextFile(slow);
  // In the last block so far, of which more follows.
  const row = text.extent.rowCount - 1;
  isHeld = true;
  const loading = text.load([row]);
  isHeld = false;
  await text.scan(signal, () => undefined);
  held.forEach((release) => release());
  await loading;
  await text.load([row]);
  expect(text.rowAt(row)?.text).toBe('a'.repeat(99));
});
