import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import { attachedFilesOf } from '../../../src/gallery/model/attached-file';
import { isFiltered, NO_FILTERS } from '../../../src/gallery/model/filters';
import { createThumbnails } from '../../../src/gallery/model/thumbnails';
import { createGallerySession } from '../../../src/gallery/gallery-session';
import { canChange, previewedFile, selectedFiles } from '../../../src/gallery/gallery-state';
import type { FileSource, SendFileOptions } from '../../../src/gallery/send-file';
import { createSaveGate } from '../../../src/upload/form/save-gate';
import { createZipJob } from '../../../src/gallery/zip/zip-job';
import { runOnPage } from '../../../src/gallery/workers/file-work';
import type { FormEvent } from '../../../src/azure/host/host';
import type { Removal, Replacement } from '../../../src/upload/link/edit-attachments';
import type {
  AttachmentReference,
  LinkableAttachment,
  Relation,
  WorkItem,
} from '../../../src/azure/work-item';
import type { FileKind } from '../../../src/base/file-kind';
import { CancelledError, NetworkError, ServerError } from '../../../src/base/errors';
import type { Addition } from '../../../src/azure/rest/additions';
import { createDeferred, flush, rejectionOf } from '../../helpers/deferred';
import { createFakeRuntime } from '../../helpers/fake-runtime';
import { servicesFor } from '../../helpers/frame-services';
import { createTestConnection } from '../../helpers/connection';
import { createTestHost } from '../../helpers/host';
import { guid, linkable, referenceTo, relationTo, workItemWith } from '../../helpers/uploads';
import { removedButUsed } from '../../../src/gallery/texts/used-files';
import { filesInText } from '../../../src/upload/texts/text-files';
import type { ReadTextFiles } from '../../../src/gallery/texts/text-files';
import { zipTools } from './zip-tools';

/** Creates a gallery; work items on the server have attachments with these numbers. */
function stage(attached: Record<number, number[]> = { 7: [1, 2, 3], 8: [4] }) {
  const runtime = createFakeRuntime();
  const onServer = new Map(Object.entries(attached).map(([id, numbers]) => [Number(id), numbers]));
  const host = createTestHost();
  const numbersOn = (id: number): number[] => onServer.get(id) ?? [];
  const isOf =
    (ids: readonly string[]) =>
    (number: number): boolean =>
      ids.includes(guid(number));
  const itemOf = (id: number): WorkItem => workItemWith(numbersOn(id), { id });
  const attachments = {
    read: jest.fn<Promise<WorkItem>, [number]>((id) => Promise.resolve(itemOf(id))),
    findByTitle: jest.fn(() => Promise.resolve([])),
    getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam/'),
    readAdditions: jest.fn<Promise<ReadonlyMap<string, Addition>>, [number]>(() =>
      Promise.resolve(new Map()),
    ),
    readTextFiles: jest.fn<ReturnType<ReadTextFiles>, Parameters<ReadTextFiles>>(() =>
      Promise.resolve({ files: [], cut: [], withComments: false }),
    ),
    readUpdates: jest.fn(() => Promise.resolve([])),
    readMany: jest.fn<Promise<ReadonlyMap<number, WorkItem>>, [readonly number[]]>((ids) =>
      Promise.resolve(new Map(ids.map((id) => [id, itemOf(id)]))),
    ),
    rename: jest.fn<Promise<WorkItem>, [number, string, string]>((id) => Promise.resolve(itemOf(id))),
    changeComment: jest.fn<Promise<WorkItem>, [number, string, string]>((id) => Promise.resolve(itemOf(id))),
    editParts: jest.fn(() => Promise.resolve(new Map<string, string>())),
    readBytes: jest.fn<Promise<Blob>, [AttachedFile, AbortSignal]>(() => Promise.resolve(new Blob(['x']))),
    remove: jest.fn((id: number, ids: readonly AttachmentReference['id'][]): Promise<Removal> => {
      const removed = numbersOn(id).filter(isOf(ids)).map(linkable);
      onServer.set(
        id,
        numbersOn(id).filter((number) => !isOf(ids)(number)),
      );
      return Promise.resolve({ workItem: itemOf(id), removed, restored: [], unseen: 0 });
    }),
    replace: jest.fn((id: number, old: string, { reference }: { reference: AttachmentReference }) => {
      const removed = numbersOn(id)
        .filter(isOf([old]))
        .map(linkable);
      const rest = numbersOn(id).filter((number) => !isOf([old])(number));
      onServer.set(id, [...rest, Number(reference.id.slice(-12))]);
      const replacement: Replacement = {
        ...{ workItem: itemOf(id), removed, restored: [], unseen: 0, isLinked: true },
      };
      return Promise.resolve(replacement);
    }),
    link: jest.fn((id: number, linkables: readonly LinkableAttachment[]) => {
      const ids = linkables.map(({ reference }) => reference.id);
      onServer.set(id, [...numbersOn(id), ...[1, 2, 3, 4].filter(isOf(ids))]);
      return Promise.resolve({ revision: 9, failures: new Map<string, Error>(), workItem: undefined });
    }),
  };
  const send = jest.fn<Promise<AttachmentReference>, [FileSource, SendFileOptions]>(() =>
    Promise.resolve(referenceTo(9)),
  );
  const download = jest.fn<Promise<void>, [AttachedFile]>(() => Promise.resolve());
  const gate = createSaveGate({ host, runtime });
  const session = createGallerySession({
    host,
    gate,
    attachments: attachments,
    services: {
      ...servicesFor({ read: attachments.read, update: attachments.read }, runtime),
      connection: createTestConnection().connection,
    },
    thumbnails: createThumbnails({
      load: (file, _limits, signal) => attachments.readBytes(file, signal),
      draw: (picture) => Promise.resolve(picture),
      ...{ maxKeptBytes: 1_000, maxReadBytes: 1_000 },
      createUrl: () => 'blob:1',
      revokeUrl: () => undefined,
    }),
    download,
    zip: createZipJob(zipTools()),
    send,
    runTask: runOnPage,
    runtime,
  });
  const shown = (): string =>
    session
      .getSnapshot()
      .shown.map(({ name }) => name.slice(0, 1))
      .join('');
  return {
    ...{ session, host, attachments, send, download, runtime, onServer, shown },
    file: (number: number): AttachedFile => {
      const file = session.getSnapshot().files?.find(({ reference }) => reference.id === guid(number));
      if (!file) throw new Error(`Attachment ${number} is not shown.`);
      return file;
    },
    async tell(event: FormEvent): Promise<void> {
      gate.onFormEvent(event);
      session.onFormEvent(event);
      await flush();
    },
  };
}

