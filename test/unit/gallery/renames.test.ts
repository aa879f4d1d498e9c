import type { WorkItem } from '../../../src/azure/work-item';
import { NetworkError } from '../../../src/base/errors';
import { createRenames } from '../../../src/gallery/changes/renames';
import { createGalleryStore } from '../../../src/gallery/gallery-state';
import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import { attachedFilesOf, keyOfFile } from '../../../src/gallery/model/attached-file';
import type { PartTexts, SplitEdit } from '../../../src/gallery/split/split-edits';
import { rejectionOf } from '../../helpers/deferred';
import { createFakeRuntime } from '../../helpers/fake-runtime';
import { createTestHost } from '../../helpers/host';
import { guid, workItemWith } from '../../helpers/uploads';

/** Opens work item 7 with two attachments. */
function begin() {
  const runtime = createFakeRuntime();
  const host = createTestHost();
  const store = createGalleryStore();
  const gate = { pass: () => Promise.resolve(undefined) };
  const files = attachedFilesOf(workItemWith([1, 2]));
  const members = [{ workItemId: 7, kinship: 'own' as const, type: 'Bug', title: 'Crash' }];
  store.change({ status: 'open', workItemId: 7, files, members });
  const rename = jest.fn<Promise<WorkItem>, [number, string, string]>(() =>
    Promise.resolve(workItemWith([1, 2])),
  );
  const editParts = jest.fn<Promise<PartTexts>, [AttachedFile, SplitEdit]>(() => Promise.resolve(new Map()));
  const readAgain = jest.fn();
  const renames = createRenames({
    ...{ store, host, readAgain, bins: new Map(), gate, attachments: { rename, editParts }, runtime },
  });
  return {
    ...{ renames, rename, editParts, store, host, readAgain, runtime },
    file: files[0] as AttachedFile,
    names: () => store.getSnapshot().files?.map(({ name, kind }) => `${name} ${kind}`),
  };
}

describe('Renames', () => {
  it('renames on the server, shows the new name at once, and reads list and form again', async () => {
    const { renames, rename, file, names, store, readAgain, host } = begin();
    await renames.rename(file, 'b.png');
    expect(rename.mock.calls).toEqual([[7, guid(1), 'b.png']]);
    expect(names()).toEqual(['b.png image', '2.txt text']);
    expect(store.getSnapshot().busy.size).toBe(0);
    expect(readAgain).toHaveBeenCalledTimes(1);
    expect(host.refreshForm).toHaveBeenCalledWith(7);
  });

  it('sends nothing for the same name', async () => {
    const { renames, rename, file } = begin();
    await renames.rename(file, file.name);
    expect(rename).not.toHaveBeenCalled();
    expect(renames.getSnapshot().renamed).toBeUndefined();
  });

  it('gives the old name back on undo', async () => {
    const { renames, rename, file, names } = begin();
    await renames.rename(file, 'b.png');
    expect(renames.getSnapshot().renamed).toMatchObject({ openItemId: 7, name: 'b.png' });
    await renames.undo();
    expect(rename.mock.calls[1]).toEqual([7, guid(1), '1.txt']);
    expect(names()).toEqual(['1.txt text', '2.txt text']);
    expect(renames.getSnapshot().renamed).toBeUndefined();
  });

  it('offers the undo for ten seconds', async () => {
    const { renames, file, runtime } = begin();
    await renames.rename(file, 'b.png');
    await runtime.pass(9_000);
    expect(renames.getSnapshot().renamed).toBeDefined();
    await runtime.pass(2_000);
    expect(renames.getSnapshot().renamed).toBeUndefined();
  });

  it('keeps a failed undo, with its reason, and retries it', async () => {
    const { renames, rename, file, runtime, names } = begin();
    await renames.rename(file, 'b.png');
    rename.mockRejectedValueOnce(new NetworkError('No answer.'));
    await renames.undo();
    await runtime.pass(20_000);
    expect(renames.getSnapshot().renamed).toMatchObject({ undoing: { kind: 'network' } });
    await renames.undo();
    expect(names()).toEqual(['1.txt text', '2.txt text']);
  });

  it('rejects without a change when the server refuses, or the file is busy', async () => {
    const { renames, rename, file, names, store } = begin();
    rename.mockRejectedValueOnce(new NetworkError('No answer.'));
    expect(await rejectionOf(renames.rename(file, 'b.png'))).toMatchObject({ kind: 'network' });
    store.change({ busy: new Set([keyOfFile(file)]) });
    expect(await rejectionOf(renames.rename(file, 'b.png'))).toMatchObject({ kind: 'conflict' });
    expect(names()).toEqual(['1.txt text', '2.txt text']);
    expect(renames.getSnapshot().renamed).toBeUndefined();
  });
});
