import fc from 'fast-check';
import type { AttachedFile } from '../../../../src/gallery/model/attached-file';
import { keyOfFile } from '../../../../src/gallery/model/attached-file';
import type { Thumbnail } from '../../../../src/gallery/model/thumbnails';
import { createThumbnails } from '../../../../src/gallery/model/thumbnails';
import type { Deferred } from '../../../helpers/deferred';
import { createDeferred, flush } from '../../../helpers/deferred';
import { attachedFile } from './files';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((name) => attachedFile(`${name}.png`)) as [
  AttachedFile,
  AttachedFile,
  AttachedFile,
  AttachedFile,
];

/** Thumbnails with images of ten bytes each, loaded on request of the test. */
function stage(budgetBytes = 1_000) {
  const loads: { file: AttachedFile; signal: AbortSignal; answer: Deferred<Blob> }[] = [];
  const live = new Set<string>();
  let count = 0;
  const scale = jest.fn((picture: Blob) => Promise.resolve(picture));
  const thumbnails = createThumbnails({
    load(file, signal) {
      const answer = createDeferred<Blob>();
      loads.push({ file, signal, answer });
      return answer.promise;
    },
    scale,
    budgetBytes,
    createUrl() {
      const url = `blob:${++count}`;
      live.add(url);
      return url;
    },
    revokeUrl: (url) => live.delete(url),
  });
  return {
    ...{ thumbnails, scale, live, loads },
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
  thumbnails.show([A, B, C, D]);
  expect([asked(), statusOf(A), statusOf(C)]).toEqual(['ab', 'loading', undefined]);
  await finish('b');
  expect([asked(), statusOf(B)]).toEqual(['abc', 'ready']);
  await finish('a');
  await finish('c');
  await finish('d');
  thumbnails.show([D, C, B, A]);
  expect(asked()).toBe('abcd');
});

test('Thumbnails aborts loads off the screen and repeats them on return', async () => {
  const { thumbnails, asked, finish, statusOf, loads, live } = stage();
  thumbnails.show([A, B]);
  thumbnails.show([C]);
  expect([asked(), loads.map(({ signal }) => signal.aborted)]).toEqual(['abc', [true, true, false]]);
  loads[0]?.answer.resolve(new Blob(['late']));
  await flush();
  expect([statusOf(A), live.size]).toEqual([undefined, 0]);
  thumbnails.show([A]);
  await finish('a');
  expect(statusOf(A)).toBe('ready');
});

test('Thumbnails loads only images below the size limit', () => {
  const { thumbnails, asked } = stage();
  thumbnails.show([
    attachedFile('a.log'),
    attachedFile('drawing.SVG'),
    attachedFile('b.png', { size: 25 * 1024 * 1024 }),
    attachedFile('c.png', { size: undefined }),
  ]);
  expect(asked()).toBe('c');
});

test('Thumbnails does not retry a file without an image', async () => {
  const { thumbnails, asked, finish, scale, statusOf, loads } = stage();
  scale.mockRejectedValueOnce(new Error('No picture.'));
  thumbnails.show([A, B]);
  await finish('a');
  loads[1]?.answer.reject(new Error('Gone.'));
  await flush();
  thumbnails.show([A, B]);
  expect([asked(), statusOf(A), statusOf(B)]).toEqual(['ab', 'none', 'none']);
});

test('Thumbnails evicts the least recently shown first', async () => {
  const { thumbnails, finish, statusOf, live } = stage(10);
  thumbnails.show([A, B]);
  await finish('a');
  await finish('b');
  thumbnails.show([A]);
  expect([statusOf(A), statusOf(B)]).toEqual(['ready', 'ready']);
  thumbnails.show([C]);
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
      const { thumbnails, loads, live, statusOf, countByStatus } = stage(30);
      for (const step of [...before, last]) {
        if (typeof step !== 'number') thumbnails.show(step);
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
      expect(countByStatus('ready')).toBeLessThanOrEqual(last.length + 3);
    }),
    { numRuns: 50 },
  );
});

describe('Thumbnails of a file uploaded by this frame', () => {
  /** Thumbnails of `a.png`, with local bytes that can or cannot be drawn. */
  function local(canBeDrawn: boolean) {
    const bytes = new Blob(['local']);
    const load = jest.fn(() => Promise.resolve(new Blob(['from the server'])));
    const scale = jest.fn((picture: Blob) =>
      picture === bytes && !canBeDrawn ? Promise.reject(new Error('gone')) : Promise.resolve(picture),
    );
    const thumbnails = createThumbnails({
      ...{ load, scale, budgetBytes: 1_000, createUrl: () => 'blob:1', revokeUrl: () => undefined },
      localFileOf: (id) => (id === A.reference.id ? bytes : undefined),
    });
    return { thumbnails, load, scale, bytes };
  }

  test('are drawn from its bytes, whatever the limit for reading is', async () => {
    const { thumbnails, load, scale, bytes } = local(true);
    thumbnails.show([A, B], 0);
    await flush();
    expect(scale.mock.calls).toEqual([[bytes, A]]);
    expect(load).not.toHaveBeenCalled();
  });

  test('are read from the server when the file is gone', async () => {
    const { thumbnails, load } = local(false);
    thumbnails.show([A]);
    await flush();
    expect(load).toHaveBeenCalledTimes(1);
    expect(thumbnails.getSnapshot().get(keyOfFile(A))?.status).toBe('ready');
  });
});

test('Thumbnails reads no picture above the limit', () => {
  const { thumbnails, asked } = stage();
  thumbnails.show([attachedFile('a.png', { size: 4_001 }), attachedFile('b.png', { size: 4_000 })], 4_000);
  expect(asked()).toBe('b');
});
