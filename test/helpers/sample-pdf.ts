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

function streamOf(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
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
