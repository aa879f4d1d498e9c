/** @jest-environment jsdom */
import fc from 'fast-check';
import { addChunk, captureName, NO_CHUNKS } from '../../../../src/entries/capture/capture-state';
import { formatElapsed } from '../../../../src/entries/capture/capture-sentences';
import { readMessage } from '../../../../src/upload/capture/protocol';

const blobOf = (size: number): Blob => ({ size }) as Blob;

describe('addChunk', () => {
  it('never exceeds the limit, and keeps the chunks in their order without a gap', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000)), fc.integer({ min: 1, max: 10_000 }), (sizes, limit) => {
        const blobs = sizes.map(blobOf);
        const chunks = blobs.reduce((before, blob) => addChunk(before, blob, limit), NO_CHUNKS);
        expect(chunks.bytes).toBeLessThanOrEqual(limit);
        expect(chunks.bytes).toBe(chunks.blobs.reduce((sum, { size }) => sum + size, 0));
        expect(chunks.blobs).toEqual(blobs.slice(0, chunks.blobs.length));
      }),
    );
  });

  it('is full before the limit while there is room for the chunk after the stop', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 1_000 }),
        fc.integer({ min: 3_000, max: 20_000 }),
        (size, limit) => {
          let chunks = NO_CHUNKS;
          while (!chunks.isFull) chunks = addChunk(chunks, blobOf(size), limit);
          const last = addChunk(chunks, blobOf(size), limit);
          expect(last.blobs).toHaveLength(chunks.blobs.length + 1);
          expect(last.bytes).toBeGreaterThan(limit - 2 * size);
        },
      ),
    );
  });
});

test.each([
  ['image', 'image/png', 'Screenshot 2026-02-03 at 04.05.06.png'],
  ['recording', 'video/webm', 'Recording 2026-02-03 at 04.05.06.webm'],
  ['recording', 'video/mp4', 'Recording 2026-02-03 at 04.05.06.mp4'],
] as const)('The name of an %s of type %s is %s, and the form accepts it', (kind, type, name) => {
  expect(captureName(kind, type, new Date(2026, 1, 3, 4, 5, 6))).toBe(name);
  const file = new File(['x'], name, { type });
  expect(readMessage({ captureId: 'a', type: 'file', file }, 'a')).toBeDefined();
});

test.each([
  [0, '0:00'],
  [7_900, '0:07'],
  [760_000, '12:40'],
])('formatElapsed of %d ms is %s', (elapsedMs, text) => {
  expect(formatElapsed(elapsedMs)).toBe(text);
});
