import type { WaitingChange } from '../../../src/upload/form/save-gate';
import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import { attachedFilesOf } from '../../../src/gallery/model/attached-file';
import { createGalleryStore } from '../../../src/gallery/gallery-state';
import type { RemovedFile } from '../../../src/gallery/gallery-state';
import { createTransfers } from '../../../src/gallery/changes/transfers';
import type { Removal } from '../../../src/upload/link/edit-attachments';
import type { LinkableAttachment, WorkItem } from '../../../src/azure/work-item';
import { NetworkError, ServerError } from '../../../src/base/errors';
import { flush } from '../../helpers/deferred';
import { createTestHost } from '../../helpers/host';
import { guid, linkable, workItemWith } from '../../helpers/uploads';

const TARGET = { id: 9, type: 'Bug', title: 'Other', state: 'New' };

/** Opens work item 7; work items on the server have attachments with these numbers. */
function begin(attached: Record<number, number[]>) {
  const onServer = new Map(Object.entries(attached).map(([id, numbers]) => [Number(id), numbers]));
  const numbersOn = (id: number): number[] => onServer.get(id) ?? [];
  const itemOf = (id: number): WorkItem => workItemWith(numbersOn(id), { id, project: 'Fabrikam' });
  const numberOf = (id: string): number => Number(id.slice(-12));
  const store = createGalleryStore();
  store.change({ status: 'open', workItemId: 7 });
  const attachments = {
    read: jest.fn<Promise<WorkItem>, [number]>((id) => Promise.resolve(itemOf(id))),
    readMany: jest.fn<Promise<ReadonlyMap<number, WorkItem>>, [readonly number[]]>((ids) =>
      Promise.resolve(new Map(ids.filter((id) => onServer.has(id)).map((id) => [id, itemOf(id)]))),
    ),
    findByTitle: jest.fn<Promise<readonly number[]>, [object]>(() => Promise.resolve([9])),
    getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam/'),
    link: jest.fn((id: number, linkables: readonly LinkableAttachment[]) => {
      onServer.set(id, [...numbersOn(id), ...linkables.map(({ reference }) => numberOf(reference.id))]);
      return Promise.resolve({ workItem: itemOf(id), failures: new Map<string, unknown>() });
    }),
    remove: jest.fn((id: number, ids: readonly string[]): Promise<Removal> => {
      const removed = ids.map(numberOf).filter((number) => numbersOn(id).includes(number));
      onServer.set(
        id,
        numbersOn(id).filter((number) => !removed.includes(number)),
      );
      return Promise.resolve({
        ...{ workItem: itemOf(id), removed: removed.map(linkable), restored: [], unseen: 0 },
      });
    }),
  };
  const bins = new Map<number, readonly RemovedFile[]>();
  const gate = { pass: jest.fn<Promise<undefined>, [WaitingChange]>(() => Promise.resolve(undefined)) };
  const transfers = createTransfers({
    ...{ store, attachments, bins, gate, host: createTestHost(), readAgain: jest.fn() },
  });
  const files = (id: number): readonly AttachedFile[] => attachedFilesOf(itemOf(id));
  return { transfers, attachments, onServer, store, files, bins, gate };
}

test('Transfers links a copy with its name, comment and size, without an upload', async () => {
  const { transfers, attachments, onServer, files } = begin({ 7: [1, 2], 9: [3] });
  await transfers.start(files(7), TARGET, false);
  expect([onServer.get(7), onServer.get(9)]).toEqual([
    [1, 2],
    [3, 1, 2],
  ]);
  expect(attachments.link.mock.calls[0]?.[1]).toMatchObject([
    { reference: { id: guid(1) }, name: '1.txt', comment: '', size: 10 },
    { name: '2.txt' },
  ]);
  expect(transfers.getSnapshot()).toMatchObject({ isMove: false, target: TARGET, removed: [] });
  await transfers.undo();
  expect(onServer.get(9)).toEqual([3]);
  expect(transfers.getSnapshot()).toBeUndefined();
});

test('Transfers does not link a file attached to the target already, and keeps it there on undo', async () => {
  const { transfers, attachments, onServer, files } = begin({ 7: [1, 2], 9: [2] });
  await transfers.start(files(7), TARGET, false);
  await transfers.undo();
  expect(onServer.get(9)).toEqual([2]);
  attachments.link.mockClear();
  await transfers.start(files(7).slice(1), TARGET, false);
  expect(attachments.link).not.toHaveBeenCalled();
  expect(transfers.getSnapshot()).toMatchObject({ linked: [], files: [{ name: '2.txt' }] });
});

test('Transfers says that files copied to their own work item are attached already', async () => {
  const { transfers, attachments, files, store } = begin({ 9: [1] });
  await transfers.start(files(9), TARGET, true);
  expect(transfers.getSnapshot()).toMatchObject({ linked: [], removed: [], files: [{ name: '1.txt' }] });
  expect([attachments.link.mock.calls, attachments.remove.mock.calls]).toEqual([[], []]);
  expect(store.getSnapshot().busy.size).toBe(0);
});