const loaded = (workItemId: number, facts: { isNew?: boolean; isReadOnly?: boolean } = {}): FormEvent => ({
  ...{ type: 'loaded', workItemId, isNew: false, isReadOnly: false },
  ...facts,
});

/** Opens work item 7, sorted by name. */
async function opened(attached?: Record<number, number[]>) {
  const test = stage(attached);
  test.session.onConnected();
  await test.session.start();
  await test.tell(loaded(7));
  test.session.sortBy('name');
  return test;
}

describe('GallerySession, following the form,', () => {
  test('is late when the host does not connect in time, until it does', () => {
    const { session } = stage();
    session.onLate();
    expect(session.getSnapshot()).toMatchObject({ status: 'connecting', isLate: true });
    session.onConnected();
    session.onLate();
    expect(session.getSnapshot()).toMatchObject({ status: 'empty', isLate: false });
  });

  test('shows the next work item without filters and search text, and keeps them for the same one', async () => {
    const test = await opened();
    test.session.filterBy({ ...NO_FILTERS, text: '2', kinds: new Set<FileKind>(['other']) });
    await test.tell({ type: 'saved', workItemId: 7 });
    await test.tell(loaded(7));
    expect(isFiltered(test.session.getSnapshot().arrangement)).toBe(true);
    await test.tell(loaded(8));
    expect(test.session.getSnapshot().arrangement).toMatchObject({ ...NO_FILTERS, sortBy: 'name' });
    expect(test.shown()).toBe('4');
  });

  test('switches to the next work item without the files and selection of the last one', async () => {
    const test = await opened();
    expect(test.shown()).toBe('123');
    test.session.select(test.file(2), 'only');
    await test.tell({ type: 'unloaded', workItemId: 7 });
    expect(test.session.getSnapshot()).toMatchObject({ status: 'empty', files: undefined });
    await test.tell(loaded(8));
    expect([test.shown(), selectedFiles(test.session.getSnapshot())]).toEqual(['4', []]);
  });

  test('ignores an answer for a work item that is not open anymore', async () => {
    const test = stage();
    await test.session.start();
    const late = createDeferred<WorkItem>();
    test.attachments.read.mockReturnValueOnce(late.promise);
    await test.tell(loaded(7));
    await test.tell(loaded(8));
    late.resolve(workItemWith([1, 2, 3]));
    await flush();
    expect(test.shown()).toBe('4');
  });

  test.each([
    ['a new work item', loaded(-1, { isNew: true })],
    ['a work item without a number', loaded(0)],
  ])('shows nothing for %s before its first save', async (_, event) => {
    const test = stage();
    await test.session.start();
    await test.tell(event);
    expect(test.session.getSnapshot().status).toBe('new');
    await test.tell({ type: 'saved', workItemId: 8 });
    expect([test.session.getSnapshot().status, test.shown()]).toEqual(['open', '4']);
  });

  test.each(['saved', 'refreshed'] as const)(
    'reads the files again when the work item is %s',
    async (type) => {
      const test = await opened();
      test.session.select(test.file(2), 'only');
      test.onServer.set(7, [2, 3, 4]);
      await test.tell({ type, workItemId: 7 });
      expect(test.shown()).toBe('234');
      expect(selectedFiles(test.session.getSnapshot()).map(({ name }) => name)).toEqual(['2.txt']);
      await test.tell({ type, workItemId: 8 });
      expect(test.attachments.read).toHaveBeenCalledTimes(2);
    },
  );
});

