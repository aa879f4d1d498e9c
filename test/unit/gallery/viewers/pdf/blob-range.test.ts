import { BlobRange, openPdf } from '../../../../../src/gallery/viewers/pdf/open-pdf';

const mockReceived = jest.fn();
const mockGetDocument = jest.fn();

// The library needs a module of a browser.
jest.mock('pdfjs-dist/legacy/build/pdf.mjs', () => ({
  getDocument: (options: unknown): unknown => mockGetDocument(options),
  PDFDataRangeTransport: class {
    onDataRange(begin: number, chunk: Uint8Array): void {
      mockReceived(begin, [...chunk]);
    }
  },
}));

/** A file whose bytes arrive when `arrive` is called. */
function slowFile() {
  let arrive = (): void => undefined;
  const read = new Promise<ArrayBuffer>((resolve) => {
    arrive = () => resolve(Uint8Array.from([0x62, 0x63]).buffer);
  });
  const bytes = { size: 6, slice: () => ({ arrayBuffer: () => read }) } as unknown as Blob;
  return { bytes, arrive, read };
}

beforeEach(() => mockReceived.mockClear());

test('BlobRange hands the requested bytes to the library', async () => {
  const { bytes, arrive, read } = slowFile();
  new BlobRange(bytes).requestDataRange(1, 3);
  arrive();
  await read;
  expect(mockReceived.mock.calls).toEqual([[1, [0x62, 0x63]]]);
});

test('BlobRange hands over nothing after the document is closed', async () => {
  const { bytes, arrive, read } = slowFile();
  const range = new BlobRange(bytes);
  range.requestDataRange(1, 3);
  range.abort();
  arrive();
  await read;
  expect(mockReceived).not.toHaveBeenCalled();
});

test.each(['is closed', 'cannot be opened'])('a PDF that %s drops pending bytes at once', async (end) => {
  const { bytes, arrive, read } = slowFile();
  const never = new Promise<never>(() => undefined);
  const isClosed = end === 'is closed';
  mockGetDocument.mockImplementation(({ range }: { range: BlobRange }) => {
    range.requestDataRange(1, 3);
    return { promise: isClosed ? never : Promise.reject(new Error('Damaged')), destroy: () => never };
  });
  const closing = new AbortController();
  const opening = openPdf(bytes, closing.signal);
  if (isClosed) closing.abort();
  else await expect(opening).rejects.toThrow();
  arrive();
  await read;
  expect(mockReceived).not.toHaveBeenCalled();
});
