import { strToU8, zipSync } from 'fflate';

/** Content of a part: XML without its head, or bytes. */
export type SamplePart = string | Uint8Array;

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Namespaces of the elements in the samples. */
export const NAMESPACES = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"',
  'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:o="urn:schemas-microsoft-com:office:office"',
  `xmlns:r="${TYPES}"`,
].join(' ');

/** Relationship of a sample: id, last part of its type, target. `external` for a target outside of the file. */
export type SampleRelationship = readonly [id: string, type: string, target: string, mode?: 'external'];

/** List of relationships, as a part. */
export function relationshipsOf(relationships: readonly SampleRelationship[]): string {
  const tags = relationships.map(
    ([id, type, target, mode]) =>
      `<Relationship Id="${id}" Type="${TYPES}/${type}" Target="${target}"${mode ? ' TargetMode="External"' : ''}/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${tags.join('')}</Relationships>`;
}

/** A zip of these parts by path, with the head of XML where it is missing. */
export function officeZipOf(parts: Readonly<Record<string, SamplePart>>): Buffer {
  const entries = Object.entries(parts).map(([path, content]) => [
    path,
    typeof content === 'string' ? strToU8(content.startsWith('<?') ? content : HEAD + content) : content,
  ]);
  return Buffer.from(
    zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>, {
      mtime: new Date(2026, 2, 14, 15, 9, 26),
    }),
  );
}

/** Parts of every file: the types of content, and the main part. */
export function officeParts(mainPath: string): Record<string, string> {
  return {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relationshipsOf([['main', 'officeDocument', mainPath]]),
  };
}