describe('GallerySession, reading the files,', () => {
  test('adds the authors once they are known, and works without them', async () => {
    const test = stage();
    test.attachments.readAdditions.mockResolvedValueOnce(new Map([[guid(2), { by: 'Raisa', at: 5 }]]));
    await test.session.start();
    await test.tell(loaded(7));
    expect([test.file(2).addedBy, test.file(1).addedBy]).toEqual(['Raisa', '']);
    test.attachments.readAdditions.mockRejectedValue(new NetworkError('No answer.'));
    test.session.readAgain();
    await flush();
    expect([test.file(2).addedBy, test.session.getSnapshot().problem]).toEqual(['Raisa', undefined]);
  });

  test.each([
    ['a busy server', new ServerError('server-busy', 'Busy.', { status: 503 })],
    ['a sign-out', new ServerError('signed-out', 'Sign in.')],
  ])('reads the list by itself after %s, and removes the message', async (_, error) => {
    const test = stage();
    test.attachments.read.mockRejectedValueOnce(error);
    await test.session.start();
    await test.tell(loaded(7));
    expect(test.session.getSnapshot()).toMatchObject({ files: undefined, problem: { kind: error.kind } });
    await test.runtime.pass(1_000);
    expect([test.shown().length, test.session.getSnapshot().problem]).toEqual([3, undefined]);
  });

  test('ends the retries of a read when another work item is opened', async () => {
    const test = stage();
    test.attachments.read.mockRejectedValueOnce(new NetworkError('No answer.'));
    await test.session.start();
    await test.tell(loaded(7));
    await test.tell(loaded(8));
    await test.runtime.pass(60_000);
    expect(test.attachments.read.mock.calls).toEqual([[7], [8]]);
  });

  test('keeps the files shown when a later reading fails, and shows the reason', async () => {
    const test = stage();
    test.attachments.read.mockRejectedValueOnce(new NetworkError('No answer.'));
    await test.session.start();
    await test.tell(loaded(7));
    expect(test.session.getSnapshot()).toMatchObject({ files: undefined, problem: { kind: 'network' } });
    test.session.readAgain();
    await flush();
    expect([test.shown().length, test.session.getSnapshot().problem]).toEqual([3, undefined]);
    test.attachments.read.mockRejectedValueOnce(new NetworkError('No answer.'));
    test.session.readAgain();
    await flush();
    expect([test.shown().length, test.session.getSnapshot().problem?.kind]).toEqual([3, 'network']);
  });
});

describe('GallerySession, arranging the files,', () => {
  test('saves list or grid as a user setting', async () => {
    const test = stage();
    test.host.readSetting.mockResolvedValue('grid');
    await test.session.start();
    expect(test.session.getSnapshot().view).toBe('grid');
    test.session.setView('list');
    expect(test.host.writeSetting).toHaveBeenCalledWith('gallery-view', 'list');
    expect(test.session.getSnapshot().view).toBe('list');
  });

  test('sorts by a key, and reverses the order when sorting by it again', async () => {
    const test = await opened();
    test.session.sortBy('name');
    expect(test.shown()).toBe('321');
    test.session.sortBy('size');
    expect(test.shown()).toBe('321');
    test.session.sortBy('size');
    expect(test.shown()).toBe('123');
  });

  test('filters by text and kind, and deselects hidden files', async () => {
    const test = await opened();
    test.session.selectAll();
    test.session.filterBy({ text: '2' });
    expect([test.shown(), selectedFiles(test.session.getSnapshot()).length]).toEqual(['2', 1]);
    test.session.filterBy({ text: '' });
    expect([test.shown(), selectedFiles(test.session.getSnapshot()).length]).toEqual(['123', 1]);
    test.session.filterBy({ kinds: new Set<FileKind>(['image']) });
    expect(test.shown()).toBe('');
    test.session.filterBy(NO_FILTERS);
    expect(test.shown()).toBe('123');
    test.session.selectNone();
    expect(selectedFiles(test.session.getSnapshot())).toEqual([]);
  });
});

describe('GallerySession with the family', () => {
  const link = (rel: string, id: number): Relation => ({
    ...{ rel: `System.LinkTypes.${rel}`, url: `https://dev.azure.com/o/p/_apis/wit/workItems/${id}` },
    ...{ name: '', attributes: {} },
  });

  async function withFamily() {
    const test = await opened({ 7: [1, 2], 8: [4], 9: [3] });
    const own = workItemWith([1, 2], { id: 7 });
    test.attachments.read.mockResolvedValue({
      ...own,
      relations: [link('Related', 9), link('Hierarchy-Reverse', 8), ...own.relations],
    });
    test.session.setWithFamily(true);
    await flush();
    return test;
  }

  test('shows related files below those of the work item, the parent first, and saves the setting', async () => {
    const test = await withFamily();
    expect(test.shown()).toBe('1243');
    expect(test.session.getSnapshot().members).toMatchObject([
      { workItemId: 7, kinship: 'own' },
      { workItemId: 8, kinship: 'parent' },
      { workItemId: 9, kinship: 'related' },
    ]);
    test.session.sortBy('name');
    expect(test.shown()).toBe('2143');
    expect(test.host.writeSetting).toHaveBeenCalledWith('gallery-family', 'yes');
    test.session.setWithFamily(false);
    await flush();
    expect(test.shown()).toBe('21');
  });

  test('removes files from their own work items and restores them there', async () => {
    const test = await withFamily();
    await test.session.remove([test.file(2), test.file(4)]);
    expect(test.attachments.remove.mock.calls).toEqual([
      [7, [guid(2)]],
      [8, [guid(4)]],
    ]);
    expect(test.session.getSnapshot().bin).toHaveLength(2);
    await test.session.restore(test.session.getSnapshot().bin);
    expect(test.session.getSnapshot().bin).toEqual([]);
    expect([test.onServer.get(7), test.onServer.get(8)]).toEqual([[1, 2], [4]]);
  });

  test('reads the family from the start when the setting says so', async () => {
    const test = stage();
    test.host.readSetting.mockImplementation((key) =>
      Promise.resolve(key === 'gallery-family' ? 'yes' : undefined),
    );
    await test.session.start();
    expect(test.session.getSnapshot().withFamily).toBe(true);
  });
});

