import type { ThumbnailPlace } from '../../../../src/gallery/model/thumbnail-limits';
import { maxCostOf, readLimitsOf } from '../../../../src/gallery/model/thumbnail-limits';
import { attachedFile } from './files';

const MIB = 1024 * 1024;

describe('readLimitsOf', () => {
  test.each([
    ['photo.png', { maxBytes: 24 * MIB }],
    ['report.pdf', { maxBytes: 4 * MIB }],
    ['sources.zip', { maxBytes: 4 * MIB }],
    ['build.log', { maxBytes: 4 * MIB, headBytes: 64 * 1024 }],
    ['notes.md', { maxBytes: 4 * MIB, headBytes: 64 * 1024 }],
    ['table.csv', { maxBytes: 4 * MIB, headBytes: 64 * 1024 }],
    ['recording.mp4', { maxBytes: 2 * MIB, headBytes: 2 * MIB }],
  ])('limits the reads for %s', (name, limits) => {
    expect(readLimitsOf(attachedFile(name), 'cards')).toEqual(limits);
  });

  test.each([
    'drawing.svg',
    'old.avi',
    'backup.7z',
    'table.xlsx',
    'letter.docx',
    'song.mp3',
    'mail.eml',
    'x.bin',
  ])('leaves the icon to %s', (name) => expect(readLimitsOf(attachedFile(name), 'cards')).toBeUndefined());

  test.each<[string, ThumbnailPlace, number | undefined]>([
    ['photo.png', 'strip', 4 * MIB],
    ['photo.png', 'rows', 24 * MIB],
    ['report.pdf', 'rows', 4 * MIB],
    ['build.log', 'rows', undefined],
    ['sources.zip', 'rows', undefined],
  ])('reads %s in the %s up to %s bytes', (name, place, maxBytes) => {
    expect(readLimitsOf(attachedFile(name), place)?.maxBytes).toBe(maxBytes);
  });
});

describe('maxCostOf', () => {
  test.each([
    ['a small picture', 100, { maxBytes: 400 }, 100],
    ['a picture of unknown size', undefined, { maxBytes: 400 }, 400],
    ['a picture that is too large', 401, { maxBytes: 400 }, undefined],
    ['a text that a server may send as a whole', 300, { maxBytes: 400, headBytes: 50 }, 300],
    ['the beginning of a large text', 4_000, { maxBytes: 400, headBytes: 50 }, 50],
  ])('is right for %s', (_, size, limits, cost) => {
    expect(maxCostOf(attachedFile('any.txt', { size }), limits)).toBe(cost);
  });
});
