import { openInWorker } from '../../../../../src/gallery/viewers/pdf/open-in-worker';
import { openPdf } from '../../../../../src/gallery/viewers/pdf/open-pdf';
import { startParser } from '../../../../../src/gallery/viewers/pdf/start-parser';

jest.mock('../../../../../src/gallery/viewers/pdf/open-pdf', () => ({ openPdf: jest.fn() }));
jest.mock('../../../../../src/gallery/viewers/pdf/start-parser', () => ({ startParser: jest.fn() }));

const FILE = new Blob(['%PDF']);

/** Signals of the parser and of the document, which are the same. */
function signals(): unknown[] {
  return [jest.mocked(startParser).mock.lastCall?.[0], jest.mocked(openPdf).mock.lastCall?.[1]];
}

afterEach(() => jest.useRealTimers());

test('openInWorker opens a file with a parser of its own, and closes both after an abort', async () => {
  const opened = { numPages: 1 };
  jest.mocked(openPdf).mockResolvedValue(opened as never);
  const aborter = new AbortController();
  expect(await openInWorker(FILE, aborter.signal)).toBe(opened);
  expect(signals()).toMatchObject([{ aborted: false }, { aborted: false }]);
  aborter.abort();
  expect(signals()).toMatchObject([{ aborted: true }, { aborted: true }]);
});

test('openInWorker gives up a file that never opens, and ends its parser', async () => {
  jest.useFakeTimers();
  jest.mocked(openPdf).mockReturnValue(new Promise(() => undefined));
  const opening = expect(openInWorker(FILE, new AbortController().signal)).rejects.toMatchObject({
    kind: 'slow-pdf',
  });
  await jest.advanceTimersByTimeAsync(30_000);
  await opening;
  expect(signals()).toMatchObject([{ aborted: true }, { aborted: true }]);
});

test('openInWorker ends the parser of a file that cannot be opened', async () => {
  jest.mocked(openPdf).mockRejectedValue(new Error('No PDF.'));
  await expect(openInWorker(FILE, new AbortController().signal)).rejects.toThrow('No PDF.');
  expect(signals()).toMatchObject([{ aborted: true }, { aborted: true }]);
});