test('GallerySession.previewNext selects nothing for a tap, and moves the focus', async () => {
  const test = await opened();
  test.session.preview(test.file(1));
  test.session.previewNext(1, 'move');
  expect(previewedFile(test.session.getSnapshot()).file).toBe(test.file(2));
  expect(selectedFiles(test.session.getSnapshot())).toEqual([]);
  expect(test.session.getSnapshot().selection.current).toContain(guid(2));
});

test('GallerySession.previewNext follows the order of the list and selects the previewed file', async () => {
  const test = await opened();
  const previewed = (): string | undefined => previewedFile(test.session.getSnapshot()).file?.name;
  test.session.preview(test.file(2));
  test.session.previewNext(1);
  expect(previewed()).toBe('3.txt');
  test.session.previewNext(1);
  expect(previewed()).toBe('3.txt');
  test.session.previewNext(-1);
  expect(selectedFiles(test.session.getSnapshot()).map(({ name }) => name)).toEqual(['2.txt']);
  test.session.closePreview();
  expect(previewed()).toBeUndefined();
});

describe('GallerySession, previewing a file,', () => {
  /** Opens the preview of file 2. Another client leaves these files on the work item. */
  async function previewing() {
    const test = await opened();
    test.session.preview(test.file(2));
    const previewed = () => {
      const { file, isGone } = previewedFile(test.session.getSnapshot());
      return file && `${file.name}${isGone ? ' is gone' : ''}`;
    };
    const leave = async (numbers: number[]): Promise<void> => {
      test.onServer.set(7, numbers);
      await test.tell({ type: 'refreshed', workItemId: 7 });
    };
    return { ...test, previewed, leave };
  }

  test('keeps the preview when another client removes the file, and closes it for good', async () => {
    const test = await previewing();
    await test.leave([1, 3]);
    expect(test.previewed()).toBe('2.txt is gone');
    // Once more, with the same result.
    await test.leave([1, 3]);
    expect(test.previewed()).toBe('2.txt is gone');
    test.session.closePreview();
    await test.leave([1, 2, 3]);
    expect(test.previewed()).toBeUndefined();
  });

  test.each([
    [1, '3.txt'],
    [-1, '1.txt'],
  ] as const)('steps by %s from a file that is gone to its neighbor', async (step, neighbor) => {
    const test = await previewing();
    await test.leave([1, 3]);
    test.session.previewNext(step);
    expect(test.previewed()).toBe(neighbor);
    await test.leave([1, 2, 3]);
    expect(test.previewed()).toBe(neighbor);
  });

  test('shows the file again when another client restores it', async () => {
    const test = await previewing();
    await test.leave([1, 3]);
    await test.leave([1, 2, 3]);
    expect(test.previewed()).toBe('2.txt');
    await test.session.remove([test.file(2)]);
    expect(test.previewed()).toBeUndefined();
  });

  test('closes the preview when it removes the file itself, also after undo', async () => {
    const test = await previewing();
    await test.session.remove([test.file(2)]);
    await flush();
    expect(test.previewed()).toBeUndefined();
    await test.session.restore(test.session.getSnapshot().bin);
    await flush();
    expect([test.shown(), test.previewed()]).toEqual(['123', undefined]);
  });

  test('closes the preview when the form shows another work item', async () => {
    const test = await previewing();
    await test.leave([1, 3]);
    await test.tell(loaded(8));
    expect(test.previewed()).toBeUndefined();
  });
});

