import type { UpdatedAttachment, WorkItemUpdate } from '../../../../src/azure/rest/updates';
import type { LinkableAttachment, WorkItem } from '../../../../src/azure/work-item';
import { CancelledError, NetworkError, ServerError } from '../../../../src/base/errors';
import type { Attachments } from '../../../../src/gallery/attachments';
import { createChangeTools } from '../../../../src/gallery/changes/change-tools';
import type { RemovedFile } from '../../../../src/gallery/gallery-state';
import { createGalleryStore } from '../../../../src/gallery/gallery-state';
import { createFileHistory } from '../../../../src/gallery/history/file-history-session';
import type { SendFile } from '../../../../src/gallery/send-file';
import type { Release, WaitingChange } from '../../../../src/upload/form/save-gate';
import type { Removal } from '../../../../src/upload/link/edit-attachments';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createTestHost } from '../../../helpers/host';
import { guid, linkable, referenceTo, workItemWith } from '../../../helpers/uploads';
import { attachedFile } from '../model/files';

const GONE = new ServerError('refused', 'Gone.', { status: 404 });

/** Work item 7; files 1, 2 and 3 were removed from it, file 1 first. Only file 9 is attached. */
function begin() {
  let attached = [9];
  const numberOf = (id: string): number => Number(id.slice(-12));
  const itemNow = (): WorkItem => workItemWith(attached);
  const updates: WorkItemUpdate[] = [];
  const fileOf = (number: number): UpdatedAttachment => ({ ...linkable(number), ...referenceTo(number) });
  const save = (facts: Partial<WorkItemUpdate>): void =>
    void updates.push({
      ...{ by: 'Raisa', at: updates.length, added: [], removed: [], updated: [], mentioned: [] },
      ...facts,
    });
  save({ added: [1, 2, 3, 9].map(fileOf) });
  for (const number of [1, 2, 3]) save({ removed: [fileOf(number)], by: `Person ${number}` });

  const attachments = {
    read: jest.fn<Promise<WorkItem>, [number]>(() => Promise.resolve(itemNow())),
    readUpdates: jest.fn<Promise<readonly WorkItemUpdate[]>, Parameters<Attachments['readUpdates']>>(
      (_id, { skip = 0 }) => Promise.resolve(updates.slice(skip)),
    ),
    readBytes: jest.fn<Promise<Blob>, Parameters<Attachments['readBytes']>>(({ size = 0 }) =>
      Promise.resolve(new Blob(['x'.repeat(size)])),
    ),
    link: jest.fn((_id: number, linkables: readonly LinkableAttachment[]) => {
      const numbers = linkables.map(({ reference }) => numberOf(reference.id));
      attached = [...attached, ...numbers];
      save({ added: numbers.map(fileOf) });
      return Promise.resolve({ workItem: itemNow(), failures: new Map<string, unknown>() });
    }),
    remove: jest.fn((_id: number, ids: readonly string[]): Promise<Removal> => {
      const removed = ids.map(numberOf);
      attached = attached.filter((number) => !removed.includes(number));
      save({ removed: removed.map(fileOf) });
      return Promise.resolve({
        ...{ workItem: itemNow(), removed: removed.map(linkable), restored: [], unseen: 0 },
      });
    }),
  };
  const store = createGalleryStore();
  store.change({ status: 'open', workItemId: 7 });
  const bins = new Map<number, readonly RemovedFile[]>();
  const pass = jest.fn<Promise<{ released: Promise<Release> } | undefined>, [WaitingChange]>(() =>
    Promise.resolve(undefined),
  );
  const readAgain = jest.fn();
  const tools = createChangeTools({
    ...{ store, bins, readAgain, host: createTestHost(), gate: { pass } },
  });
  let sent = 20;
  const send = jest.fn<ReturnType<SendFile>, Parameters<SendFile>>(() =>
    Promise.resolve(referenceTo(++sent)),
  );
  const history = createFileHistory({ attachments, store, tools, send, runtime: createFakeRuntime() });
  /** Selects removed files by their numbers. */
  const select = (...numbers: readonly number[]): void =>
    history.select(
      history.getSnapshot().removed.filter(({ file }) => numbers.includes(numberOf(file.reference.id))),
      true,
    );
  const removedNumbers = (): number[] =>
    history.getSnapshot().removed.map(({ file }) => numberOf(file.reference.id));
  const failNext = (error: Error) =>
    attachments.readBytes.mockImplementationOnce(() => Promise.reject(error));
  return {
    ...{ history, attachments, store, bins, pass, send, readAgain, select, removedNumbers, failNext, save },
    attached: () => attached,
  };
}

