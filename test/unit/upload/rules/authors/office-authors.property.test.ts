import { Blob as NodeBlob } from 'node:buffer';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import {
  readOfficeAuthors,
  removeOfficeAuthors,
} from '../../../../../src/upload/rules/authors/office-authors';
import { readZipDirectory, readZipEntry } from '../../../../../src/upload/rules/authors/zip-directory';

const blobOf = (bytes: Uint8Array): Blob => new NodeBlob([bytes]) as unknown as Blob;
const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

const coreOf = (creator: string, editor: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties><dc:title>Plan</dc:title><dc:creator>${escapeXml(creator)}</dc:creator><cp:lastModifiedBy xml:space="preserve">${escapeXml(editor)}</cp:lastModifiedBy></cp:coreProperties>`;
const appOf = (company: string): string =>
  `<Properties><Application>Word</Application><Company>${escapeXml(company)}</Company><Manager/></Properties>`;

const someName = fc.string({ unit: 'grapheme' }).filter((name) => !/[\0-\x1f\x7f-\x9f]/.test(name));
const somePath = fc.stringMatching(/^[a-z]{1,8}(\/[a-zé]{1,8})?\.(xml|bin)$/);
const someEntries = fc.dictionary(somePath, fc.uint8Array({ maxLength: 300 }), {
  maxKeys: 6,
  noNullPrototype: true,
});

/** A document with authors among random entries, in a random order, packed or not. */
const someDocument = fc
  .record({
    creator: someName,
    editor: someName,
    company: someName,
    entries: someEntries,
    level: fc.constantFrom(0, 9),
  })
  .chain(({ entries, level, ...authors }) => {
    const all: Record<string, Uint8Array> = {
      ...entries,
      'docProps/core.xml': utf8(coreOf(authors.creator, authors.editor)),
      'docProps/app.xml': utf8(appOf(authors.company)),
    };
    return fc.shuffledSubarray(Object.keys(all), { minLength: Object.keys(all).length }).map((order) => ({
      authors,
      all,
      zip: zipSync(Object.fromEntries(order.map((path) => [path, all[path]!])), { level: level }),
    }));
  });

test('Removed authors leave all other entries byte for byte as they were, with correct checksums', async () => {
  await fc.assert(
    fc.asyncProperty(someDocument, async ({ authors, all, zip }) => {
      const before = blobOf(zip);
      const names = [authors.creator, authors.editor, authors.company].map((name) => name.trim());
      const found = await readOfficeAuthors(before);
      expect(new Set(found?.names)).toEqual(new Set(names.filter((name) => name !== '')));
      const after = await removeOfficeAuthors(before);
      const bytes = await bytesOf(after);
      const unzipped = unzipSync(bytes);
      expect(Object.keys(unzipped).sort()).toEqual(Object.keys(all).sort());
      for (const [path, content] of Object.entries(all))
        if (!path.startsWith('docProps/')) expect(unzipped[path]).toEqual(content);
      expect(Buffer.from(unzipped['docProps/core.xml']!).toString()).toBe(coreOf('', ''));
      expect(Buffer.from(unzipped['docProps/app.xml']!).toString()).toBe(appOf(''));
      // Entries are copied as they are packed.
      const [old, now] = [await readZipDirectory(before), await readZipDirectory(after)];
      for (const entry of now!.entries) {
        expect(await readZipEntry(after, entry)).toBeDefined();
        const same = old!.entries.find(({ name }) => name === entry.name)!;
        if (!entry.name.startsWith('docProps/'))
          expect(bytes.slice(entry.offset, entry.end)).toEqual(zip.slice(same.offset, same.end));
      }
      expect((await readOfficeAuthors(after))?.names).toEqual([]);
      expect(await removeOfficeAuthors(after)).toBe(after);
    }),
    { numRuns: 60 },
  );
});

test('A damaged document stays as it is, or changes its authors alone', async () => {
  const change = fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(
      someDocument,
      fc.array(change, { minLength: 1, maxLength: 4 }),
      async ({ zip }, changes) => {
        const damaged = zip.slice();
        for (const [place, byte] of changes) damaged[Math.floor(place * damaged.length)] = byte;
        const before = blobOf(damaged);
        const after = await removeOfficeAuthors(before);
        if (after === before) return;
        const [old, now] = [await readZipDirectory(before), await readZipDirectory(after)];
        expect(now?.entries.map(({ name }) => name)).toEqual(old!.entries.map(({ name }) => name));
        const bytes = await bytesOf(after);
        for (const [index, entry] of now!.entries.entries()) {
          const same = old!.entries[index]!;
          if (!/^docprops\//i.test(entry.name))
            expect(bytes.slice(entry.offset, entry.end)).toEqual(damaged.slice(same.offset, same.end));
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('A signed document keeps its authors, and a file that is no zip has none', async () => {
  const signed = blobOf(
    zipSync({ 'docProps/core.xml': utf8(coreOf('Anna', '')), '_xmlsignatures/origin.sigs': utf8('') }),
  );
  expect(await readOfficeAuthors(signed)).toEqual({ names: ['Anna'], isSigned: true });
  expect(await removeOfficeAuthors(signed)).toBe(signed);
  const none = blobOf(utf8('PK and more'));
  expect(await readOfficeAuthors(none)).toBeUndefined();
  expect(await removeOfficeAuthors(none)).toBe(none);
});

test.each([
  ['a comment that hides a field', coreOf('Anna', '').replace('<dc:creator>', '<!-- <dc:creator>')],
  ['another encoding', coreOf('Anna', '').replace('UTF-8', 'ISO-8859-1')],
])('A document with %s is left as it is', async (_, core) => {
  const file = blobOf(zipSync({ 'docProps/core.xml': utf8(core) }));
  expect(await readOfficeAuthors(file)).toBeUndefined();
  expect(await removeOfficeAuthors(file)).toBe(file);
});
