import fc from 'fast-check';
import type { LoadedText, PartBytes, TextParts } from '../../../../../src/gallery/viewers/text/text-parts';
import { openText } from '../../../../../src/gallery/viewers/text/text-parts';

const ENCODERS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'utf-8': (text) => new TextEncoder().encode(text),
  'utf-8 with a mark': (text) => new TextEncoder().encode(`\ufeff${text}`),
  'utf-16le': (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')),
  'utf-16be': (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
};

/** Texts with all kinds of line ends, characters of one to four bytes, and U+FEFF inside. */
const text = fc
  .array(fc.constantFrom('a', 'b c', '\n', '\r', '\r\n', 'é', '€', '😀', '\ufeff', '\u0a0a', ''), {
    maxLength: 60,
  })
  .map((pieces) => pieces.join(''));

const partBytes: fc.Arbitrary<PartBytes> = fc.record({
  whole: fc.integer({ min: 0, max: 40 }),
  // The encoding is detected from the first bytes.
  head: fc.integer({ min: 4, max: 40 }),
  tail: fc.integer({ min: 0, max: 40 }),
  more: fc.integer({ min: 1, max: 40 }),
});

/** Loads a text by parts, or the rest of it at once after the first part. */
async function loadAll(parts: TextParts, byParts: boolean): Promise<LoadedText> {
  if (!byParts) {
    await parts.loadMore();
    return parts.loadAll(new AbortController().signal);
  }
  while (parts.loaded.missingBytes > 0) await parts.loadMore();
  return parts.loaded;
}

function blobOf(bytes: Uint8Array): Blob {
  return new Blob([Uint8Array.from(bytes)]);
}

test.each(Object.keys(ENCODERS))(
  'openText returns the same text in %s for parts of any size',
  async (encoding) => {
    await fc.assert(
      fc.asyncProperty(text, partBytes, fc.boolean(), async (content, sizes, byParts) => {
        const bytes = ENCODERS[encoding]!(content);
        const parts = await openText(blobOf(bytes), sizes);
        // Without a byte order mark, U+FEFF at the beginning counts as one and is removed.
        const lines = (encoding === 'utf-8' ? content.replace(/^\ufeff/, '') : content).split(/\r\n|\r|\n/);
        const [cut = '', ...whole] = parts.loaded.tail;
        expect(lines.slice(lines.length - whole.length)).toEqual(whole);
        expect(lines.at(-1 - whole.length)).toMatch(new RegExp(`${cut}$`, 'u'));
        expect((await loadAll(parts, byParts)).head).toEqual(lines);
        expect(parts.loaded.tail).toEqual([]);
      }),
      { numRuns: 300 },
    );
  },
);

test('openText loads the end at once, from a whole line on', async () => {
  const lines = Array.from({ length: 1000 }, (_, index) => `line ${index} ${'é'.repeat(index % 7)}`);
  const parts = await openText(blobOf(ENCODERS['utf-8']!(lines.join('\r\n'))), {
    whole: 100,
    head: 95,
    tail: 200,
    more: 1000,
  });
  const { head, tail, missingBytes } = parts.loaded;
  expect(lines.join('\n').startsWith(head.join('\n'))).toBe(true);
  expect(tail).toEqual(lines.slice(-tail.length));
  expect(tail.length).toBeGreaterThan(5);
  expect(missingBytes).toBeGreaterThan(10_000);
});

test('openText reads only the visible parts', async () => {
  let readBytes = 0;
  const huge = {
    size: 40_000_000_000,
    slice: (start: number, end: number) => {
      readBytes += end - start;
      return new Blob([new Uint8Array(end - start).fill(0x61)]);
    },
  } as Blob;
  const parts = await openText(huge);
  expect(readBytes).toBe(1024 * (512 + 128));
  expect(parts.loaded.missingBytes).toBe(huge.size - readBytes);
  await parts.loadMore();
  expect(readBytes).toBe(1024 * (512 + 128 + 1024));
});

test('openText decodes invalid UTF-8 as Windows-1252', async () => {
  const { loaded } = await openText(blobOf(Uint8Array.from([0x47, 0x72, 0xfc, 0xdf, 0x65])));
  expect(loaded).toMatchObject({ head: ['Grüße'], encoding: 'windows-1252', isBinary: false });
});

test('openText detects UTF-8 despite a split character at the end of the first part', async () => {
  const sizes = { whole: 0, head: 4, tail: 0, more: 9 };
  const { loaded } = await openText(blobOf(ENCODERS['utf-8']!('abc€ and more')), sizes);
  expect(loaded.encoding).toBe('utf-8');
});

test.each([
  ['a NUL', [0x61, 0, 0x62], true],
  ['control characters', [1, 2, 3, 0x61], true],
  ['the colors of a terminal', [0x1b, 0x5b, 0x33, 0x32, 0x6d, 0x09, 0x0d, 0x0a], false],
  ['nothing', [], false],
])('openText detects binary content in %s', async (_, bytes, isBinary) => {
  expect((await openText(blobOf(Uint8Array.from(bytes)))).loaded.isBinary).toBe(isBinary);
});

test('openText counts bad bytes of UTF-8 in all loaded parts', async () => {
  const good = Buffer.from('é'.repeat(50));
  const bytes = Buffer.concat([good, Buffer.from([0xff]), good, Buffer.from([0x0a, 0x61, 0xfe])]);
  const parts = await openText(blobOf(bytes), { whole: 0, head: 91, tail: 20, more: 30 });
  expect(parts.loaded).toMatchObject({ encoding: 'utf-8', badBytes: 1 });
  expect(await loadAll(parts, true)).toMatchObject({ badBytes: 2 });
});

test('openText decodes with the chosen encoding', async () => {
  const { loaded } = await openText(blobOf(Uint8Array.from([0xc3, 0xa9])), undefined, 'windows-1252');
  expect(loaded).toMatchObject({ head: ['Ã©'], encoding: 'windows-1252', badBytes: 0 });
});