describe('GallerySession', () => {
  test('downloads a file, and reports a failure with its name', async () => {
    const test = await opened();
    await test.session.download(test.file(2));
    expect(test.download).toHaveBeenCalledWith(test.file(2), expect.any(AbortSignal), expect.any(Function));
    test.download.mockRejectedValueOnce(new ServerError('work-item-missing', 'Gone.', { status: 404 }));
    await test.session.download(test.file(2));
    expect(test.session.getSnapshot().errors).toMatchObject([
      { name: '2.txt', problem: { kind: 'work-item-missing' } },
    ]);
    await test.session.download(test.file(1));
    expect(test.session.getSnapshot().errors).toEqual([]);
  });

  test('restores a removed file, with one click at first and from the bin later', async () => {
    const test = await opened();
    await test.session.remove([test.file(2)]);
    await flush();
    expect([test.shown(), test.onServer.get(7)]).toEqual(['13', [1, 3]]);
    const { bin, justRemoved } = test.session.getSnapshot();
    expect([bin.length, justRemoved.size]).toEqual([1, 1]);
    expect(test.host.refreshForm).toHaveBeenCalledWith(7);
    await test.runtime.pass(10_000);
    expect([test.session.getSnapshot().bin.length, test.session.getSnapshot().justRemoved.size]).toEqual([
      1, 0,
    ]);
    await test.session.restore(bin);
    await flush();
    expect([test.shown(), test.session.getSnapshot().bin]).toEqual(['123', []]);
    expect(test.attachments.link.mock.calls[0]?.[1]).toEqual([linkable(2)]);
  });

  test('puts a removed file into the bin of its work item even when another one has been opened', async () => {
    const test = await opened();
    const answer = createDeferred<undefined>();
    const { remove } = test.attachments;
    const really = remove.getMockImplementation()!;
    remove.mockImplementationOnce(async (id, ids) => {
      await answer.promise;
      return really(id, ids);
    });
    const removal = test.session.remove([test.file(1)]);
    await test.tell(loaded(8));
    answer.resolve(undefined);
    await removal;
    expect([test.shown(), test.session.getSnapshot().bin]).toEqual(['4', []]);
    await test.tell(loaded(7));
    expect(test.session.getSnapshot().bin).toHaveLength(1);
  });

  test('keeps the work item with an error that arrives when another one is open', async () => {
    const test = await opened();
    const answer = createDeferred<Removal>();
    test.attachments.remove.mockReturnValueOnce(answer.promise);
    const removal = test.session.remove([test.file(1)]);
    await test.tell(loaded(8));
    answer.reject(new ServerError('server-busy', 'Busy.', { status: 503 }));
    await removal;
    expect(test.session.getSnapshot()).toMatchObject({
      workItemId: 8,
      errors: [{ name: '1.txt', workItem: { id: 7, type: 'Bug' } }],
    });
  });

  test('keeps a file after a failed removal, and ignores a second removal of a busy file', async () => {
    const test = await opened();
    test.attachments.remove.mockRejectedValueOnce(new ServerError('no-permission', 'No.', { status: 403 }));
    await Promise.all([test.session.remove([test.file(2)]), test.session.remove([test.file(2)])]);
    await flush();
    expect(test.attachments.remove).toHaveBeenCalledTimes(1);
    expect([test.shown(), test.session.getSnapshot().bin, test.session.getSnapshot().busy.size]).toEqual([
      '123',
      [],
      0,
    ]);
    expect(test.session.getSnapshot().errors).toMatchObject([
      { name: '2.txt', problem: { kind: 'no-permission' } },
    ]);
    test.session.dismissErrors();
    expect(test.session.getSnapshot().errors).toEqual([]);
  });

  test('keeps a file in the bin when restoring it fails, and reports the reason', async () => {
    const test = await opened();
    await test.session.remove([test.file(2), test.file(3)]);
    test.attachments.link.mockResolvedValueOnce({
      revision: 9,
      failures: new Map([[guid(3), new ServerError('attachment-limit', 'Full.')]]),
      workItem: undefined,
    });
    await test.session.restore(test.session.getSnapshot().bin);
    expect(test.session.getSnapshot().bin.map(({ file }) => file.name)).toEqual(['3.txt']);
    expect(test.session.getSnapshot().errors).toMatchObject([
      { name: '3.txt', problem: { kind: 'attachment-limit' } },
    ]);
  });

  test('changes a comment, one change at a time, and refreshes the form', async () => {
    const test = await opened();
    const file = test.file(2);
    const first = test.session.changeComment(file, 'new');
    expect(test.session.getSnapshot().busy.size).toBe(1);
    expect(await rejectionOf(test.session.changeComment(file, 'newer'))).toMatchObject({ kind: 'conflict' });
    await first;
    expect(test.attachments.changeComment.mock.calls).toEqual([[7, guid(2), 'new']]);
    expect([test.session.getSnapshot().busy.size, test.host.refreshForm.mock.calls]).toEqual([0, [[7]]]);
    test.attachments.changeComment.mockRejectedValueOnce(new ServerError('no-permission', 'No.'));
    expect(await rejectionOf(test.session.changeComment(file, 'x'))).toMatchObject({ kind: 'no-permission' });
    expect(test.session.getSnapshot()).toMatchObject({ errors: [], busy: new Set() });
  });

  test('hides a file removed by another user without putting it into the bin', async () => {
    const test = await opened();
    const file = test.file(2);
    test.onServer.set(7, [1, 3]);
    await test.session.remove([file]);
    await flush();
    expect([test.shown(), test.session.getSnapshot().bin]).toEqual(['13', []]);
  });
});

