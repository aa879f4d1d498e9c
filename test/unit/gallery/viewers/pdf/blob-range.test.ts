import { BlobRange } from '../../../../../src/gallery/viewers/pdf/open-pdf';

const mockReceived = jest.fn();

// The library needs a module of a browser.
jest.mock('pdfjs-dist/legacy/build/pdf.mjs', () => ({
  PDFDataRangeTransport: class {
    onDataRange(begin: number, chunk: Uint8Array): void {
      mockReceived(begin, [...chunk]);
    }
  },
}));

/** Requests the second and the third byte of a file. */
async function request(act: (range: BlobRange) => void): Promise<void> {
  const read = Promise.resolve(Uint8Array.from([0x62, 0x63]).buffer);
  const bytes = { size: 6, slice: () => ({ arrayBuffer: () => read }) } as unknown as Blob;
  const range = new BlobRange(bytes);
  range.requestDataRange(1, 3);
  act(range);
  await read;
}

beforeEach(() => mockReceived.mockClear());

test('BlobRange hands the requested bytes to the library', async () => {
  await request(() => undefined);
  expect(mockReceived.mock.calls).toEqual([[1, [0x62, 0x63]]]);
});

test('BlobRange hands over nothing after the document is closed', async () => {
  await request((range) => range.abort());
  expect(mockReceived).not.toHaveBeenCalled();
});
