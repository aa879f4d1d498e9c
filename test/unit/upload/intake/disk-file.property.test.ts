import { mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { createContentKeys } from '../../../../src/bulk/run/same-content';
import { toProblem } from '../../../../src/base/errors';
import { DiskFile, openDiskFile } from '../../../../src/upload/intake/disk-file';
import { fingerprintOf } from '../../../../src/upload/recovery/journal/fingerprint';
import { createSourceGuard } from '../../../../src/upload/source-guard';
import { haveSameBytes } from '../../../../src/upload/transport/chunked-transfer';
import { rejectionOf } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createTemporaryFolder } from '../../../helpers/temporary-folder';
import { contentOf } from '../../../helpers/transfer';

const MIB = 1024 * 1024;
const folder = createTemporaryFolder();
const { signal } = new AbortController();
let files = 0;

/** Writes a file and opens it. */
async function begin(content: Uint8Array<ArrayBuffer> | string) {
  const path = join(folder, `${++files}.bin`);
  writeFileSync(path, content);
  const file = await openDiskFile(path);
  return { path, file, inMemory: new Blob([content]) };
}

/** Overwrites a file and gives it another time, since a clock may be coarse. */
function overwrite(path: string, content: Uint8Array | string): void {
  writeFileSync(path, content);
  utimesSync(path, 1, 1);
}

async function nameOfRejection(promise: Promise<unknown>): Promise<string> {
  return ((await rejectionOf(promise)) as Error).name;
}

async function readStream(blob: Blob): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of blob.stream() as unknown as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts);
}

describe('DiskFile', () => {
  it('has the name, size, date and path of the file', async () => {
    const { path, file } = await begin('hello');
    expect(file).toBeInstanceOf(File);
    expect(file).toBeInstanceOf(DiskFile);
    expect({ name: file.name, size: file.size, type: file.type, path: file.path }).toEqual({
      name: path.slice(folder.length + 1),
      size: 5,
      type: '',
      path,
    });
    expect(file.lastModified).toBe(Math.floor(statSync(path).mtimeMs));
  });

  it('can be printed', async () => {
    const { path, file } = await begin('hello');
    expect(inspect(file)).toBe(`DiskFile ${path}`);
    expect(inspect(file.slice(1, 3))).toBe(`FileSlice ${file.name} 1-3`);
  });

  it('returns the bytes in every form', async () => {
    const { file } = await begin('\uFEFFgrüße');
    const bytes = Buffer.from('\uFEFFgrüße');
    expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes);
    expect(Buffer.from(await file.bytes())).toEqual(bytes);
    expect(await readStream(file)).toEqual(bytes);
    expect(await file.text()).toBe(await new Blob([bytes]).text());
    const slice = file.slice(3, 6, 'text/plain');
    expect(slice.type).toBe('text/plain');
    expect(await slice.text()).toBe('gr\uFFFD');
    expect(Buffer.from(await slice.bytes())).toEqual(bytes.subarray(3, 6));
  });

  it('reads an empty file', async () => {
    const { file } = await begin('');
    expect(await file.text()).toBe('');
    expect(await readStream(file)).toHaveLength(0);
    expect(file.slice(0, 10).size).toBe(0);
  });

  it('streams a large file in parts', async () => {
    const content = contentOf(3 * MIB + 7);
    const { file } = await begin(content);
    expect(Buffer.compare(await readStream(file), content)).toBe(0);
    expect(Buffer.compare(await readStream(file.slice(MIB - 5, -3)), content.slice(MIB - 5, -3))).toBe(0);
  });

  it('has slices of slices like those of a Blob in memory', async () => {
    const { file, inMemory } = await begin(contentOf(100));
    const end = fc.option(fc.integer({ min: -130, max: 130 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(end, end), { maxLength: 4 }), async (cuts) => {
        const cut = (whole: Blob): Blob => cuts.reduce((part, [from, to]) => part.slice(from, to), whole);
        const [ours, expected] = [cut(file), cut(inMemory)];
        expect(ours.size).toBe(expected.size);
        expect(Buffer.from(await ours.arrayBuffer())).toEqual(Buffer.from(await expected.arrayBuffer()));
        expect(await readStream(ours)).toEqual(Buffer.from(await expected.arrayBuffer()));
      }),
    );
  });

  it.each([
    ['of the same size', 'HELLO'],
    ['shorter', 'hell'],
    ['longer', 'hello!'],
  ])('rejects reads with a NotReadableError after the file was overwritten, %s', async (_, content) => {
    const { path, file } = await begin('hello');
    const slice = file.slice(0, 1);
    overwrite(path, content);
    expect(await nameOfRejection(file.arrayBuffer())).toBe('NotReadableError');
    expect(await nameOfRejection(file.text())).toBe('NotReadableError');
    expect(await nameOfRejection(readStream(file))).toBe('NotReadableError');
    expect(await nameOfRejection(slice.arrayBuffer())).toBe('NotReadableError');
  });

  it('rejects a stream that has begun before the file was overwritten', async () => {
    const { path, file } = await begin(contentOf(MIB));
    const reader = file.stream().getReader();
    await reader.read();
    overwrite(path, contentOf(MIB));
    expect(await nameOfRejection(reader.read())).toBe('NotReadableError');
  });

  it('rejects reads with a NotFoundError after the file was removed, and reads it again once it is back', async () => {
    const { path, file } = await begin('hello');
    renameSync(path, `${path}.away`);
    expect(await nameOfRejection(file.arrayBuffer())).toBe('NotFoundError');
    renameSync(`${path}.away`, path);
    expect(await file.text()).toBe('hello');
  });

  it('keeps no handle open, also in an abandoned stream', async () => {
    const { file } = await begin(contentOf(MIB));
    const handles = (): number =>
      process.getActiveResourcesInfo().filter((name) => /FileHandle|FSReq/.test(name)).length;
    const reader = file.stream().getReader();
    await reader.read();
    await file.slice(0, 10).arrayBuffer();
    expect(handles()).toBe(0);
    await reader.cancel();
  });

  it('holds little memory', () => {
    const before = process.memoryUsage();
    const many = Array.from(
      { length: 100_000 },
      (_, index) => new DiskFile(`/data/${index}.bin`, { sizeBytes: 1e9, modifiedMs: index }),
    );
    const after = process.memoryUsage();
    const bytesEach = (after.rss - before.rss) / many.length;
    expect(bytesEach).toBeLessThan(1024);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(MIB);
  });
});