describe('Replacements.start', () => {
  const picked = new File(['12345'], 'new.txt');

  test('uploads the new file first, then puts the old one into the bin', async () => {
    const test = await opened();
    const old = test.file(2);
    const stored = createDeferred<AttachmentReference>();
    test.send.mockReturnValueOnce(stored.promise);
    const replacing = test.session.replacements.start(old, picked);
    await flush();
    test.send.mock.calls[0]![1].onProgress(3);
    expect([...test.session.replacements.getSnapshot().values()]).toEqual([
      { file: old, name: 'new.txt', bytesSent: 3, bytesTotal: 5, isBeside: false },
    ]);
    expect(test.attachments.replace).not.toHaveBeenCalled();
    stored.resolve(referenceTo(9));
    await replacing;
    await flush();
    expect(test.attachments.replace.mock.calls).toEqual([
      [7, guid(2), { reference: referenceTo(9), name: 'new.txt', size: 5 }],
    ]);
    expect([test.shown(), test.session.replacements.getSnapshot().size]).toEqual(['139', 0]);
    expect(test.session.getSnapshot().bin).toMatchObject([{ file: { name: '2.txt' } }]);
    expect(test.host.refreshForm).toHaveBeenCalledWith(7);
  });

  test('attaches the new file beside the old one on request, with the same comment', async () => {
    const test = await opened();
    const old = test.file(2);
    expect(await test.session.replacements.start(old, picked, 'beside')).toBe(true);
    expect(test.attachments.replace).not.toHaveBeenCalled();
    expect(test.attachments.link.mock.calls).toEqual([
      [7, [{ reference: referenceTo(9), name: 'new.txt', size: 5, comment: '' }]],
    ]);
    expect([test.session.getSnapshot().bin, test.session.replacements.getSnapshot().size]).toEqual([[], 0]);
    const failures = new Map([[guid(9), new ServerError('attachment-limit', 'Full.')]]);
    test.attachments.link.mockResolvedValueOnce({ revision: 9, failures, workItem: undefined });
    expect(await test.session.replacements.start(old, picked, 'beside')).toBe(false);
    expect(test.session.getSnapshot().errors).toMatchObject([{ problem: { kind: 'attachment-limit' } }]);
    expect(test.session.replacements.getSnapshot().size).toBe(0);
  });

  test('keeps the old file when it is canceled or fails', async () => {
    const test = await opened();
    const old = test.file(2);
    test.send.mockImplementationOnce(
      (_, { signal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new CancelledError())),
        ),
    );
    const replacing = test.session.replacements.start(old, picked);
    // The file is busy.
    expect(await test.session.replacements.start(old, picked)).toBe(false);
    await flush();
    test.session.replacements.cancel(old);
    await replacing;
    expect([test.send.mock.calls.length, test.session.getSnapshot().errors]).toEqual([1, []]);
    test.attachments.replace.mockRejectedValueOnce(new ServerError('no-permission', 'No.'));
    await test.session.replacements.start(old, picked);
    expect(test.session.getSnapshot()).toMatchObject({
      errors: [{ name: 'new.txt', problem: { kind: 'no-permission' }, workItem: { id: 7, type: 'Bug' } }],
      bin: [],
      busy: new Set(),
    });
    expect(test.session.replacements.getSnapshot().size).toBe(0);
  });

  /** Another client removes file 2 while its replacement is uploaded: before, or during the patch. */
  async function overtaken(when: 'before' | 'during') {
    const test = await opened();
    const old = test.file(2);
    test.onServer.set(7, [1, 3]);
    if (when === 'before')
      test.attachments.replace.mockRejectedValueOnce(new ServerError('not-attached', 'Gone.'));
    else
      test.attachments.replace.mockResolvedValueOnce({
        ...{ workItem: workItemWith([1, 3]), removed: [linkable(2)], restored: [], unseen: 0 },
        isLinked: false,
      });
    await test.session.replacements.start(old, picked);
    await flush();
    const offers = () => [...test.session.replacements.getSnapshot().values()];
    return { ...test, old, offers };
  }

  test.each(['before', 'during'] as const)(
    'keeps the new file when another client removes the old one %s the patch',
    async (when) => {
      const test = await overtaken(when);
      expect(test.offers()).toMatchObject([
        { file: { name: '2.txt' }, name: 'new.txt', unlinked: { size: 5 } },
      ]);
      // This gallery has not removed it.
      expect(test.session.getSnapshot()).toMatchObject({ bin: [], errors: [], busy: new Set() });
      test.session.replacements.cancel(test.old);
      expect(test.offers()).toEqual([]);
    },
  );

  test('attaches the new file anyway, and offers it again after a failure', async () => {
    const test = await overtaken('before');
    const offered = test.offers()[0]!;
    const failures = new Map([[guid(9), new ServerError('attachment-limit', 'Full.')]]);
    test.attachments.link.mockResolvedValueOnce({ revision: 9, failures, workItem: undefined });
    await test.session.replacements.attachAnyway(offered);
    expect(test.session.getSnapshot().errors).toMatchObject([
      { name: 'new.txt', problem: { kind: 'attachment-limit' }, workItem: { id: 7 } },
    ]);
    expect(test.offers()).toEqual([offered]);
    await test.session.replacements.attachAnyway(offered);
    expect(test.attachments.link).toHaveBeenLastCalledWith(7, [
      { reference: referenceTo(9), name: 'new.txt', size: 5, comment: '' },
    ]);
    expect([test.offers(), test.session.getSnapshot().errors]).toEqual([[], []]);
    expect(test.send).toHaveBeenCalledTimes(1);
  });
});

