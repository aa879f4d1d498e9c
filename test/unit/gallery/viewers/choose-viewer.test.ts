/** @jest-environment jsdom */
import '../../../helpers/browser-parts';
import { hasViewer } from '../../../../src/gallery/model/file-formats';
import { chooseViewer } from '../../../../src/gallery/viewers/choose-viewer';

// Only the names of the viewers are tested, and these need more than jsdom offers.
jest.mock('../../../../src/gallery/viewers/archive/open-archive', () => ({}));
jest.mock('azure-devops-ui/Button', () => ({}));
jest.mock('pdfjs-dist/legacy/build/pdf.mjs', () => ({ PDFDataRangeTransport: Object }));

test.each([
  ['photo.PNG', 'ImageViewer'],
  ['drawing.svg', 'ImageViewer'],
  ['scan.tiff', 'ImageViewer'],
  ['film.mp4', 'MediaViewer'],
  ['song.mp3', 'MediaViewer'],
  ['paper.pdf', 'PdfViewer'],
  ['build.log', 'TextViewer'],
  ['page.html', 'TextViewer'],
  ['results.trx', 'ResultsViewer'],
  ['TEST-shop.XML', 'ResultsViewer'],
  ['readme.md', 'MarkdownViewer'],
  ['table.csv', 'TableViewer'],
  ['table.tsv', 'TableViewer'],
  ['data.json', 'JsonViewer'],
  ['events.ndjson', 'JsonViewer'],
  ['network.HAR', 'HarViewer'],
  ['Analysis.ipynb', 'NotebookViewer'],
  ['a.zip', 'ArchiveViewer'],
  ['package.nupkg', 'ArchiveViewer'],
  ['report.docx', 'WordViewer'],
  ['macros.DOCM', 'WordViewer'],
  ['template.dotm', 'WordViewer'],
  ['plan.pptx', 'SlidesViewer'],
  ['show.ppsx', 'SlidesViewer'],
  ['template.potx', 'SlidesViewer'],
  ['sheet.xlsx', 'WorkbookViewer'],
  ['macros.XLSM', 'WorkbookViewer'],
  ['template.xltx', 'WorkbookViewer'],
  ['sheet.ods', 'ArchiveViewer'],
  ['mail.eml', 'EmailViewer'],
  ['mail.msg', 'EmailViewer'],
])('chooseViewer shows %s with %s', async (name, viewer) => {
  expect((await chooseViewer(name)?.())?.name).toBe(viewer);
  expect(hasViewer(name)).toBe(true);
});

test.each(['old.doc', 'old.xls', 'a.7z', 'a.tar', 'a.gz', 'a.rar', 'program.exe', 'unknown', ''])(
  'chooseViewer has no viewer for %j',
  (name) => {
    expect(chooseViewer(name)).toBeUndefined();
    expect(hasViewer(name)).toBe(false);
  },
);