describe('openDiskFile', () => {
  it.each([
    ['a missing file', () => rmSync(join(folder, 'x'), { force: true })],
    ['a folder', () => mkdirSync(join(folder, 'x'))],
  ])('rejects %s', async (_, arrange) => {
    arrange();
    const error = await rejectionOf(openDiskFile(join(folder, 'x')));
    expect(toProblem(error).kind).toBe('file-unreadable');
    expect((error as Error).message).toContain('"x"');
  });
});

describe('A DiskFile', () => {
  it('has the fingerprint of its bytes', async () => {
    const { file, inMemory } = await begin(contentOf(4 * MIB + 1));
    expect(await fingerprintOf(file)).toEqual(await fingerprintOf(inMemory));
  });

  it('is compared with stored bytes', async () => {
    const { file, inMemory } = await begin(contentOf(5 * MIB));
    expect(await haveSameBytes(file, inMemory, signal)).toBe(true);
    expect(await haveSameBytes(file.slice(1), inMemory.slice(1), signal)).toBe(true);
    expect(await haveSameBytes(file.slice(1), inMemory.slice(0, -1), signal)).toBe(false);
  });

  it('has the content key of another file with the same bytes', async () => {
    const sources = [await begin(contentOf(10_000)), await begin(contentOf(10_000)), await begin('other')];
    const picked = sources.map(({ file }, id) => ({
      id,
      name: file.name,
      size: file.size,
      folder: '',
      source: file,
    }));
    const keys = await createContentKeys()(picked as never);
    expect(keys.get(0 as never)).toBe(keys.get(1 as never));
    expect(keys.size).toBe(2);
  });

  it('is reported as changed by the source guard', async () => {
    const { path, file } = await begin(contentOf(2 * MIB));
    const picked = { name: 'a.bin', size: file.size, folder: '', source: file };
    const runtime = createFakeRuntime();
    const guard = createSourceGuard(runtime);
    guard.track(picked);
    await guard.prepare(picked);
    await guard.assertUnchanged(picked);
    await guard.verify(picked);
    overwrite(path, contentOf(2 * MIB + 1));
    expect(toProblem(await rejectionOf(guard.verify(picked))).kind).toBe('file-changed');
    expect(toProblem(await rejectionOf(guard.prepare(picked))).kind).toBe('file-changed');
  });
});
