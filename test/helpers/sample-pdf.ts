import { zlibSync } from 'fflate';

/** A page of a sample PDF. */
export interface SamplePage {
  readonly text: string;
}

/**
 * A PDF with one line of text on each page, and with hostile content: a script on opening, a link to another site
 * across the first page, and a name with bidirectional control characters.
 */
export function samplePdf(texts: readonly string[]): Buffer {
  const pageIds = texts.map((_, index) => 5 + 2 * index);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\("opened"\\); window.hacked = true;) >> >>',
    `<< /Type /Pages /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] /Count ${texts.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    '<< /Type /Annot /Subtype /Link /Rect [0 0 612 792] /A << /S /URI /URI (https://example.invalid/from-pdf) >> >>',
    ...texts.flatMap((text, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${6 + 2 * index} 0 R${index === 0 ? ' /Annots [4 0 R]' : ''} >>`,
      streamOf(`BT /F1 36 Tf 72 700 Td (${text}) Tj ET 72 690 300 2 re f`),
    ]),
  ];
  return writePdf(objects, '');
}

/** A PDF of one page with these resources and this content. Further objects begin with number 5. `attributes` are those of the content. */
function pagePdf(resources: string, content: string, others: readonly string[], attributes = ''): Buffer {
  return writePdf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << ${resources} >> /Contents 4 0 R >>`,
      streamOf(content, attributes),
      ...others,
    ],
    '',
  );
}

/** A PDF with a page of words, each at its own position. */
export function crowdedPdf(words: number): Buffer {
  const place = (index: number): string => `1 0 0 1 ${(index * 37) % 600} ${(index * 53) % 790} Tm (w) Tj`;
  const content = Array.from({ length: words }, (_, index) => place(index)).join('\n');
  return pagePdf('/Font << /F1 5 0 R >>', `BT /F1 6 Tf ${content} ET`, [
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]);
}

/** A PDF with a page of these lines. It is stored lying down, to be shown rotated by 90°, like a scan. */
export function rotatedPdf(lines: readonly string[]): Buffer {
  return writePdf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate 90 /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
      streamOf(`BT /F1 24 Tf 0 1 -1 0 72 72 Tm ${lines.map((line) => `(${line}) Tj 0 -60 Td`).join(' ')} ET`),
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ],
    '',
  );
}

/**
 * A PDF in Japanese, as office programs write it: its fonts are not embedded, and their encodings are predefined
 * character maps. It reads 日本語 in UniJIS-UCS2-H and 東京 in 90ms-RKSJ-H.
 */
export function japanesePdf(): Buffer {
  const fontOf = (encoding: string): string =>
    `<< /Type /Font /Subtype /Type0 /BaseFont /MS-Gothic /Encoding /${encoding} /DescendantFonts [7 0 R] >>`;
  return pagePdf(
    '/Font << /F1 5 0 R /F2 6 0 R >>',
    'BT /F1 36 Tf 72 700 Td <65E5672C8A9E> Tj /F2 36 Tf 0 -60 Td <938C8B9E> Tj ET',
    [
      fontOf('UniJIS-UCS2-H'),
      fontOf('90ms-RKSJ-H'),
      '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MS-Gothic /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor 8 0 R >>',
      '<< /Type /FontDescriptor /FontName /MS-Gothic /Flags 4 /FontBBox [0 -137 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -137 /CapHeight 769 /StemV 78 >>',
    ],
  );
}

/**
 * A JPEG 2000 picture of 16 × 16 pixels: red, green, blue and yellow quarters. Encoded once with `opj_compress -n 1` of
 * OpenJPEG 2.5.0 from a PPM file written by a script.
 */
const JPEG_2000 =
  '/0//UQAvAAAAAAAQAAAAEAAAAAAAAAAAAAAAEAAAABAAAAAAAAAAAAADBwEBBwEBBwEB/1IADAAAAAEBAAQEAAH/XAAEQED/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAD8AAH/k8fUuBFQVK8iWQgzp5gAYR5inEfcpoj7lNEfcpoj7lNEfcpokASPAAwjzFOI+5TRH3KaI+5TRH3KaI+5TRIS/y7/QAAAAYRrD7H6KcI+5TRH3KaI+5TRH3KaI+5TRIS/34IQOw0NKcbhF14AACiV0NJfNuSQAAMJCX/GkEgAADCQl/8aHRAAAADCQl/lHIAAGEhL/kg2AAAMJCX+lhgAAAwkJf9/34I4FABbQ9h974ho+F/mDEADCPMU4j7lNEg9294mOPIxmOdVtNqXAAAYRzj/D9FOEfcpokIM2HiVEAABhISzL7WIgAAMJCVd/3//2Q==';

/** A PDF whose page is one JPEG 2000 picture. */
export function jpeg2000Pdf(): Buffer {
  const data = Buffer.from(JPEG_2000, 'base64').toString('latin1');
  return picturePdf(
    '/Width 16 /Height 16 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /JPXDecode',
    data,
  );
}

/** A PDF whose page is one picture of 400 million pixels, which nothing should decode. */
export function hugePicturePdf(): Buffer {
  return picturePdf('/Width 20000 /Height 20000 /ColorSpace /DeviceGray /BitsPerComponent 8', '');
}

/** A PDF whose page is one picture that cannot be decoded. */
export function damagedPicturePdf(): Buffer {
  return picturePdf(
    '/Width 16 /Height 16 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /JPXDecode',
    'no picture',
  );
}

/** A PDF whose compressed page content ends too early. */
export function cutContentPdf(): Buffer {
  const lines = Array.from({ length: 200 }, (_, index) => `0 -3 Td (${(index * 7919) % 1009}) Tj `).join('');
  const packed = Buffer.from(zlibSync(Buffer.from(`BT /F1 3 Tf 72 700 Td ${lines} ET`)));
  return pagePdf(
    '/Font << /F1 5 0 R >>',
    packed.subarray(0, packed.length / 2).toString('latin1'),
    ['<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
    '/Filter /FlateDecode',
  );
}

/** A PDF with a rectangle, and with another one without its height. */
export function damagedContentPdf(): Buffer {
  return pagePdf('', '72 700 50 50 re f 200 700 50 re f', []);
}

/** A PDF whose page has text in a Type 3 font. Only one of its two glyphs exists. */
export function missingGlyphPdf(): Buffer {
  return pagePdf('/Font << /F1 5 0 R >>', 'BT /F1 36 Tf 72 700 Td (ab) Tj ET', [
    '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 98 /Widths [1000 1000] /Encoding << /Differences [97 /square /triangle] >> /CharProcs << /square 6 0 R >> /Resources << >> >>',
    streamOf('1000 0 0 0 750 750 d1 0 0 750 750 re f'),
  ]);
}

/**
 * A JPEG of 64 × 64 pixels. Encoded once by `canvas.toBlob` of a browser from squares in many colors.
 */
const JPEG =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCABAAEADASIAAhEBAxEB/8QAGwAAAwEBAQEBAAAAAAAAAAAAAQIEAwUGAAf/xAAvEAEAAgEDAwIDBgcAAAAAAAABAAIDESFxElKRBAVBU5IGEyJhYnIUNDWBgrGy/8QAGAEBAQEBAQAAAAAAAAAAAAAABAMGAgX/xAAnEQACAgIABQQCAwAAAAAAAAABAgADESETIzFBcQQSFLEiUWHB8f/aAAwDAQACEQMRAD8A/P5ThrVxC1F4hw0q4hai8TTQNg0ImthR+bDOZyrZOIvRXtPEpw4sbiFx0X9pGw0q4xai8TQA2DQikdauaRkHt53FoQdYmf3OL5dPpJ99zi+XT6SXYaVcQtReI3RTsr4nPqavegcazG1Ff1J8Pp8DiFw41/aR/wCGwfIx/QTYA2DQlOGlXELUXiQWxbeUBgj+tR6BBvE4foqVfS0Wou/w/ObdFOyviZeh/lKf3/2zo4aVcQtReJRLVvUVAdP8mMLe1zJADYNCVYaVcQtReI/RTtr4hANg0IEv8dyzbHSNrfIg0DYNCVYaVcYtReIcNKuMWovEfQNg0JdLuHzW2D28xtbZ1F6KdlfEOgbBoSvDSriFqLxG6KdlfEn6issgdTjMfVZ2nnPa6Vfb8S1F3+H5ss0DYNCD2SlX2rCtRfxfD9TLuinZXxKXUnhhgcTFGzmsPP3M8NKuMWovEfop2V8RgDYNCVYaVcQtReJAWC7lY2O/jUXW+NyPQNg0JVhpVxi1F4mnRTsr4hANg0IAv8dyzbHSehW+YADYNCU4aVcQtReIcNKuIWovE00DYNCWS7h81tg9vMdW2dTzHsf9Jwf5f9M7GGlXELUXiQ/Z2lX2T061F/F8P1M6egbBoS4s4B97bExdrZucfyfuJ0U7a+IQDYNCV4aVcYtReI/RTsr4k/UVlkDqcZiarO0zw0q4xai8RuinbXxG0DYNCVYaVcYtReIYWC7lY2O/jUfW+NyQA2DQlOGlXGLUXiadFOyviHQNg0IAv8dyzbHSejW+Z//Z';

/** A PDF whose page is one picture. A part of it is missing at the end if `isCut`. */
export function jpegPdf(isCut: boolean): Buffer {
  const data = Buffer.from(JPEG, 'base64');
  return picturePdf(
    '/Width 64 /Height 64 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode',
    data.subarray(0, isCut ? data.length * 0.8 : data.length).toString('latin1'),
  );
}

/** A PDF of one page that is a picture with these attributes and this data. */
export function picturePdf(attributes: string, data: string): Buffer {
  return pagePdf('/XObject << /I1 5 0 R >>', 'q 612 0 0 792 0 0 cm /I1 Do Q', [
    streamOf(data, `/Type /XObject /Subtype /Image ${attributes}`),
  ]);
}

/** A PDF that opens at once, and whose page takes a minute to parse: a font repeats its widths 60,000 times. */
export function slowPdf(): Buffer {
  return pagePdf('/Font << /F1 5 0 R >>', 'BT /F1 36 Tf 72 700 Td <0001> Tj ET', [
    '<< /Type /Font /Subtype /Type0 /BaseFont /Slow /Encoding /Identity-H /DescendantFonts [6 0 R] >>',
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Slow /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [${'0 999999 5 '.repeat(60_000)}] /FontDescriptor 7 0 R >>`,
    '<< /Type /FontDescriptor /FontName /Slow /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
  ]);
}

/** A PDF with an unknown password: its keys are random. */
export function lockedPdf(): Buffer {
  const key = '<'.padEnd(65, '4b') + '>';
  return writePdf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [] /Count 0 >>',
      `<< /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -44 >>`,
    ],
    ' /Encrypt 3 0 R /ID [<00> <00>]',
  );
}

function streamOf(content: string, attributes = ''): string {
  return `<< /Length ${content.length} ${attributes} >>\nstream\n${content}\nendstream`;
}

/** Objects are numbered from 1 in their order; the first is the catalog. */
function writePdf(objects: readonly string[], trailer: string): Buffer {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const size = objects.length + 1;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R${trailer} >>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1',
  );
}
