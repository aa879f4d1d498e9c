import { zipManifest } from '../../../../src/gallery/model/zip-manifest';
import { attachedFile } from './files';

test('zipManifest escapes spreadsheet formulas in names, paths, authors and reasons', () => {
  const file = attachedFile('=1+1.txt', { comment: 'see;=2+2', folder: '=3+3', addedBy: '@SUM(3)' });
  const [, line] = zipManifest([{ file, outcome: { path: '-4.txt', size: 1 } }]).split('\r\n');
  expect(line).toMatch(/^'-4\.txt,'=1\+1\.txt,7,1,,'@SUM\(3\),see;'=2\+2,'=3\+3,https:/);
  expect(zipManifest([{ file, outcome: { reason: 'a;=5+5' } }])).toContain("not read: a;'=5+5");
});