async function beginRead() {
  const stage = begin();
  await stage.history.read();
  return stage;
}

describe('FileHistory', () => {
  it('lists removed files with the person who removed them, the latest first', async () => {
    const { history, attachments } = await beginRead();
    const { removed, entries, isReading, isCut } = history.getSnapshot();
    expect(removed).toMatchObject([3, 2, 1].map((number) => ({ by: `Person ${number}`, at: number })));
    expect([entries.length, isReading, isCut]).toEqual([7, false, false]);
    await history.read();
    expect(attachments.readUpdates.mock.calls.map(([, { skip }]) => skip)).toEqual([0, 3]);
    expect(history.getSnapshot().entries).toHaveLength(7);
  });

  it('keeps a failure of reading until it is retried', async () => {
    const { history, attachments } = begin();
    attachments.readUpdates.mockRejectedValueOnce(new NetworkError('No answer.'));
    await history.read();
    expect(history.getSnapshot()).toMatchObject({
      ...{ isReading: false, failed: { action: 'read', problem: { kind: 'network' } } },
    });
    await history.retry();
    expect(history.getSnapshot()).toMatchObject({ failed: undefined, removed: [{}, {}, {}] });
  });

  it('restores selected files with their names and comments in one patch, and undoes it', async () => {
    const { history, attachments, select, attached, removedNumbers, readAgain } = await beginRead();
    select(1, 3);
    await history.restore('restore');
    await flush();
    expect(attached()).toEqual([9, 3, 1]);
    expect(attachments.link.mock.calls).toEqual([[7, [linkable(3), linkable(1)]]]);
    expect(attachments.readBytes.mock.calls.map(([, , , headBytes]) => headBytes)).toEqual([1, 1]);
    expect(removedNumbers()).toEqual([2]);
    expect(history.getSnapshot()).toMatchObject({
      ...{ work: undefined, failed: undefined, selected: new Set() },
      restoration: { isCopy: false, restored: [{}, {}], failed: [], linked: [{}, {}] },
    });
    expect(readAgain).toHaveBeenCalledTimes(1);
    await history.undo();
    await flush();
    expect(attached()).toEqual([9]);
    expect(history.getSnapshot().restoration).toBeUndefined();
    expect(removedNumbers()).toEqual([1, 3, 2]);
  });

  it('links nothing for a file whose bytes are gone, and names the reason', async () => {
    const { history, select, attached, failNext } = await beginRead();
    failNext(GONE);
    select(1, 2, 3);
    await history.restore('restore');
    expect(attached()).toEqual([9, 2, 1]);
    const { failures, restoration, selected } = history.getSnapshot();
    expect([...failures]).toMatchObject([[guid(3), { isUnread: true, problem: { status: 404 } }]]);
    expect(restoration).toMatchObject({ failed: [{ file: { name: '3.txt' } }], restored: [{}, {}] });
    expect(selected).toEqual(new Set([guid(3)]));
  });

  it('sends no patch if no file can be read', async () => {
    const { history, select, attachments, failNext } = await beginRead();
    failNext(GONE);
    select(1);
    await history.restore('restore');
    expect([attachments.read, attachments.link].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
    expect(history.getSnapshot()).toMatchObject({
      work: undefined,
      restoration: { restored: [], failed: [{}], linked: [] },
    });
  });

  it('takes a file for readable once a server that ignores the range has sent enough of it', async () => {
    const { history, select, attachments, attached } = await beginRead();
    attachments.readBytes.mockImplementationOnce((_file, signal, onProgress) => {
      onProgress?.(65_536);
      return signal.aborted ? Promise.reject(new CancelledError()) : Promise.resolve(new Blob());
    });
    select(1);
    await history.restore('restore');
    expect(attached()).toEqual([9, 1]);
  });

  it('reads a file without a range if the server refuses it, or if the file is empty', async () => {
    const { history, select, attachments, attached, failNext, save } = await beginRead();
    failNext(new NetworkError('No answer to the preflight.'));
    select(1);
    await history.restore('restore');
    await flush();
    const empty = { ...linkable(4), ...referenceTo(4), size: 0 };
    save({ added: [empty] });
    save({ removed: [empty] });
    await history.read();
    select(4);
    await history.restore('restore');
    expect(attachments.readBytes.mock.calls.map((call) => call[3])).toEqual([1, undefined, undefined]);
    expect(attached()).toEqual([9, 1, 4]);
  });

  it('does not link what another client has attached again, and keeps it on undo', async () => {
    const { history, select, attachments, attached } = await beginRead();
    await attachments.link(7, [linkable(1)]);
    attachments.link.mockClear();
    select(1, 2);
    await history.restore('restore');
    expect(attachments.link.mock.calls).toEqual([[7, [linkable(2)]]]);
    expect(history.getSnapshot().restoration?.restored).toHaveLength(2);
    await history.undo();
    expect(attached()).toEqual([9, 1]);
  });

  it('undoes a link whose answer was lost at first', async () => {
    const { history, select, attachments, attached } = await beginRead();
    const { link } = attachments;
    const linkNow = link.getMockImplementation();
    link.mockImplementationOnce(async (...order) => {
      await linkNow?.(...order);
      return { workItem: workItemWith([]), failures: new Map([[guid(1), new NetworkError('Lost.')]]) };
    });
    select(1);
    await history.restore('restore');
    expect(history.getSnapshot().failures.get(guid(1))).toMatchObject({ isUnread: false });
    select(1);
    await history.restore('restore');
    await flush();
    // The history already knows that it is attached, so that there is nothing to do.
    expect([attached(), history.getSnapshot().removed.length]).toEqual([[9, 1], 2]);
    expect(link).toHaveBeenCalledTimes(1);
  });

  it('stops at once and links nothing if the server cannot be reached, then retries', async () => {
    const { history, select, attachments, attached } = await beginRead();
    attachments.read.mockRejectedValueOnce(new NetworkError('No answer.'));
    select(1, 2);
    await history.restore('restore');
    await flush();
    expect(history.getSnapshot()).toMatchObject({
      ...{ work: undefined, restoration: undefined, failed: { action: 'restore' } },
      selected: new Set([guid(1), guid(2)]),
    });
    expect(attached()).toEqual([9]);
    await history.retry();
    expect(attached()).toEqual([9, 2, 1]);
  });

  it('links nothing after a cancel during the check', async () => {
    const { history, select, attachments, attached } = await beginRead();
    attachments.readBytes.mockImplementation(
      (_file, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new CancelledError())),
        ),
    );
    select(1, 2);
    const restored = history.restore('restore');
    expect(history.getSnapshot().work).toEqual({ step: 'checking', done: 0, total: 2 });
    history.cancel();
    await restored;
    expect(history.getSnapshot()).toMatchObject({ work: undefined, failed: undefined });
    expect([attached(), attachments.link.mock.calls]).toEqual([[9], []]);
  });

  it('uploads new copies with name and comment, and says so for each file', async () => {
    const { history, select, attachments, attached, send, removedNumbers } = await beginRead();
    select(1, 2);
    await history.restore('copy');
    await flush();
    expect(send.mock.calls.map(([{ name, source }]) => [name, source.size])).toEqual([
      ['2.txt', 20],
      ['1.txt', 10],
    ]);
    expect(attachments.link.mock.calls[0]?.[1]).toEqual([
      { ...linkable(2), reference: referenceTo(21) },
      { ...linkable(1), reference: referenceTo(22) },
    ]);
    expect([attached(), removedNumbers()]).toEqual([
      [9, 21, 22],
      [3, 2, 1],
    ]);
    expect(history.getSnapshot().copied).toEqual(new Set([guid(1), guid(2)]));
    await history.undo();
    expect([attached(), history.getSnapshot().copied]).toEqual([[9], new Set()]);
  });

  it('uploads no page of a proxy in place of a file', async () => {
    const { history, select, attachments, send } = await beginRead();
    attachments.readBytes.mockResolvedValue(new Blob(['<html>']));
    select(1);
    const restored = history.restore('copy');
    await restored;
    expect(send).not.toHaveBeenCalled();
    expect(history.getSnapshot().failures.get(guid(1))).toMatchObject({
      problem: { kind: 'unexpected-answer' },
    });
  });

  it('does not upload a copy again after a failed link', async () => {
    const { history, select, attachments, send, attached } = await beginRead();
    attachments.read.mockRejectedValueOnce(new NetworkError('No answer.'));
    select(1);
    await history.restore('copy');
    await history.retry();
    expect([attached(), send.mock.calls.length]).toEqual([[9, 21], 1]);
  });

  it('waits while the form has unsaved edits, and does nothing if that is canceled', async () => {
    const { history, select, pass, attached } = await beginRead();
    const first = createDeferred<Release>();
    pass.mockResolvedValueOnce({ released: first.promise });
    select(1);
    await history.restore('restore');
    expect([attached(), history.getSnapshot().work]).toMatchObject([[9], { step: 'linking' }]);
    first.resolve('cancel');
    await flush();
    expect([attached(), history.getSnapshot().work]).toEqual([[9], undefined]);
    pass.mockResolvedValueOnce({ released: Promise.resolve('run') });
    await history.restore('restore');
    await flush();
    expect(attached()).toEqual([9, 1]);
    expect(pass.mock.calls[0]?.[0]).toMatchObject({ workItemId: 7, names: ['1.txt'], isRemoval: false });
  });

  it('leaves failures to the gallery once it is closed', async () => {
    const { history, select, pass, attachments, store } = await beginRead();
    const released = createDeferred<Release>();
    pass.mockResolvedValueOnce({ released: released.promise });
    select(1);
    await history.restore('restore');
    history.close();
    const failures = new Map([[guid(1), new ServerError('attachment-limit', 'Full.')]]);
    attachments.link.mockResolvedValueOnce({ workItem: workItemWith([]), failures });
    released.resolve('run');
    await flush();
    expect(store.getSnapshot().errors).toMatchObject([
      { name: '1.txt', problem: { kind: 'attachment-limit' }, workItem: { id: 7 } },
    ]);
    expect(attachments.readUpdates).toHaveBeenCalledTimes(1);
  });

  it('takes restored files out of the bin of the gallery, and puts them back on undo', async () => {
    const { history, select, bins } = await beginRead();
    const inBin = { file: attachedFile('1.txt', { reference: referenceTo(1) }), linkable: linkable(1) };
    const other = { file: attachedFile('8.txt', { reference: referenceTo(8) }), linkable: linkable(8) };
    bins.set(7, [inBin, other]);
    select(1, 2);
    await history.restore('restore');
    expect(bins.get(7)).toEqual([other]);
    await history.undo();
    expect(bins.get(7)).toEqual([inBin, other]);
  });
});
