import fc from 'fast-check';
import type { AttachedFile } from '../../../../src/gallery/model/attached-file';
import { keyOfFile } from '../../../../src/gallery/model/attached-file';
import type { Thumbnail } from '../../../../src/gallery/model/thumbnails';
import { createThumbnails } from '../../../../src/gallery/model/thumbnails';
import type { ReadLimits } from '../../../../src/gallery/model/thumbnail-limits';
import { maxCostOf } from '../../../../src/gallery/model/thumbnail-limits';
import type { Deferred } from '../../../helpers/deferred';
import { createDeferred, flush } from '../../../helpers/deferred';
import { attachedFile } from './files';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((name) => attachedFile(`${name}.png`)) as [
  AttachedFile,
  AttachedFile,
  AttachedFile,
  AttachedFile,
];

/** A load that the test ends. */
interface ManualLoad {
  readonly file: AttachedFile;
  readonly limits: ReadLimits;
  readonly signal: AbortSignal;
  readonly onProgress: (bytesRead: number) => void;
  readonly answer: Deferred<Blob>;
}

/** Thumbnails with images of ten bytes each, loaded on request of the test. */
function stage(maxKeptBytes = 1_000, maxReadBytes = Infinity, isSavingData = () => false) {
  const loads: ManualLoad[] = [];
  const live = new Set<string>();
  let count = 0;
  const draw = jest.fn((picture: Blob) => Promise.resolve(picture));
  const thumbnails = createThumbnails({
    load(file, limits, signal, onProgress) {
      const answer = createDeferred<Blob>();
      loads.push({ file, limits, signal, onProgress, answer });
      return answer.promise;
    },
    ...{ draw, maxKeptBytes, maxReadBytes, isSavingData },
    createUrl() {
      const url = `blob:${++count}`;
      live.add(url);
      return url;
    },
    revokeUrl: (url) => live.delete(url),
  });
  return {
    ...{ thumbnails, draw, live, loads },
    asked: () => loads.map(({ file }) => file.name.slice(0, 1)).join(''),
    finish: async (name: string): Promise<void> => {
      const load = loads.find(({ file, signal }) => file.name === `${name}.png` && !signal.aborted);
      load?.answer.resolve(new Blob(['0123456789']));
      await flush();
    },
    countByStatus: (wanted: Thumbnail['status']) =>
      [...thumbnails.getSnapshot().values()].filter(({ status }) => status === wanted).length,
    statusOf: (file: AttachedFile) => thumbnails.getSnapshot().get(keyOfFile(file))?.status,
  };
}

test('Thumbnails loads two files at a time, in the given order', async () => {
  const { thumbnails, asked, finish, statusOf } = stage();
  thumbnails.show([A, B, C, D], 'cards');
  expect([asked(), statusOf(A), statusOf(C)]).toEqual(['ab', 'loading', undefined]);
  await finish('b');
  expect([asked(), statusOf(B)]).toEqual(['abc', 'ready']);
  await finish('a');
  await finish('c');
  await finish('d');
  thumbnails.show([D, C, B, A], 'cards');
  expect(asked()).toBe('abcd');
});

test('Thumbnails aborts loads off the screen and repeats them on return', async () => {
  const { thumbnails, asked, finish, statusOf, loads, live } = stage();
  thumbnails.show([A, B], 'cards');
  thumbnails.show([C], 'cards');
  expect([asked(), loads.map(({ signal }) => signal.aborted)]).toEqual(['abc', [true, true, false]]);
  loads[0]?.answer.resolve(new Blob(['late']));
  await flush();
  expect([statusOf(A), live.size]).toEqual([undefined, 0]);
  thumbnails.show([A], 'cards');
  await finish('a');
  expect(statusOf(A)).toBe('ready');
});

test('Thumbnails loads only pictures below the size limit', () => {
  const { thumbnails, asked } = stage();
  thumbnails.show(
    [
      attachedFile('a.docx'),
      attachedFile('drawing.SVG'),
      attachedFile('b.png', { size: 25 * 1024 * 1024 }),
      attachedFile('c.png', { size: undefined }),
    ],
    'cards',
  );
  expect(asked()).toBe('c');
});

