import fc from 'fast-check';
import { runAtOnce } from '../../../../src/base/steps';
import { createLocalData } from '../../../../src/gallery/project/data/local-data';
import { stopsOf } from '../../../../src/gallery/project/duplicates/content-stops';
import type { KnownContent } from '../../../../src/gallery/project/duplicates/content-store';
import { createContentTable } from '../../../../src/gallery/project/model/contents';
import {
  readCandidates,
  readCopies,
  readDuplicateSets,
  summarizeDuplicates,
} from '../../../../src/gallery/project/model/duplicate-report';
import type { FileEntry } from '../../../../src/gallery/project/model/item-entry';
import { createItemTable } from '../../../../src/gallery/project/model/item-table';
import { parseSearch } from '../../../../src/gallery/project/model/parse-search';
import { readRows, searchRows } from '../../../../src/gallery/project/model/search-rows';
import { createSnapshot } from '../../../../src/gallery/project/model/snapshot';
import type { ProjectFile } from '../../../../src/gallery/project/project-index';
import { guidOf } from '../../../helpers/project-server';
import { splitInto } from '../../../helpers/split';

/** An upload: its size, the number of its content at each stop, and the number of stops known of it. */
interface Upload {
  readonly size: number;
  readonly parts: readonly [number, number, number];
  readonly known: number;
}

/** A relation to an upload. */
interface Link {
  readonly upload: number;
  readonly item: number;
  readonly name: string;
  readonly addedAt: number;
  readonly isInText: boolean;
  /** As stored. Default: empty. */
  readonly comment?: string;
}

/** Three stops, and one. */
const SIZES = [100_000, 10];

const digit = fc.nat(1);

const uploads = fc.array(
  fc.record<Upload>({
    size: fc.constantFrom(...SIZES),
    parts: fc.tuple(digit, digit, digit),
    known: fc.nat(3),
  }),
  { minLength: 1, maxLength: 8 },
);

const links = fc.array(
  fc.record<Link>({
    upload: fc.nat(7),
    item: fc.integer({ min: 1, max: 4 }),
    name: fc.constantFrom('a.png', 'A.png', 'b.png'),
    addedAt: fc.constantFrom(NaN, 1, 2, 3),
    isInText: fc.boolean(),
  }),
  { maxLength: 14 },
);

/** Digest of the beginning of a content. */
const digestOf = (parts: readonly number[]): string => parts.join('').padEnd(16, '0').padEnd(64, 'f');

function contentOf({ size, parts, known }: Upload): KnownContent {
  const digests = stopsOf(size).map((end, index) => ({
    ...{ end, sha256: digestOf(parts.slice(0, index + 1)) },
  }));
  return { size, digests: digests.slice(0, known) };
}

/** Bytes of an upload. */
const bytesIn = ({ size, parts }: Upload): string =>
  `${size} ${parts.slice(0, stopsOf(size).length).join('')}`;

function find(some: readonly Upload[], wanted: readonly Link[], text = '') {
  const table = createItemTable();
  const byItem = new Map<number, FileEntry[]>();
  for (const { upload, item, name, addedAt, isInText, comment = '' } of wanted) {
    const file: FileEntry = {
      ...{ id: guidOf(upload % some.length), place: 'https://a/', name, comment, addedBy: '' },
      ...{ size: some[upload % some.length]!.size, addedAt, isInText },
    };
    byItem.set(item, [...(byItem.get(item) ?? []), file]);
  }
  const entry = { revision: 1, title: '', type: 'Bug', state: 'Active', area: '' };
  runAtOnce(table.change(new Map([...byItem].map(([id, files]) => [id, { ...entry, id, files }]))));
  const contents = createContentTable();
  contents.add(some.map((upload, index) => [guidOf(index), contentOf(upload)] as const));
  const snapshot = createSnapshot(table.segments(), {
    ...{ isClosed: () => false, digestsOf: contents.digestsOf, compare: () => 0 },
  });
  const { conditions } = parseSearch(text);
  return runAtOnce(searchRows(snapshot, { conditions, sortBy: 'item', isDescending: false }));
}

const uploadOf = (some: readonly Upload[], { reference }: ProjectFile): Upload =>
  some.find((_, index) => guidOf(index) === reference.id)!;

const isWhole = ({ size, known }: Upload): boolean => known >= stopsOf(size).length;

/** Whether the known digests of two uploads differ. */
function areKnownToDiffer(a: Upload, b: Upload): boolean {
  const known = Math.min(a.known, b.known, stopsOf(a.size).length);
  return a.size !== b.size || a.parts.slice(0, known).join() !== b.parts.slice(0, known).join();
}

