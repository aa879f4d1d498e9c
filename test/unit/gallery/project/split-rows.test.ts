import { planOf } from '../../../../src/gallery/project/clean-up/plan-clean-up';
import type { FileEntry, ItemEntry } from '../../../../src/gallery/project/model/item-entry';
import {
  attachmentCountAt,
  isSegment,
  packSegment,
  unpackSegment,
  withSplits,
} from '../../../../src/gallery/project/model/segment';
import type { ProjectFile } from '../../../../src/gallery/project/project-index';
import { attachmentsOfFile } from '../../../../src/gallery/project/project-index';
import { toAttachedFile } from '../../../../src/gallery/project/session/hub-files';
import { readJoined } from '../../../../src/gallery/split/read-joined';
import { describeParts } from '../../../../src/gallery/split/describe-parts';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { barredWorker, createTestData, findFiles } from '../../../helpers/project-rows';
import { createProjectIndex } from '../../../../src/gallery/project/create-project-index';
import { createProjectServer, guidOf } from '../../../helpers/project-server';
import { splitInto } from '../../../helpers/split';

/** Split files in the index of the Attachments hub. */

const BYTES = Buffer.from('abcdefghij');
const PARTS = splitInto('night.log', BYTES, 4, 'of the night');

/** The parts as attachments, each with the folder in its comment; the first has this number. */
function entriesOf(parts = PARTS, first = 1): readonly FileEntry[] {
  return parts.map(({ name, content, comment }, index) => ({
    ...{ id: guidOf(first + index), place: 'https://h/', name, size: content.length, addedBy: '' },
    ...{ comment: `${comment} 📁 logs`, addedAt: first + index, isInText: false },
  }));
}

const NOTES: FileEntry = {
  ...{ id: guidOf(90), place: 'https://h/', name: 'notes.txt', size: 10, comment: '', addedBy: '' },
  ...{ addedAt: 90, isInText: false },
};

function itemWith(id: number, ...files: readonly FileEntry[]): ItemEntry {
  return { ...{ id, revision: 1, title: 'Crash', type: 'Bug', state: 'New', area: 'Fabrikam' }, files };
}

/** Returns the rows of an index with these parts on work item 7, beside another file. */
async function rowsOf(parts = PARTS, text = ''): Promise<readonly ProjectFile[]> {
  const server = createProjectServer();
  server.change(7, {
    files: [
      ...parts.map(({ name, content, comment }, index) => ({
        ...{ id: guidOf(index + 1), name, size: content.length, comment: `${comment} 📁 logs` },
        addedAt: server.now() + index,
      })),
      { id: guidOf(90), name: 'notes.txt', size: 10, addedAt: server.now() },
    ],
  });
  const index = createProjectIndex({
    ...{ connection: server.connection, project: { id: 'p', name: 'Fabrikam' } },
    ...{ personId: 'anna', runtime: createFakeRuntime(), startWorker: barredWorker },
    createData: () => createTestData(),
  });
  await index.open();
  await index.build();
  return findFiles(index, text);
}

test('A split file is one row, found by its own name, size and comment', async () => {
  const [whole, notes, ...others] = await rowsOf();
  expect(others).toEqual([]);
  expect(notes).toMatchObject({ name: 'notes.txt', item: { fileCount: 4 } });
  expect(notes).not.toHaveProperty('parts');
  expect(whole).toMatchObject({
    ...{ name: 'night.log', size: 10, comment: 'of the night', folder: 'logs', isDuplicate: false },
    reference: { id: guidOf(1) },
    parts: PARTS.map(({ name, comment, content }, index) => ({
      ...{ name, comment, folder: 'logs', size: content.length },
      reference: { id: guidOf(index + 1) },
    })),
  });
  for (const text of ['night.log', 'type:log', 'size:>9b type:log', 'night'])
    expect(await rowsOf(PARTS, text)).toHaveLength(1);
  expect(await rowsOf(PARTS, 'type:001')).toEqual([]);
});

test('A row of a split file is joined like one of the Files tab, and removed with all its parts', async () => {
  const [whole] = await rowsOf();
  const file = toAttachedFile(whole!);
  expect(describeParts(file)).toEqual({ text: '3 parts', isIncomplete: false });
  const bytes = await readJoined(file.volumes!, {
    read: ({ reference }) =>
      Promise.resolve(new Blob([new Uint8Array(PARTS[Number(reference.id.slice(-1)) - 1]!.content)])),
    ...{ runtime: createFakeRuntime(), signal: new AbortController().signal },
  });
  expect(Buffer.from(await bytes.arrayBuffer()).equals(BYTES)).toBe(true);

  const plan = planOf([whole!]);
  expect(plan).toMatchObject({ itemCount: 1, bytes: 10 });
  expect(plan.files.map(({ name }) => name)).toEqual(PARTS.map(({ name }) => name));
  expect(plan.files.map(({ comment }) => comment)).toEqual(PARTS.map(({ comment }) => comment));
  expect(attachmentsOfFile(plan.files[0]!)).toEqual([plan.files[0]]);
});

test('A row of a split file names its missing part', async () => {
  const [whole] = await rowsOf(PARTS.filter(({ name }) => !name.endsWith('.002')));
  expect(whole).toMatchObject({ name: 'night.log', size: 10 });
  expect(describeParts(toAttachedFile(whole!))).toMatchObject({
    ...{ text: '3 parts · Part 2 is missing.', isIncomplete: true },
  });
});

test('A segment keeps the attachments of split files, and counts them', () => {
  const entries = [
    itemWith(1, NOTES),
    itemWith(2, ...entriesOf(), NOTES),
    itemWith(3, ...entriesOf(PARTS, 50)),
  ];
  const segment = packSegment(entries)!;
  expect(segment.sizes).toEqual(Float64Array.of(10, 10, 10, 10));
  expect([0, 1, 2].map((index) => attachmentCountAt(segment, index))).toEqual([1, 4, 3]);
  expect(unpackSegment(segment)).toEqual(entries);
  expect(isSegment(structuredClone(segment))).toBe(true);
  for (const splits of [{}, [{ file: 9, parts: entriesOf() }], [{ file: 1, parts: [] }], [{ file: 1 }]])
    expect(isSegment({ ...segment, splits })).toBe(false);
});

test('A segment that an earlier version stored has one row for a split file from then on', () => {
  const entries = [itemWith(2, ...entriesOf())];
  const segment = packSegment(entries)!;
  // Earlier versions stored each attachment in a row of its own.
  const unmarked = packSegment([itemWith(2, ...entriesOf().map((file) => ({ ...file, comment: '' })))])!;
  const comments = entriesOf().map(({ comment }) => `${comment}\n`);
  const earlier = {
    ...unmarked,
    comments: {
      text: comments.join(''),
      ends: Uint32Array.from(comments, (_, index) => comments.slice(0, index + 1).join('').length),
    },
  };
  expect(isSegment(earlier)).toBe(true);
  expect(withSplits(earlier)).toEqual(segment);
  expect(withSplits(segment)).toBe(segment);
});