describe('GallerySession beside unsaved edits', () => {
  /** Opens work item 7 and edits it. */
  test('ends the offer to undo a removal when dismissed, and keeps the file in the bin', async () => {
    const test = await opened();
    await test.session.remove([test.file(2)]);
    await flush();
    expect(test.session.getSnapshot().justRemoved.size).toBe(1);
    test.session.dismissRemoval();
    const { bin, justRemoved } = test.session.getSnapshot();
    expect([bin.length, justRemoved.size]).toEqual([1, 0]);
  });

  async function edited() {
    const test = await opened();
    test.host.getUnsavedEdits.mockResolvedValue('some');
    const waiting = () => test.session.gate.getSnapshot().changes.map(({ names }) => names.length);
    return { ...test, waiting };
  }

  test('removes files once, after the save', async () => {
    const test = await edited();
    await test.session.remove([test.file(1), test.file(2)]);
    expect([test.waiting(), test.attachments.remove.mock.calls, test.shown()]).toEqual([[2], [], '123']);
    // The files are busy until then.
    await test.session.remove([test.file(1)]);
    expect(test.waiting()).toEqual([2]);
    await test.tell({ type: 'saved', workItemId: 7 });
    await test.tell({ type: 'saved', workItemId: 7 });
    expect(test.attachments.remove.mock.calls).toEqual([[7, [guid(1), guid(2)]]]);
    expect([test.waiting(), test.shown(), test.session.getSnapshot().busy.size]).toEqual([[], '3', 0]);
    await test.runtime.pass(10_000);
    expect(test.session.getSnapshot().justRemoved.size).toBe(0);
  });

  test('frees the files of a canceled change, and changes nothing', async () => {
    const test = await edited();
    await test.session.remove([test.file(1)]);
    await test.session.replacements.start(test.file(2), new File(['1'], 'new.txt'));
    test.session.gate.cancel(7);
    await test.tell({ type: 'saved', workItemId: 7 });
    expect([test.attachments.remove.mock.calls, test.send.mock.calls]).toEqual([[], []]);
    expect(test.session.getSnapshot()).toMatchObject({ busy: new Set(), errors: [] });
  });

  test('lets the dialog of a comment close, and reports its later failure by name', async () => {
    const test = await edited();
    await test.session.changeComment(test.file(2), 'new');
    expect(test.attachments.changeComment).not.toHaveBeenCalled();
    test.attachments.changeComment.mockRejectedValueOnce(new ServerError('no-permission', 'No.'));
    test.session.gate.runNow(7, false);
    await flush();
    expect(test.session.getSnapshot().errors).toMatchObject([
      { name: '2.txt', problem: { kind: 'no-permission' } },
    ]);
    // The question is answered for this edit session.
    await test.session.changeComment(test.file(2), 'newer');
    expect(test.attachments.changeComment).toHaveBeenCalledTimes(2);
  });

  test('tells that changes are lost when the form is closed without a save', async () => {
    const test = await edited();
    await test.session.remove([test.file(1)]);
    await test.tell({ type: 'unloaded', workItemId: 7 });
    expect(test.host.showToast.mock.calls).toEqual([
      ["1 attachment wasn't changed because the work item was closed without saving."],
    ]);
  });
});

test('GallerySession ignores relations other than attachments', async () => {
  const test = stage();
  test.attachments.read.mockResolvedValueOnce(
    workItemWith([], { relations: [relationTo(1), { ...relationTo(2), rel: 'Hyperlink' }] }),
  );
  test.session.onConnected();
  await test.session.start();
  await test.tell(loaded(7));
  expect(test.shown()).toBe('1');
});

describe('GallerySession, folded to a strip,', () => {
  /** Opens work item 7 with a strip; the server has three files. */
  async function folded() {
    const test = stage();
    test.session.setFolded(true);
    test.session.onConnected();
    await test.session.start();
    await test.tell(loaded(7));
    return test;
  }

  test('reads nothing by itself and shows the work items read by the form', async () => {
    const test = await folded();
    await test.tell({ type: 'saved', workItemId: 7 });
    await test.tell({ type: 'refreshed', workItemId: 7 });
    expect(test.session.getSnapshot().files).toBeUndefined();
    test.session.onRead(workItemWith([1, 2]));
    expect(test.shown()).toHaveLength(2);
    expect(test.attachments.read).not.toHaveBeenCalled();
    expect(test.attachments.readAdditions).not.toHaveBeenCalled();
  });

  test('ignores another work item and an older revision', async () => {
    const test = await folded();
    test.session.onRead(workItemWith([1, 2], { revision: 5 }));
    test.session.onRead(workItemWith([1], { revision: 4 }));
    test.session.onRead(workItemWith([4], { id: 8, revision: 9 }));
    expect(test.shown()).toHaveLength(2);
  });

  test('reads everything when it is unfolded, and clears the selection when it is folded', async () => {
    const test = await folded();
    test.session.onRead(workItemWith([1, 2]));
    test.session.setFolded(false);
    await flush();
    expect(test.shown()).toHaveLength(3);
    expect(test.attachments.readAdditions.mock.calls).toEqual([[7]]);
    test.session.selectAll();
    test.session.setFolded(true);
    expect(selectedFiles(test.session.getSnapshot())).toEqual([]);
    expect(test.attachments.read).toHaveBeenCalledTimes(1);
  });

  test('reads the work item after a change of its own, unless the form was faster', async () => {
    const test = await folded();
    test.session.onRead(workItemWith([1, 2, 3], { revision: 5 }));
    const late = createDeferred<WorkItem>();
    test.attachments.read.mockReturnValueOnce(late.promise);
    await test.session.remove([test.file(2)]);
    expect(test.attachments.read).toHaveBeenCalledTimes(1);
    test.session.onRead(workItemWith([1, 3], { revision: 7 }));
    late.resolve(workItemWith([1, 2, 3], { revision: 5 }));
    await flush();
    expect(test.shown()).toHaveLength(2);
  });

  test('loads the command to insert files once', async () => {
    const { session } = await folded();
    expect(await session.loadInsertions()).toBe(await session.loadInsertions());
  });
});

