import { createContentKeys } from '../../../../src/bulk/run/same-content';
import { planFile } from '../../../helpers/bulk';

const MIB = 1024 * 1024;

function fileOf(id: string, bytes: Uint8Array<ArrayBuffer> | string) {
  const source = new Blob([bytes]);
  return { ...planFile(id), source, size: source.size };
}

/** Bytes with `mark` at one place, away from the beginning, middle and end. */
function large(mark: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(9 * MIB);
  bytes[2 * MIB] = mark;
  return bytes;
}

test('createContentKeys returns equal keys for equal bytes, and none for unique files', async () => {
  const files = [fileOf('a', 'same'), fileOf('b', 'same'), fileOf('c', 'else'), fileOf('d', 'longer')];
  const keys = await createContentKeys()(files);
  expect([...keys.keys()]).toEqual(['a', 'b']);
  expect(keys.get('a')).toBe(keys.get('b'));
});

test('createContentKeys distinguishes files of equal size and prefix', async () => {
  const keys = await createContentKeys()([
    fileOf('a', large(1)),
    fileOf('b', large(2)),
    fileOf('c', large(1)),
  ]);
  expect(keys.get('a')).toBe(keys.get('c'));
  expect(keys.get('a')).not.toBe(keys.get('b'));
});

test('createContentKeys returns equal keys for empty files', async () => {
  const keys = await createContentKeys()([fileOf('a', ''), fileOf('b', '')]);
  expect(keys.get('a')).toBe(keys.get('b'));
});

test('createContentKeys returns no key for an unreadable file and compares the others', async () => {
  const broken = { ...fileOf('a', 'same') };
  broken.source.arrayBuffer = () => Promise.reject(new Error('Gone.'));
  broken.source.slice = () => broken.source;
  const keys = await createContentKeys()([broken, fileOf('b', 'same'), fileOf('c', 'same')]);
  expect([...keys.keys()]).toEqual(['b', 'c']);
});

test('createContentKeys does not read a file again', async () => {
  const contentKeysOf = createContentKeys();
  const files = [fileOf('a', 'same'), fileOf('b', 'same')];
  await contentKeysOf(files);
  const reads = files.map(({ source }) => jest.spyOn(source, 'slice'));
  const keys = await contentKeysOf([...files, fileOf('c', 'same'), fileOf('d', 'else')]);
  expect([...keys.keys()]).toEqual(['a', 'b', 'c']);
  for (const read of reads) expect(read).not.toHaveBeenCalled();
});

test('createContentKeys distinguishes many files of one size', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `${index}`);
  const keys = await createContentKeys()(
    names.map((name, index) => fileOf(name, index === 99 ? '00' : String(index).padStart(2, '0'))),
  );
  expect([...keys.keys()]).toEqual(['0', '99']);
});
