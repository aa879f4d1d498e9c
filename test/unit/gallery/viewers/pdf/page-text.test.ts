import { readPageText } from '../../../../../src/gallery/viewers/pdf/page-text';

/** Page with these texts, in a stream that cannot be iterated, as in Safari before 27. */
function pageOf(texts: readonly string[], end: (stream: ReadableStreamDefaultController) => void) {
  const chunks = texts.map((str, index) => ({
    items: [{ type: 'beginMarkedContent' }, { str, hasEOL: index % 2 === 1 }],
    styles: {},
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

test('readPageText joins the texts of a stream without an iterator', async () => {
  const page = pageOf(['Hello ', 'world', 'Bye'], (stream) => stream.close());
  expect(await readPageText(page)).toBe('Hello world\nBye');
});

test('readPageText returns the text before a damaged part', async () => {
  const page = pageOf(['Hello'], (stream) => stream.error(new Error('Damaged.')));
  expect(await readPageText(page)).toBe('Hello');
});

test('readPageText returns nothing for a page without a text stream', async () => {
  const streamTextContent = (): never => {
    throw new Error('Damaged.');
  };
  expect(await readPageText({ streamTextContent })).toBe('');
});
