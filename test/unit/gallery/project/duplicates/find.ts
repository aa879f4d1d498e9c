import { createContentReader } from '../../../../../src/gallery/project/duplicates/content-reader';
import type { ContentStore } from '../../../../../src/gallery/project/duplicates/content-store';
import { createMemoryContents } from '../../../../../src/gallery/project/duplicates/content-store';
import { createDuplicateFinder } from '../../../../../src/gallery/project/duplicates/duplicate-finder';
import type { ProjectFile } from '../../../../../src/gallery/project/project-index';
import type { RangeMode } from '../../../../helpers/content-server';
import { createContentServer } from '../../../../helpers/content-server';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { projectFile } from '../../../../helpers/project-files';

/** A file of a test: its bytes are the beginning, then the rest. */
export interface TestContent {
  readonly size: number;
  /** Equal values give equal bytes. */
  readonly head: number;
  readonly tail: number;
  /** Start of the rest, in bytes. Default: 8 KiB. */
  readonly cut?: number;
}

/** Returns the bytes of a file. */
export function bytesOf({ size, head, tail, cut = 8 * 1024 }: TestContent): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.alloc(size, `${tail} `);
  bytes.fill(`${head} `, 0, Math.min(size, cut));
  return new Uint8Array(bytes.buffer, bytes.byteOffset, size);
}

/** A finder over these contents; the number of a file is its index plus one. */
export function finderOf(
  files: readonly TestContent[],
  { mode = 'part', contents = createMemoryContents() }: { mode?: RangeMode; contents?: ContentStore } = {},
) {
  const last = { id: '', bytes: new Uint8Array() };
  const server = createContentServer((id) => {
    const file = files[Number(id.slice(-12)) - 1];
    if (id !== last.id && file) Object.assign(last, { id, bytes: bytesOf(file) });
    return file && last.bytes;
  }, mode);
  const runtime = createFakeRuntime();
  const reader = createContentReader({ open: server.open, limit: (task) => task() });
  const finder = createDuplicateFinder({ reader, contents, runtime });
  const indexed: readonly ProjectFile[] = files.map(({ size }, index) => projectFile(index + 1, { size }));

  /** Advances the clock until `work` is done. */
  async function complete(work: Promise<void>): Promise<void> {
    const progress = { isDone: false };
    void work.then(() => (progress.isDone = true));
    while (!progress.isDone) {
      await runtime.pass(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  return { server, finder, runtime, indexed, complete, find: () => complete(finder.find(indexed)) };
}

/** Numbers of the files in the groups of a finder, each sorted. */
export function numbersIn({
  finder,
}: Pick<ReturnType<typeof finderOf>, 'finder'>): readonly (readonly number[])[] {
  return finder.state
    .getSnapshot()
    .groups.map(({ original, copies }) =>
      [original, ...copies].map(({ reference }) => Number(reference.id.slice(-12))).sort((a, b) => a - b),
    )
    .sort(([a = 0], [b = 0]) => a - b);
}