test('Thumbnails does not retry a file without an image', async () => {
  const { thumbnails, asked, finish, draw, statusOf, loads } = stage();
  draw.mockRejectedValueOnce(new Error('No picture.'));
  thumbnails.show([A, B], 'cards');
  await finish('a');
  loads[1]?.answer.reject(new Error('Gone.'));
  await flush();
  thumbnails.show([A, B], 'cards');
  expect([asked(), statusOf(A), statusOf(B)]).toEqual(['ab', 'none', 'none']);
});

test('Thumbnails evicts the least recently shown first', async () => {
  const { thumbnails, finish, statusOf, live } = stage(20);
  thumbnails.show([A, B], 'cards');
  await finish('a');
  await finish('b');
  thumbnails.show([A], 'cards');
  expect([statusOf(A), statusOf(B)]).toEqual(['ready', 'ready']);
  thumbnails.show([C], 'cards');
  await finish('c');
  expect([statusOf(A), statusOf(B), statusOf(C)]).toEqual(['ready', undefined, 'ready']);
  expect(live.size).toBe(2);
  thumbnails.clear();
  expect([live.size, thumbnails.getSnapshot().size]).toEqual([0, 0]);
});

test('Thumbnails loads all visible files in the end and revokes every evicted URL', async () => {
  const all = Array.from('abcdefgh').map((letter) => attachedFile(`${letter}.png`));
  const steps = fc.array(fc.oneof(fc.subarray(all), fc.nat(5)), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(steps, fc.subarray(all), async (before, last) => {
      const { thumbnails, loads, live, statusOf, countByStatus } = stage(90);
      for (const step of [...before, last]) {
        if (typeof step !== 'number') thumbnails.show(step, 'cards');
        else loads[step]?.answer.resolve(new Blob(['0123456789']));
        await flush();
        expect(countByStatus('loading')).toBeLessThanOrEqual(2);
      }
      for (const { answer } of [...loads]) answer.resolve(new Blob(['0123456789']));
      for (let turn = 0; turn < all.length; turn++) {
        await flush();
        for (const { answer } of [...loads]) answer.resolve(new Blob(['0123456789']));
      }
      await flush();
      for (const file of last) expect(statusOf(file)).toBe('ready');
      expect(live.size).toBe(countByStatus('ready'));
      expect(countByStatus('ready')).toBeLessThanOrEqual(9);
    }),
    { numRuns: 50 },
  );
});

describe('Thumbnails of a file uploaded by this frame', () => {
  /** Thumbnails of `a.png`, with local bytes that can or cannot be read. */
  function local({ isGone = false, isDrawable = true, isSavingData = false }) {
    const bytes = new Blob(['local']);
    if (isGone) bytes.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) as Blob;
    const load = jest.fn(() => Promise.resolve(new Blob(['from the server'])));
    const draw = jest.fn((picture: Blob) =>
      isDrawable ? Promise.resolve(picture) : Promise.reject(new Error('This is no picture.')),
    );
    const thumbnails = createThumbnails({
      ...{ load, draw, maxKeptBytes: 1_000, maxReadBytes: 1_000 },
      ...{ createUrl: () => 'blob:1', revokeUrl: () => undefined, isSavingData: () => isSavingData },
      localFileOf: (id) => (id === A.reference.id ? bytes : undefined),
    });
    return { thumbnails, load, draw, bytes };
  }

  test('are drawn from its bytes while the browser saves data', async () => {
    const { thumbnails, load, draw, bytes } = local({ isSavingData: true });
    thumbnails.show([A, B], 'cards');
    await flush();
    expect(draw.mock.calls).toEqual([[bytes, A, expect.anything()]]);
    expect(load).not.toHaveBeenCalled();
  });

  test('are read from the server when the file is gone', async () => {
    const { thumbnails, load } = local({ isGone: true });
    thumbnails.show([A], 'cards');
    await flush();
    expect(load).toHaveBeenCalledTimes(1);
    expect(thumbnails.getSnapshot().get(keyOfFile(A))?.status).toBe('ready');
  });

  test('are not read from the server when its bytes cannot be drawn', async () => {
    const { thumbnails, load } = local({ isDrawable: false });
    thumbnails.show([A], 'cards');
    await flush();
    expect(load).not.toHaveBeenCalled();
    expect(thumbnails.getSnapshot().get(keyOfFile(A))?.status).toBe('none');
  });
});