test('Groups of duplicates hold all files known to be equal, and none known to differ', () => {
  fc.assert(
    fc.property(uploads, links, (some, wanted) => {
      const found = find(some, wanted);
      const sets = readDuplicateSets(found, 0, Infinity);
      for (const { files, isProven, copies, size } of sets) {
        expect(new Set(files.map(({ reference }) => reference.id)).size).toBe(copies + 1);
        const members = files.map((file) => uploadOf(some, file));
        for (const upload of members) {
          expect(upload.size).toBe(size);
          expect(areKnownToDiffer(members[0]!, upload)).toBe(false);
          if (isProven) expect([isWhole(upload), bytesIn(upload)]).toEqual([true, bytesIn(members[0]!)]);
        }
        expect(files.every(({ hasSameContent = false }) => hasSameContent === isProven)).toBe(true);
      }
      const groupOf = new Map(
        sets.flatMap(({ files }, index) => files.map(({ reference }) => [reference.id, index])),
      );
      const all = readRows(found, 0, Infinity);
      for (const a of all)
        for (const b of all) {
          const [one, other] = [uploadOf(some, a), uploadOf(some, b)];
          const areSame = isWhole(one) && isWhole(other) && bytesIn(one) === bytesIn(other);
          if (!areSame || a.reference.id === b.reference.id) continue;
          expect(groupOf.get(a.reference.id)).toBeDefined();
          expect(groupOf.get(a.reference.id)).toBe(groupOf.get(b.reference.id));
        }
    }),
    { numRuns: 500 },
  );
});

test('A removal of all but the oldest keeps each content, and each upload that a text or another file uses', () => {
  fc.assert(
    fc.property(uploads, links, fc.constantFrom('', 'a', 'on:1,2'), (some, wanted, text) => {
      const found = find(some, wanted, text);
      const listed = readRows(found, 0, Infinity);
      const removed = readCopies(found).map((row) => listed[row]!);
      const all = readRows(find(some, wanted), 0, Infinity);
      const gone = new Set(removed.map(({ reference }) => reference.id));
      // All links of an upload are removed, or none.
      const ofGone = (files: readonly ProjectFile[]) =>
        files.filter(({ reference }) => gone.has(reference.id));
      expect(removed).toHaveLength(ofGone(all).length);
      expect(ofGone(all).some(({ isInText }) => isInText)).toBe(false);
      const left = new Set(
        listed.filter((file) => !removed.includes(file)).map((file) => bytesIn(uploadOf(some, file))),
      );
      for (const file of removed) {
        expect(isWhole(uploadOf(some, file))).toBe(true);
        expect(left).toContain(bytesIn(uploadOf(some, file)));
      }
      const freed = [...gone].reduce((sum, id) => {
        const { size = 0 } = listed.find(({ reference }) => reference.id === id)!;
        return sum + size;
      }, 0);
      expect(summarizeDuplicates(found).proven.freedBytes).toBe(freed);
    }),
    { numRuns: 500 },
  );
});

