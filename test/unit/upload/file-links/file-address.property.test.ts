import fc from 'fast-check';
import { readFileAddress } from '../../../../src/upload/file-links/file-address';

const RUNS = 300;

test('readFileAddress never throws, and takes http and https only', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({
      withQueryParameters: true,
      withFragments: true,
      validSchemes: ['http', 'https', 'ftp', 'file'],
    }),
    fc.string().map((rest) => `https://${rest}`),
    fc.string().map((rest) => `https://contoso.sharepoint.com/${rest}?file=${rest}`),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const address = readFileAddress(text);
      if (!address) return;
      expect(address.url).toBe(text.trim());
      expect(new URL(address.url).protocol).toMatch(/^https?:$/);
      expect(address.name).not.toMatch(/[\\/]/);
      expect(address.isFile || address.name === '').toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test('readFileAddress finds any name of a file in a path, and keeps the query', () => {
  const stems = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => {
    return !/[\\/\s\p{C}]/u.test(text) && !text.startsWith('.');
  });
  const queries = fc.webQueryParameters();
  fc.assert(
    fc.property(
      stems,
      fc.constantFrom('zip', 'mp4', '7z', '001', 'DMP'),
      queries,
      (stem, extension, query) => {
        const name = `${stem}.${extension}`;
        const url = `https://files.example/a/${encodeURIComponent(name)}?${query}`;
        expect(readFileAddress(url)).toMatchObject({ url, name, isFile: true });
      },
    ),
    { numRuns: RUNS },
  );
});