test('Thumbnails reads nothing while the browser saves data', () => {
  let isSavingData = true;
  const { thumbnails, asked } = stage(1_000, Infinity, () => isSavingData);
  thumbnails.show([A, B], 'cards');
  expect(asked()).toBe('');
  isSavingData = false;
  thumbnails.show([A, B], 'cards');
  expect(asked()).toBe('ab');
});

test('Thumbnails reads no file that could exceed the budget for reading, and starts over with another list', async () => {
  const { thumbnails, asked, finish, statusOf } = stage(1_000, 250);
  thumbnails.show([A, B, C], 'cards');
  // 100 bytes each are reserved; ten each were read.
  expect(asked()).toBe('ab');
  await finish('a');
  await finish('b');
  expect(asked()).toBe('abc');
  await finish('c');
  const large = attachedFile('x.png', { size: 221 });
  thumbnails.show([large], 'cards');
  expect([asked(), statusOf(large)]).toEqual(['abc', undefined]);
  thumbnails.clear();
  thumbnails.show([large], 'cards');
  expect(asked()).toBe('abcx');
});

test('Thumbnails keeps no thumbnail for which there is no room, and does not read it again', async () => {
  const { thumbnails, finish, statusOf, asked, live } = stage(10);
  thumbnails.show([A, B], 'cards');
  await finish('a');
  await finish('b');
  thumbnails.show([A, B], 'cards');
  expect([statusOf(A), statusOf(B), live.size, asked()]).toEqual(['ready', 'none', 1, 'ab']);
});

/** Step of the property: a scroll, or a load that ends after some progress. */
type Step = { readonly show: readonly AttachedFile[] } | { readonly ends: number; readonly fails: boolean };

test('Thumbnails never reads or keeps more than its budgets, two files at a time', async () => {
  const MIB = 1024 * 1024;
  const all = Array.from({ length: 30 }, (_, index) =>
    attachedFile(`${index}.${['png', 'log', 'pdf', 'webm', 'zip'][index % 5]}`, {
      size: index % 7 === 6 ? undefined : (index + 1) * 0.7 * MIB,
    }),
  );
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.subarray(all, { maxLength: 12 }).map((show) => ({ show })),
    fc.record({ ends: fc.nat(60), fails: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const loads: { max: number; read: number; isOpen: boolean; end: (fails: boolean) => void }[] = [];
      const live = new Map<string, number>();
      const thumbnails = createThumbnails({
        load: (file, limits, signal, onProgress) =>
          new Promise((resolve, reject) => {
            const max = maxCostOf(file, limits) ?? 0;
            const load = {
              ...{ max, read: 0, isOpen: true },
              end(fails: boolean) {
                if (!load.isOpen) return;
                load.isOpen = false;
                load.read = max;
                onProgress(max);
                if (fails) reject(new Error('gone'));
                else resolve(new Blob([new Uint8Array(max % 1_000)]));
              },
            };
            load.read = Math.floor(max / 3);
            onProgress(load.read);
            signal.addEventListener('abort', () => (load.isOpen = false));
            loads.push(load);
          }),
        draw: (bytes) => Promise.resolve(bytes),
        maxKeptBytes: 2_000,
        maxReadBytes: 64 * MIB,
        createUrl(picture) {
          const url = `blob:${live.size} ${Math.random()}`;
          live.set(url, picture.size);
          return url;
        },
        revokeUrl: (url) => live.delete(url),
      });
      for (const each of steps) {
        if ('show' in each) thumbnails.show(each.show, 'cards');
        else loads[each.ends]?.end(each.fails);
        await flush();
        expect(loads.filter(({ isOpen }) => isOpen).length).toBeLessThanOrEqual(2);
        expect(loads.reduce((sum, { read }) => sum + read, 0)).toBeLessThanOrEqual(64 * MIB);
        expect([...live.values()].reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2_000);
      }
    }),
    { numRuns: 60 },
  );
});

test('Thumbnails.forget releases the thumbnail of a file, or ends its load', async () => {
  const { thumbnails, finish, live, loads, statusOf } = stage();
  thumbnails.show([A, B], 'cards');
  await finish('a');
  expect([live.size, statusOf(B)]).toEqual([1, 'loading']);
  thumbnails.forget(keyOfFile(A));
  thumbnails.forget(keyOfFile(B));
  thumbnails.forget(keyOfFile(C));
  expect([live.size, statusOf(A), statusOf(B)]).toEqual([0, undefined, undefined]);
  expect(loads[1]?.signal.aborted).toBe(true);
});
