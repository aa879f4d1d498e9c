import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;

/**
 * Returns the text of a page, as far as it can be read. Never rejects.
 *
 * Not by `getTextContent`: it iterates over a stream, which Safari before 27 and Chromium before 124 cannot.
 */
export async function readPageText(page: Pick<PDFPageProxy, 'streamTextContent'>): Promise<string> {
  let text = '';
  try {
    const reader = (page.streamTextContent() as ReadableStream<TextContent>).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text;
      for (const item of value.items) if ('str' in item) text += item.str + (item.hasEOL ? '\n' : '');
    }
  } catch {
    return text;
  }
}
