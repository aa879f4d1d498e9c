import type { PageText } from '../../../../../src/gallery/viewers/pdf/page-text';
import { MAX_RUNS, readPageText } from '../../../../../src/gallery/viewers/pdf/page-text';

/** Page with these texts, in a stream that cannot be iterated, as in Safari before 27. */
function pageOf(texts: readonly string[], end: (stream: ReadableStreamDefaultController) => void) {
  const chunks = texts.map((str, index) => ({
    items: [{ type: 'beginMarkedContent' }, { str, hasEOL: index % 2 === 1, fontName: 'f1' }],
    styles: { f1: { fontFamily: 'serif' } },
  }));
  const stream = new ReadableStream({
    pull(controller) {
      const next = chunks.shift();
      if (next) controller.enqueue(next);
      else end(controller);
    },
  });
  Object.defineProperty(stream, Symbol.asyncIterator, { value: undefined });
  return { streamTextContent: () => stream };
}

function startsOf({ runs }: PageText): readonly [text: string, start: number][] {
  return runs.map(({ text, start }) => [text, start]);
}

test('readPageText joins the texts of a stream without an iterator', async () => {
  const read = await readPageText(pageOf(['Hello ', 'world', 'Bye'], (stream) => stream.close()));
  expect(read).toMatchObject({ text: 'Hello world\nBye', isPartial: false });
  expect(startsOf(read)).toEqual([
    ['Hello ', 0],
    ['world', 6],
    ['Bye', 12],
  ]);
  expect(read.runs[0]?.style).toEqual({ fontFamily: 'serif' });
});

test('readPageText makes control characters visible and keeps the positions', async () => {
  const read = await readPageText(pageOf(['a\u202eb', 'c'], (stream) => stream.close()));
  expect(startsOf(read)).toEqual([
    ['a⟨U+202E⟩b', 0],
    ['c', 10],
  ]);
});

test('readPageText returns the text before a damaged part', async () => {
  const page = pageOf(['Hello'], (stream) => stream.error(new Error('Damaged.')));
  expect(await readPageText(page)).toMatchObject({ text: 'Hello', isPartial: true });
});

test('readPageText returns nothing for a page without a text stream', async () => {
  const streamTextContent = (): never => {
    throw new Error('Damaged.');
  };
  expect(await readPageText({ streamTextContent })).toEqual({ text: '', runs: [], isPartial: true });
});

test('readPageText stops at MAX_RUNS, and after an abort', async () => {
  const cancel = jest.fn();
  const endless = (): { streamTextContent: () => ReadableStream } => ({
    streamTextContent: () =>
      new ReadableStream({
        pull: (controller) =>
          controller.enqueue({ items: [{ str: 'x', hasEOL: false, fontName: 'f' }], styles: {} }),
        cancel,
      }),
  });
  const read = await readPageText(endless());
  expect(read).toMatchObject({ isPartial: true });
  expect(read.runs).toHaveLength(MAX_RUNS);
  expect(cancel).toHaveBeenCalledTimes(1);

  const aborter = new AbortController();
  const reading = readPageText(endless(), aborter.signal);
  aborter.abort();
  expect((await reading).isPartial).toBe(true);
  expect(cancel).toHaveBeenCalledTimes(2);
});
