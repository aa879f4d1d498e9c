import { strToU8, zipSync } from 'fflate';
import type { WorkItem } from '../../../../src/azure/work-item';
import { CancelledError, NetworkError, StaplerError } from '../../../../src/base/errors';
import { createStateStore } from '../../../../src/base/store';
import type { Bundling } from '../../../../src/gallery/bundle/bundling';
import { createBundler } from '../../../../src/gallery/bundle/bundler';
import type { RemovedFile } from '../../../../src/gallery/gallery-state';
import { createGalleryStore } from '../../../../src/gallery/gallery-state';
import type { AttachedFile } from '../../../../src/gallery/model/attached-file';
import { attachedFilesOf } from '../../../../src/gallery/model/attached-file';
import type { SendFile } from '../../../../src/gallery/send-file';
import type { TextFiles } from '../../../../src/gallery/texts/texts-state';
import { runOnPage } from '../../../../src/gallery/workers/file-work';
import { createDeferred } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { servicesFor } from '../../../helpers/frame-services';
import { createTestHost } from '../../../helpers/host';
import { createModelWorkItems, numbersOn } from '../../../helpers/model-work-items';
import { guid, referenceTo, relationTo } from '../../../helpers/uploads';

/** Number of the zip on the server. */
const ZIP = 90;

/** Work item 7 in the form, with these attachments. Each has its number as content. */
function begin(numbers: readonly number[]) {
  const server = createModelWorkItems({ relations: numbers.map(relationTo), maxAttachments: numbers.length });
  const contents = new Map(numbers.map((number) => [guid(number), new Blob([`content ${number}`])]));
  const gallery = createGalleryStore();
  const filesNow = (): readonly AttachedFile[] => attachedFilesOf(server.item());
  gallery.change({ status: 'open', workItemId: 7, files: filesNow(), members: [] });
  const bins = new Map<number, readonly RemovedFile[]>();
  const store = createStateStore<Bundling | undefined>(undefined, { notify: 'at-once' });
  let texts: TextFiles = { files: [], cut: [], withComments: true };
  const attachments = {
    read: (): Promise<WorkItem> => server.read(7),
    readTextFiles: () => Promise.resolve(texts),
    readBytes: jest.fn(({ reference }: AttachedFile, signal: AbortSignal): Promise<Blob> => {
      signal.throwIfAborted();
      const bytes = contents.get(reference.id);
      return bytes ? Promise.resolve(bytes) : Promise.reject(new NetworkError('It is not there.'));
    }),
  };
  const send = jest.fn<ReturnType<SendFile>, Parameters<SendFile>>(({ source }) => {
    contents.set(guid(ZIP), source);
    return Promise.resolve(referenceTo(ZIP));
  });
  const bundler = createBundler(
    {
      ...{ store: gallery, attachments, send, bins, runTask: runOnPage, host: createTestHost() },
      services: servicesFor(server, createFakeRuntime()),
      gate: { pass: () => Promise.resolve(undefined) },
      readAgain: () => gallery.change({ files: filesNow() }),
    },
    store,
  );
  return {
    ...{ server, contents, gallery, bins, store, attachments, send, bundler },
    setTexts: (files: readonly AttachedFile[]) => (texts = { ...texts, files }),
    /** Bundles the attachments of these numbers. */
    bundle: async (...chosen: readonly number[]): Promise<void> => {
      const ids = new Set(chosen.map(guid));
      const { archives } = bundler.plan(filesNow().filter(({ reference }) => ids.has(reference.id)));
      await bundler.start(archives);
    },
  };
}

test('The bundler attaches a zip in the place of its files, and undoes it', async () => {
  const { server, bundle, store, bins, bundler, gallery } = begin([1, 2, 3, 4]);
  await bundle(1, 2, 3);
  expect(numbersOn(server.item())).toEqual([4, ZIP]);
  expect(server.item().relations.at(-1)?.attributes['comment']).toBe('3 attachments, bundled by Stapler');
  expect(store.getSnapshot()).toMatchObject({ workItemId: 7, bundled: [{ removed: [{}, {}, {}] }] });
  expect(store.getSnapshot()?.running).toBeUndefined();
  expect(bins.get(7)).toHaveLength(3);
  expect(gallery.getSnapshot().busy.size).toBe(0);

  await bundler.undo();
  expect([...numbersOn(server.item())].sort()).toEqual([1, 2, 3, 4]);
  expect(store.getSnapshot()).toBeUndefined();
  expect(bins.get(7)).toEqual([]);
});