test('Transfers removes moved files into the bin, and undoes a move', async () => {
  const { transfers, onServer, files, bins, store } = begin({ 7: [1, 2], 9: [] });
  await transfers.start(files(7).slice(0, 1), TARGET, true);
  expect([onServer.get(7), onServer.get(9)]).toEqual([[2], [1]]);
  expect(bins.get(7)).toMatchObject([{ file: { name: '1.txt' } }]);
  await transfers.undo();
  expect([onServer.get(7), onServer.get(9), bins.get(7)]).toEqual([[2, 1], [], []]);
  expect(store.getSnapshot()).toMatchObject({ bin: [], errors: [], busy: new Set() });
});

test('Transfers moves files of several work items to one of them without removing its own', async () => {
  const { transfers, onServer, files } = begin({ 7: [1], 8: [2], 9: [2, 3] });
  await transfers.start([...files(7), ...files(8), ...files(9)], TARGET, true);
  expect([onServer.get(7), onServer.get(8), onServer.get(9)]).toEqual([[], [], [2, 3, 1]]);
  await transfers.start(files(9), TARGET, true);
  expect(onServer.get(9)).toEqual([2, 3, 1]);
});

test('Transfers reports files not linked by name, and keeps them at their source', async () => {
  const { transfers, attachments, onServer, store, files } = begin({ 7: [1, 2], 9: [] });
  attachments.link.mockImplementationOnce((id) => {
    onServer.set(id, [1]);
    const failures = new Map([[guid(2), new ServerError('attachment-limit', 'Full.')]]);
    return Promise.resolve({ workItem: workItemWith([1]), failures });
  });
  await transfers.start(files(7), TARGET, true);
  expect([onServer.get(7), onServer.get(9)]).toEqual([[2], [1]]);
  expect(store.getSnapshot().errors).toMatchObject([
    { name: '2.txt', problem: { kind: 'attachment-limit' }, workItem: { id: 9, type: 'Bug' } },
  ]);
  attachments.read.mockRejectedValueOnce(new ServerError('work-item-missing', 'Gone.'));
  await transfers.start(files(7), TARGET, true);
  expect(onServer.get(7)).toEqual([2]);
  expect(store.getSnapshot()).toMatchObject({
    errors: [{ name: '2.txt', problem: { kind: 'work-item-missing' }, workItem: { id: 9 } }],
    busy: new Set(),
  });
});

test('Transfers keeps files on the target when restoring them fails', async () => {
  const { transfers, attachments, onServer, files, store, bins } = begin({ 7: [1], 9: [] });
  await transfers.start(files(7), TARGET, true);
  const failures = new Map([[guid(1), new ServerError('attachment-limit', 'Full.')]]);
  attachments.link.mockResolvedValueOnce({ workItem: workItemWith([]), failures });
  await transfers.undo();
  expect([onServer.get(7), onServer.get(9), bins.get(7)?.length]).toEqual([[], [1], 1]);
  expect(store.getSnapshot().errors).toMatchObject([{ name: '1.txt', workItem: { id: 7 } }]);
});

test('Transfers retries a failed undo', async () => {
  const { transfers, attachments, onServer, files } = begin({ 7: [1], 9: [] });
  await transfers.start(files(7), TARGET, false);
  attachments.remove.mockRejectedValueOnce(new NetworkError('No answer.'));
  await transfers.undo();
  expect(transfers.getSnapshot()).toMatchObject({ undoing: { kind: 'network' } });
  await transfers.undo();
  await flush();
  expect(onServer.get(9)).toEqual([]);
  expect(transfers.getSnapshot()).toBeUndefined();
});

describe('Transfers.find', () => {
  test.each([
    ['9', [9]],
    ['#9', [9]],
    ['https://dev.azure.com/fabrikam/Fabrikam/_workitems/edit/9', [9]],
    ['9, 8', [9, 8]],
    ['https://dev.azure.com/contoso/Fabrikam/_workitems/edit/9', []],
    ['404', []],
    ['  ', []],
  ])('finds work items by number in “%s”', async (text, expected) => {
    const { transfers, attachments } = begin({ 7: [], 8: [], 9: [] });
    const found = await transfers.find(text, 7, new AbortController().signal);
    expect(found.map(({ id }) => id)).toEqual(expected);
    expect(attachments.findByTitle).not.toHaveBeenCalled();
  });

  test('finds “Bug 8” by number first, then by title', async () => {
    const { transfers } = begin({ 7: [], 8: [], 9: [] });
    const found = await transfers.find('Bug 8', 7, new AbortController().signal);
    expect(found.map(({ id }) => id)).toEqual([8, 9]);
  });

  test('finds work items by the words of their titles, in the project of the file', async () => {
    const { transfers, attachments } = begin({ 7: [], 9: [] });
    const found = await transfers.find(' search  box 2 ', 7, new AbortController().signal);
    expect(found.map(({ id }) => id)).toEqual([9]);
    expect(attachments.findByTitle.mock.calls[0]?.[0]).toEqual({
      ...{ words: ['search', 'box', '2'], project: 'Fabrikam', maxResults: 10 },
    });
  });
});

test('Transfers waits for unsaved edits only if it changes the work item in the form', async () => {
  const { transfers, files, gate, store } = begin({ 7: [1, 2], 9: [] });
  store.change({ workItemId: 7 });
  await transfers.start(files(7).slice(0, 1), TARGET, false);
  expect(gate.pass).not.toHaveBeenCalled();
  await transfers.start(files(7).slice(1), TARGET, true);
  expect(gate.pass.mock.calls).toMatchObject([[{ workItemId: 7, names: ['2.txt'] }]]);
});