test('The cost of a comparison covers the files that may equal another one, and ends with their contents', () => {
  fc.assert(
    fc.property(uploads, links, (some, wanted) => {
      const found = find(some, wanted);
      const all = readRows(found, 0, Infinity);
      const others = (file: ProjectFile): readonly ProjectFile[] =>
        all.filter(({ reference }) => reference.id !== file.reference.id);
      const unknown = all.filter((file) => {
        const upload = uploadOf(some, file);
        return (
          !isWhole(upload) && others(file).some((other) => !areKnownToDiffer(upload, uploadOf(some, other)))
        );
      });
      const ids = new Set(unknown.map(({ reference }) => reference.id));
      const { cost } = summarizeDuplicates(found);
      expect(cost.files).toBe(ids.size);
      const bytes = [...ids].map((id) => {
        const { size, known } = some.find((_, index) => guidOf(index) === id)!;
        return size - (stopsOf(size)[known - 1] ?? 0);
      });
      expect(cost.bytes).toBe(bytes.reduce((sum, each) => sum + each, 0));
      expect(cost.requests).toBeGreaterThanOrEqual(cost.files);
      const candidates = new Set(readCandidates(found, 0, Infinity).map(({ reference }) => reference.id));
      expect([...ids].every((id) => candidates.has(id))).toBe(true);
      const known = some.map((upload) => ({ ...upload, known: 3 }));
      expect(summarizeDuplicates(find(known, wanted)).cost.files).toBe(0);
      expect(readCandidates(find(known, wanted), 0, 9)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('A search tells proven from probable duplicates, and finds those of one upload', () => {
  fc.assert(
    fc.property(uploads, links, (some, wanted) => {
      const names = (text: string): readonly string[] =>
        readRows(find(some, wanted, text), 0, Infinity).map(
          ({ item, reference }) => `${item.id} ${reference.id}`,
        );
      const all = readRows(find(some, wanted), 0, Infinity);
      const only = (holds: (file: ProjectFile) => boolean): readonly string[] =>
        all.filter(holds).map(({ item, reference }) => `${item.id} ${reference.id}`);
      expect(names('duplicate:yes')).toEqual(only(({ isDuplicate }) => isDuplicate));
      expect(names('duplicate:same')).toEqual(only(({ hasSameContent }) => hasSameContent === true));
      expect(names('duplicate:probable')).toEqual(
        only(({ isDuplicate, hasSameContent }) => isDuplicate && !hasSameContent),
      );
      for (const { files } of readDuplicateSets(find(some, wanted), 0, Infinity)) {
        const found = names(`duplicate:${files[0]!.reference.id}`);
        expect([...found].sort()).toEqual(
          files.map(({ item, reference }) => `${item.id} ${reference.id}`).sort(),
        );
      }
    }),
    { numRuns: 300 },
  );
});

test('A search refuses other answers about duplicates', () => {
  expect(parseSearch('duplicate:perhaps').problems).toEqual([
    {
      condition: 'duplicate:perhaps',
      message: 'Write yes, no, same, or probable after “duplicate:”.',
    },
  ]);
});

test('The data prove duplicates with kept and added contents, and tell whether they are new', async () => {
  const kept: KnownContent = { size: 10, digests: [{ end: 10, sha256: digestOf([1]) }] };
  const data = createLocalData({
    ...{ store: undefined, compare: () => 0, run: runAtOnce },
    contents: { readAll: () => Promise.resolve(new Map([[guidOf(1), kept]])) },
  });
  const relation = (number: number): object => ({
    rel: 'AttachedFile',
    url: `https://a/_apis/wit/attachments/${guidOf(number)}`,
    attributes: { name: `${number}.log`, resourceSize: 10 },
  });
  const fields = { 'System.TeamProject': 'Fabrikam' };
  const value = [{ id: 1, rev: 1, fields, relations: [relation(1), relation(2), relation(3)] }];
  await data.open();
  await data.apply({ project: 'Fabrikam', ids: [1], texts: [JSON.stringify({ value })] });
  const report = async () => {
    const { id } = await data.search({ conditions: [], sortBy: 'name', isDescending: false });
    return { id, duplicates: (await data.readReport(id)).duplicates };
  };
  expect(await data.readContents()).toBe(true);
  expect(await data.readContents()).toBe(false);
  expect((await report()).duplicates).toMatchObject({
    ...{ proven: { groups: 0 }, probable: { groups: 0 }, cost: { files: 2, bytes: 20, requests: 2 } },
  });
  expect(
    await data.addContents([
      [guidOf(2), kept],
      [guidOf(3), { ...kept, size: 11 }],
    ]),
  ).toBe(true);
  expect(await data.addContents([[guidOf(2), kept]])).toBe(false);
  const { id, duplicates } = await report();
  expect(duplicates).toMatchObject({
    ...{ proven: { groups: 1, copyBytes: 10, freedBytes: 10 }, cost: { files: 1 } },
  });
  expect(await data.readCopies(id)).toEqual([1]);
  expect(await data.readDuplicates(id, 0, 5)).toMatchObject([{ isProven: true, copies: 1 }]);
  expect(await data.readCandidates(id, 0, 5)).toHaveLength(3);
  expect([await data.readCopies(0), await data.readDuplicates(0, 0, 5)]).toEqual([[], []]);
});

test.each(['', ' 📁 logs/night'])(
  'A volume of a split file is no duplicate, with the folder "%s"',
  (folder) => {
    const [part] = splitInto('a.png', Buffer.from('0123456789'), 5, 'night run');
    const upload: Upload = { size: 10, parts: [0, 0, 0], known: 1 };
    const link: Link = { upload: 0, item: 1, name: 'a.png', addedAt: 1, isInText: false };
    const copy = (number: number, comment = ''): Link => ({
      ...link,
      upload: number,
      item: number + 1,
      comment,
    });
    const volume = `${part!.comment}${folder}`;
    const itemsIn = (wanted: readonly Link[]): readonly number[] => {
      const found = find([upload, upload, upload, upload], wanted, 'duplicate:yes');
      return readRows(found, 0, Infinity).map(({ item }) => item.id);
    };
    expect(itemsIn([copy(0), copy(1)])).toEqual([1, 2]);
    expect(itemsIn([copy(0, volume), copy(1, volume), copy(2)])).toEqual([]);
    expect(itemsIn([copy(0, volume), copy(1), copy(2), copy(3, '[stapler 1/2]')])).toEqual([2, 3, 4]);
  },
);
