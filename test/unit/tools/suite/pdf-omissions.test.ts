import { readFileSync } from 'node:fs';
import markOmissions from '../../../../tools/pdf-omissions.cjs';

const parser = readFileSync(require.resolve('pdfjs-dist/legacy/build/pdf.worker.mjs'), 'utf8');

test('The parser of pdf.js is marked in each place where it omits content', () => {
  const marked = markOmissions(parser);
  expect(marked.match(/addOp\(OPS\.markPoint, \["StaplerOmission"\]\)/g)).toHaveLength(10);
  expect(marked).toContain('["StaplerOmission"]); const msg = "Image exceeded maximum allowed size');
});

test('A changed parser of pdf.js is an error', () => {
  expect(() => markOmissions(parser.replace('Image exceeded', 'Image exceeds'))).toThrow(
    'pdf.js has changed',
  );
});
