import { strToU8, zipSync } from 'fflate';
import { openArchive } from '../../../../../src/gallery/viewers/archive/open-archive';
import { encryptedZip, HOSTILE_NAMES, lyingZip, sampleZip, zipOf } from '../../../../helpers/sample-zip';

const never = new AbortController().signal;

function open(bytes: Buffer, most?: number) {
  return openArchive(new Blob([Uint8Array.from(bytes)]), never, most);
}

async function extracted(bytes: Buffer, path: string): Promise<string> {
  const entry = (await open(bytes)).entries.find((each) => each.path === path);
  return (await entry!.extract!(never)).text();
}

test('openArchive lists all entries, including hostile names', async () => {
  const { entries, isTruncated } = await open(sampleZip());
  expect(entries.map(({ path }) => path)).toEqual([
    'docs/',
    'docs/readme.md',
    'docs/notes.txt',
    'empty.bin',
    ...HOSTILE_NAMES,
  ]);
  expect(entries[2]).toMatchObject({
    index: 2,
    isFolder: false,
    isEncrypted: false,
    size: 6000,
    modified: new Date(2026, 2, 14, 15, 9, 26),
  });
  expect(entries[0]).toMatchObject({ isFolder: true, extract: undefined });
  expect(isTruncated).toBe(false);
});

test('ArchiveEntry.extract returns the original content', async () => {
  expect(await extracted(sampleZip(), 'docs/notes.txt')).toBe('notes '.repeat(1000));
  expect(await extracted(sampleZip(), 'empty.bin')).toBe('');
  expect(await extracted(sampleZip(), '../../etc/passwd')).toBe('content of ../../etc/passwd');
});

test('openArchive marks encrypted entries and offers no extraction for them', async () => {
  expect((await open(encryptedZip())).entries).toMatchObject([{ isEncrypted: true, extract: undefined }]);
});

test('ArchiveEntry.extract rejects an entry larger than declared', async () => {
  const bomb = lyingZip('0'.repeat(50_000_000), 1000);
  await expect(extracted(bomb, 'bomb.txt')).rejects.toMatchObject({ kind: 'entry-damaged' });
});

test('ArchiveEntry.extract rejects an entry with a declared size above the limit', async () => {
  const bomb = lyingZip('0', 0xfff00000);
  await expect(extracted(bomb, 'bomb.txt')).rejects.toMatchObject({ kind: 'entry-too-large' });
});

test('ArchiveEntry.extract rejects a damaged entry', async () => {
  const zip = zipOf({ 'a.txt': 'some text '.repeat(100) });
  zip.fill(0xff, 40, 50);
  await expect(extracted(zip, 'a.txt')).rejects.toMatchObject({ kind: 'entry-damaged' });
});

test('ArchiveEntry.extract rejects an entry with one changed byte', async () => {
  const zip = Buffer.from(zipSync({ 'a.txt': strToU8('original') }, { level: 0 }));
  zip.write('0', zip.indexOf('original'));
  await expect(extracted(zip, 'a.txt')).rejects.toMatchObject({ kind: 'entry-damaged' });
});

test('ArchiveEntry.extract rejects with the reason of its signal', async () => {
  const aborter = new AbortController();
  const { entries } = await open(zipOf({ 'a.txt': 'x'.repeat(5_000_000) }));
  const taking = entries[0]!.extract!(aborter.signal);
  aborter.abort();
  await expect(taking).rejects.toMatchObject({ name: 'AbortError' });
});

test('ArchiveEntry.read streams an entry until no more bytes are needed', async () => {
  const { entries } = await open(zipOf({ 'a.txt': 'x'.repeat(50_000_000) }));
  let bytes = 0;
  await entries[0]!.read!((chunk) => (bytes += chunk.length) < 100_000, never);
  expect(bytes).toBeGreaterThanOrEqual(100_000);
  expect(bytes).toBeLessThan(1_000_000);
});

test('ArchiveEntry.read rejects with an error of its receiver', async () => {
  const { entries } = await open(zipOf({ 'a.txt': 'x'.repeat(5_000_000) }));
  const reading = entries[0]!.read!(() => Promise.reject(new RangeError('enough')), never);
  await expect(reading).rejects.toThrow(new RangeError('enough'));
});

test('openArchive truncates the list at the maximum', async () => {
  const { entries, isTruncated } = await open(sampleZip(), 3);
  expect(entries).toHaveLength(3);
  expect(isTruncated).toBe(true);
});

test.each([
  ['no bytes', Buffer.alloc(0)],
  ['other bytes', Buffer.from('no archive')],
  ['half an archive', sampleZip().subarray(0, 300)],
])('openArchive rejects %s', async (_, bytes) => {
  await expect(open(bytes)).rejects.toMatchObject({ kind: 'no-archive' });
});

test('openArchive does not take an unreadable file for a damaged archive', async () => {
  const gone = {
    size: 99,
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }),
  };
  await expect(openArchive(gone as unknown as Blob, new AbortController().signal)).rejects.toMatchObject({
    name: 'NotReadableError',
  });
});
