import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { makeVisible } from '../../../base/visible-text';

type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;
type TextItem = Extract<TextContent['items'][number], { readonly str: string }>;

/** Style of the text in one font. */
export type TextStyle = TextContent['styles'][string];

/** A piece of text on a page, in one font and direction. */
export interface TextRun extends Pick<TextItem, 'dir' | 'width' | 'height' | 'transform'> {
  /** Without control characters. */
  readonly text: string;
  /** Offset in the text of the page, in UTF-16 units. */
  readonly start: number;
  readonly style: TextStyle | undefined;
  /** Whether a line ends after it. */
  readonly hasEnd: boolean;
}

/** Text of a page. */
export interface PageText {
  /** Texts of all runs, with a line feed after each line. */
  readonly text: string;
  readonly runs: readonly TextRun[];
  /** Whether a part is missing: it is damaged, or the page has too much text. */
  readonly isPartial: boolean;
}

/** Maximum number of runs. A browser needs half a second to lay out as many elements. */
export const MAX_RUNS = 5_000;

/** Maximum length of the text of a page, in UTF-16 units. */
const MAX_PAGE_CHARACTERS = 500_000;

/**
 * Returns the text of a page, as far as it can be read. Never rejects.
 *
 * Not by `getTextContent`: it iterates over a stream, which Safari before 27 and Chromium before 124 cannot.
 *
 * @param signal Ends the reading.
 */
export async function readPageText(
  page: Pick<PDFPageProxy, 'streamTextContent'>,
  signal?: AbortSignal,
): Promise<PageText> {
  const runs: TextRun[] = [];
  let text = '';
  let isPartial = true;
  const add = ({ str, hasEOL, dir, width, height, transform }: TextItem, style?: TextStyle): void => {
    const visible = makeVisible(str, 'prose');
    runs.push({ text: visible, start: text.length, style, hasEnd: hasEOL, dir, width, height, transform });
    text += hasEOL ? `${visible}\n` : visible;
  };
  try {
    const reader = (page.streamTextContent() as ReadableStream<TextContent>).getReader();
    const stop = (): void => void reader.cancel(new Error('Stopped.')).catch(() => undefined);
    signal?.addEventListener('abort', stop);
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          isPartial = signal?.aborted ?? false;
          break;
        }
        for (const item of value.items) if ('str' in item) add(item, value.styles[item.fontName]);
        if (runs.length >= MAX_RUNS || text.length >= MAX_PAGE_CHARACTERS) {
          stop();
          break;
        }
      }
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  } catch {
    // The text before a damaged part is returned.
  }
  return { text, runs, isPartial };
}