describe('GallerySession, with files in texts,', () => {
  /** A file that the description shows. */
  function inDescription(number: number, facts: Partial<AttachedFile> = {}): AttachedFile {
    const [file] = attachedFilesOf(workItemWith([number]));
    const text = { kind: 'field', field: 'System.Description', name: 'Description' } as const;
    const [use] = filesInText('<img src="https://example.com/a.png">', 'html');
    const source = { text: '', format: 'html' } as const;
    const inText = { place: 'here', uses: [{ text, source, file: use! }] } as const;
    return { ...file!, size: undefined, inText, ...facts };
  }

  /** Opens work item 7 with files in its description, and others in its comments. */
  async function withTexts(inFields: readonly number[], inComments: readonly number[] = []) {
    const test = stage();
    test.attachments.readTextFiles.mockImplementation((_, { withComments }) =>
      Promise.resolve({
        files: [...inFields, ...(withComments ? inComments : [])].map((number) => inDescription(number)),
        cut: [],
        withComments,
      }),
    );
    await test.session.start();
    await test.tell(loaded(7));
    return test;
  }

  test('counts those of fields, and lists all of them if requested', async () => {
    const test = await withTexts([2], [4]);
    const { session, host } = test;
    expect([session.getSnapshot().texts?.files.length, test.shown()]).toEqual([1, '123']);
    session.setWithTexts(true);
    await flush();
    expect(test.shown()).toBe('12324');
    session.filterBy({ text: '4' });
    expect(test.shown()).toBe('4');
    session.filterBy(NO_FILTERS);
    session.setWithTexts(false);
    expect(test.shown()).toBe('123');
    expect(host.writeSetting.mock.calls).toEqual([
      ['gallery-texts', 'yes'],
      ['gallery-texts', 'no'],
    ]);
  });

  test('keeps the list, with the reason, if the texts cannot be read', async () => {
    const test = stage();
    test.attachments.readTextFiles.mockRejectedValue(new ServerError('no-permission', 'No.'));
    await test.session.start();
    await test.tell(loaded(7));
    expect(test.session.getSnapshot()).toMatchObject({ textsProblem: { kind: 'no-permission' } });
    expect(test.shown()).toBe('123');
  });

  test('keeps the sizes of those that were read', async () => {
    const { session } = await withTexts([4]);
    session.onSizeInTexts(inDescription(4), 70);
    session.setWithTexts(true);
    await flush();
    expect(session.getSnapshot().shown.map(({ size }) => size)).toEqual([10, 20, 30, 70]);
  });

  test('neither renames, nor moves, nor removes them', async () => {
    const test = await withTexts([1, 4]);
    test.session.setWithTexts(true);
    await flush();
    const { shown } = test.session.getSnapshot();
    expect(shown.map((file) => canChange(test.session.getSnapshot(), file))).toEqual([
      ...[true, true, true],
      ...[false, false],
    ]);
    await test.session.remove(shown.slice(3));
    await test.session.transfers.start(shown.slice(3), { id: 8, type: '', title: '', state: '' }, true);
    expect(test.attachments.remove).not.toHaveBeenCalled();
    expect(test.attachments.link).not.toHaveBeenCalled();
  });

  test('attaches one as a file, after reading its size', async () => {
    const test = await withTexts([4]);
    await test.session.attachFromText([inDescription(4)]);
    expect(test.attachments.link.mock.calls).toEqual([
      [7, [{ reference: inDescription(4).reference, name: '4.txt', size: 1, comment: '' }]],
    ]);
    expect(test.shown()).toBe('1234');
  });

  test('attaches none whose bytes are gone', async () => {
    const test = await withTexts([4]);
    test.attachments.readBytes.mockRejectedValue(new ServerError('refused', 'Gone.', { status: 404 }));
    await test.session.attachFromText([inDescription(4)]);
    expect(test.attachments.link).not.toHaveBeenCalled();
    expect(test.session.getSnapshot().errors).toMatchObject([{ name: '4.txt', problem: { status: 404 } }]);
  });

  test('tells which removed file a text still uses, also a comment', async () => {
    const test = await withTexts([4], [2]);
    await test.session.remove([test.file(1), test.file(2)]);
    await flush();
    const used = removedButUsed(test.session.getSnapshot());
    expect(used.map(({ removed }) => removed.file.name)).toEqual(['2.txt']);
    await test.session.restore(used.map(({ removed }) => removed));
    expect(removedButUsed(test.session.getSnapshot())).toEqual([]);
  });
});
