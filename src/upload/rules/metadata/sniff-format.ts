import type { PictureFormat } from './cleaned';

/** Bytes needed to tell a format. */
export const SNIFFED_BYTES = 64;

/** Brands of the container that HEIC, AVIF and videos share. */
const HEIC_BRANDS: ReadonlySet<string> = new Set([
  'heic',
  'heix',
  'heim',
  'heis',
  'hevc',
  'hevx',
  'mif1',
  'msf1',
]);
const AVIF_BRANDS: ReadonlySet<string> = new Set(['avif', 'avis']);

/** Starts of files, as patterns of single-byte characters. */
const STARTS: readonly (readonly [PictureFormat, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['webp', /^RIFF[^]{4}WEBP/],
  ['gif', /^GIF8[79]a/],
  ['tiff', /^(?:II[*+]\0|MM\0[*+])/],
  ['jpeg-xl', /^(?:\xff\x0a|\0\0\0\x0cJXL )/],
  ['pdf', /^%PDF-/],
  ['video', /^(?:\x1aE\xdf\xa3|RIFF[^]{4}AVI |\0\0\x01\xba|FLV\x01|0&\xb2u)/],
  // Compound files, and zip archives that begin with a part of a document.
  ['office', /^(?:\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|PK\x03\x04[^]{26}(?:\[Content_Types\]|_rels\/|mimetype))/],
];

/** Tells the format of a file by its first bytes. */
export function sniffFormat(start: Uint8Array): PictureFormat | undefined {
  // One character for each byte, with its number.
  const text = String.fromCharCode(...start);
  const known = STARTS.find(([, pattern]) => pattern.test(text))?.[0];
  if (known || text.slice(4, 8) !== 'ftyp') return known;
  const brand = text.slice(8, 12);
  if (HEIC_BRANDS.has(brand)) return 'heic';
  return AVIF_BRANDS.has(brand) ? 'avif' : 'video';
}
