/** @jest-environment jsdom */
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { placeOf } from '../../../../src/upload/texts/file-place';
import type { TextFile } from '../../../../src/upload/texts/text-file';
import { filesInText, replaceAddresses } from '../../../../src/upload/texts/text-files';
import { BASE_URLS } from '../../../helpers/text-corpus/addresses';
import { TEXT_CORPUS, type CorpusText } from '../../../helpers/text-corpus/text-corpus';

const NEW_ADDRESS = 'https://dev.azure.com/fabrikam/_apis/wit/attachments/new?fileName=a&b=(1)';

/** Whether it is a picture, or a link to an attachment. */
function isFile({ address, isPicture }: TextFile): boolean {
  return isPicture || placeOf(address, BASE_URLS).kind.startsWith('attachment');
}

/** Runs a check for each text; returns the first failures. */
function failuresOf(check: (text: CorpusText) => void, texts = TEXT_CORPUS): string[] {
  return texts
    .flatMap((text) => {
      try {
        check(text);
        return [];
      } catch (error) {
        return [`${text.structure}\n${text.text}\n${(error as Error).message}`];
      }
    })
    .slice(0, 3);
}

/** Addresses of the pictures that a browser shows. */
function shownBy(html: string): string[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return [...body.querySelectorAll('img')].flatMap((image) => image.getAttribute('src')?.trim() || []);
}

test('The corpus has 500 texts of different structure', () => {
  expect(new Set(TEXT_CORPUS.map(({ structure }) => structure)).size).toBe(500);
  expect(new Set(TEXT_CORPUS.map(({ text }) => text)).size).toBe(500);
  expect(TEXT_CORPUS.filter(({ format }) => format === 'html')).toHaveLength(250);
});

test('filesInText finds each picture and linked attachment of the corpus, and nothing else', () => {
  const failures = failuresOf(({ text, format, files }) => {
    const found = filesInText(text, format).filter(isFile);
    expect(found.map(({ address, isPicture }) => ({ address, isPicture }))).toEqual(files);
  });
  expect(failures).toEqual([]);
});

test('A browser shows the same pictures of the corpus', () => {
  const failures = failuresOf(({ text, format }) => {
    // The renderer knows no sizes, and writes the footnotes into a comment that never ends.
    const markdown = (): string =>
      micromark(`${text.replace(/ +=\d*x\d* *(?=\))/g, '')}\n\n-->`, {
        allowDangerousHtml: true,
        allowDangerousProtocol: true,
        extensions: [gfm()],
        htmlExtensions: [gfmHtml()],
      });
    const shown = new Set(shownBy(format === 'html' ? text : markdown()).map(decodeURI));
    const found = new Set(
      filesInText(text, format)
        .filter(({ isPicture, syntax }) => isPicture && syntax !== 'candidate')
        .map(({ address }) => decodeURI(address)),
    );
    expect([...shown].sort()).toEqual([...found].sort());
  });
  expect(failures).toEqual([]);
});

test('A replaced address of the corpus leaves all other characters unchanged', () => {
  const failures = failuresOf(({ text, format }) => {
    const files = filesInText(text, format);
    const file = files[Math.floor(files.length / 2)];
    if (!file) return;
    const after = replaceAddresses(text, format, ({ start }) =>
      start === file.start ? NEW_ADDRESS : undefined,
    );
    expect(after.startsWith(text.slice(0, file.start))).toBe(true);
    expect(after.endsWith(text.slice(file.end))).toBe(true);
    const read = filesInText(after, format);
    expect(read.map(({ address }) => address)).toEqual(
      files.map((each) => (each === file ? NEW_ADDRESS : each.address)),
    );
    expect(read.map(({ syntax }) => syntax)).toEqual(files.map(({ syntax }) => syntax));
  });
  expect(failures).toEqual([]);
});
