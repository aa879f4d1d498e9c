import type { WorkItem } from '../../../src/azure/work-item';
import { ServerError } from '../../../src/base/errors';
import { createPasteFiles } from '../../../src/gallery/changes/pasting';
import type { Transfers } from '../../../src/gallery/changes/transfers';
import { createGalleryStore } from '../../../src/gallery/gallery-state';
import { createTestHost } from '../../helpers/host';
import { guid, workItemWith } from '../../helpers/uploads';

const ORGANIZATION = 'https://dev.azure.com/fabrikam/';

/** Opens work item 9; work item 7 has attachments 1 and 2. */
function begin() {
  const store = createGalleryStore();
  const gate = { pass: () => Promise.resolve(undefined) };
  const members = [{ workItemId: 9, kinship: 'own' as const, type: 'Bug', title: 'Other' }];
  store.change({ status: 'open', workItemId: 9, members });
  const attachments = {
    read: jest.fn<Promise<WorkItem>, [number]>((id) => Promise.resolve(workItemWith([1, 2], { id }))),
    getBaseUrl: () => Promise.resolve(ORGANIZATION),
  };
  const start = jest.fn<Promise<void>, Parameters<Transfers['start']>>(() => Promise.resolve());
  const paste = createPasteFiles(
    { store, attachments, host: createTestHost(), readAgain: jest.fn(), bins: new Map(), gate },
    { start },
  );
  const copied = (...numbers: number[]) => ({
    organization: ORGANIZATION,
    files: numbers.map((number) => ({ workItemId: 7, id: guid(number) })),
  });
  return { paste, copied, start, store, attachments };
}

describe('PasteFiles', () => {
  it('copies the files as their own work item has them to the one in the form', async () => {
    const { paste, copied, start } = begin();
    await paste(copied(2));
    const [files, target, isMove] = start.mock.calls[0]!;
    expect(files).toMatchObject([{ workItemId: 7, name: '2.txt', size: 20, reference: { id: guid(2) } }]);
    expect([target, isMove]).toEqual([{ id: 9, type: 'Bug', title: 'Other', state: '' }, false]);
  });

  it('ignores files of another organization or collection', async () => {
    const { paste, copied, start, attachments, store } = begin();
    await paste({ ...copied(1), organization: 'https://dev.azure.com/contoso/' });
    await paste({ ...copied(1), organization: '' });
    expect(attachments.read).not.toHaveBeenCalled();
    expect(start).not.toHaveBeenCalled();
    expect(store.getSnapshot().errors).toEqual([]);
  });

  it('links no attachment that is not on its work item, and says so', async () => {
    const { paste, copied, start, store } = begin();
    await paste(copied(3));
    expect(start).not.toHaveBeenCalled();
    expect(store.getSnapshot().errors).toMatchObject([{ problem: { kind: 'not-attached' } }]);
    await paste(copied(1, 3));
    expect(start.mock.calls[0]?.[0]).toMatchObject([{ name: '1.txt' }]);
    expect(store.getSnapshot().errors).toHaveLength(1);
  });

  it('reports a work item that cannot be read', async () => {
    const { paste, copied, start, store, attachments } = begin();
    attachments.read.mockRejectedValueOnce(new ServerError('work-item-missing', 'Gone.'));
    await paste(copied(1));
    expect(start).not.toHaveBeenCalled();
    expect(store.getSnapshot().errors).toMatchObject([{ problem: { kind: 'work-item-missing' } }]);
  });

  it('refuses a read-only work item, and ignores one that is not saved', async () => {
    const { paste, copied, start, store } = begin();
    store.change({ isReadOnly: true });
    await paste(copied(1));
    expect(store.getSnapshot().errors).toMatchObject([{ problem: { kind: 'no-permission' } }]);
    store.change({ isReadOnly: false, errors: [], status: 'new', workItemId: 0 });
    await paste(copied(1));
    expect(store.getSnapshot().errors).toEqual([]);
    expect(start).not.toHaveBeenCalled();
  });

  it('pastes nothing when another work item was opened meanwhile', async () => {
    const { paste, copied, start, store, attachments } = begin();
    attachments.read.mockImplementationOnce(() => {
      store.change({ workItemId: 10 });
      return Promise.resolve(workItemWith([1]));
    });
    await paste(copied(1));
    expect(start).not.toHaveBeenCalled();
  });
});