/** Stores a zip of these texts in place of the one that is sent. */
function answerWith(
  send: ReturnType<typeof begin>['send'],
  contents: Map<string, Blob>,
  texts: readonly string[],
): void {
  const entries = texts.map((text, index) => [`${index + 1}.txt`, strToU8(text)] as const);
  contents.set(guid(ZIP), new Blob([zipSync(Object.fromEntries(entries))]));
  send.mockResolvedValue(referenceTo(ZIP));
}

test.each<[string, (test: ReturnType<typeof begin>) => void]>([
  [
    'has another file on the server',
    ({ send, contents }) => answerWith(send, contents, ['content 1', 'content 2', 'content 4']),
  ],
  [
    'lacks a file on the server',
    ({ send, contents }) => answerWith(send, contents, ['content 1', 'content 2']),
  ],
  [
    'is cut off on the server',
    ({ send, contents }) =>
      send.mockImplementation(({ source }) => {
        contents.set(guid(ZIP), source.slice(0, source.size - 30));
        return Promise.resolve(referenceTo(ZIP));
      }),
  ],
  ['cannot be read back', ({ send }) => send.mockResolvedValue(referenceTo(ZIP))],
  ['cannot be sent', ({ send }) => send.mockRejectedValue(new StaplerError('throttled', 'No.'))],
  ['lacks a file that cannot be read', ({ contents }) => contents.delete(guid(2))],
])('The bundler removes nothing if the zip %s', async (_, spoil) => {
  const test = begin([1, 2, 3]);
  spoil(test);
  await test.bundle(1, 2, 3);
  expect(numbersOn(test.server.item())).toEqual([1, 2, 3]);
  expect(test.server.asked).not.toContain('update');
  expect(test.gallery.getSnapshot().errors).toMatchObject([{ name: 'attachments.zip' }]);
  expect(test.store.getSnapshot()).toBeUndefined();
});

test('Cancel ends the work before anything is removed, without an error', async () => {
  const { server, bundle, store, bundler, gallery, send } = begin([1, 2]);
  const sending = createDeferred<undefined>();
  send.mockImplementation(
    (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new CancelledError()));
        sending.resolve(undefined);
      }),
  );
  const bundling = bundle(1, 2);
  await sending.promise;
  expect(store.getSnapshot()?.running?.step).toBe('sending');
  bundler.cancel();
  await bundling;
  expect(numbersOn(server.item())).toEqual([1, 2]);
  expect([gallery.getSnapshot().errors, store.getSnapshot()]).toEqual([[], undefined]);
});

test('A file that another client removes meanwhile stays removed after Undo', async () => {
  const { server, bundle, bundler, send, contents } = begin([1, 2, 3]);
  send.mockImplementation(({ source }) => {
    contents.set(guid(ZIP), source);
    server.change((relations) => relations.slice(1));
    return Promise.resolve(referenceTo(ZIP));
  });
  await bundle(1, 2, 3);
  await bundler.undo();
  expect([...numbersOn(server.item())].sort()).toEqual([2, 3]);
});

test('An undo that fails is reported and can be repeated', async () => {
  const { server, bundle, bundler, store } = begin([1, 2, 3]);
  await bundle(1, 2);
  // Other files have taken the places.
  server.change((relations) => [...relations, relationTo(20)]);
  await bundler.undo();
  expect(store.getSnapshot()?.undoing).toMatchObject({ kind: 'attachment-limit' });
  expect(numbersOn(server.item())).toEqual([3, ZIP, 20]);
  server.change((relations) => relations.slice(0, -1));
  await bundler.undo();
  expect([...numbersOn(server.item())].sort()).toEqual([1, 2, 3]);
});

test('readCandidates lists the oldest files first, without those in texts', async () => {
  const { bundler, gallery, setTexts } = begin([1, 2, 3]);
  const { files = [] } = gallery.getSnapshot();
  const dates = [30, NaN, 10];
  gallery.change({ files: files.map((file, index) => ({ ...file, addedAt: dates[index] ?? NaN })) });
  const names = async (): Promise<readonly string[]> =>
    (await bundler.readCandidates()).map(({ name }) => name);
  gallery.change({ members: [{ workItemId: 7, kinship: 'own', type: 'Bug', title: '' }] });
  expect(await names()).toEqual(['2.txt', '3.txt', '1.txt']);
  setTexts(files.slice(2).map((file) => ({ ...file, inText: { place: 'here', uses: [] } })));
  expect(await names()).toEqual(['2.txt', '1.txt']);
});
