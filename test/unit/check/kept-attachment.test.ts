/** @jest-environment jsdom */
import { createKeptAttachmentStore } from '../../../src/check/kept-attachment';

const KEPT = { workItemId: 7, attachmentId: 'a', keptAt: 1_000 };

beforeEach(() => localStorage.clear());
afterEach(() => jest.restoreAllMocks());

describe('createKeptAttachmentStore', () => {
  test('keeps an attachment for one person and organization', async () => {
    const mine = createKeptAttachmentStore(() => Promise.resolve('mine'));
    const other = createKeptAttachmentStore(() => Promise.resolve('other'));
    await expect(mine.canWrite()).resolves.toBe(true);
    await expect(mine.write(KEPT)).resolves.toBe(true);
    await expect(mine.canWrite()).resolves.toBe(false);
    await expect(other.canWrite()).resolves.toBe(true);
    await expect(mine.read()).resolves.toEqual(KEPT);
    await expect(other.read()).resolves.toBeUndefined();
    await mine.write(undefined);
    await expect(mine.read()).resolves.toBeUndefined();
  });

  test('keeps the picture of a created work item, and reads what earlier versions stored', async () => {
    const store = createKeptAttachmentStore(() => Promise.resolve('mine'));
    localStorage.setItem('stapler-check mine', JSON.stringify(KEPT));
    await expect(store.read()).resolves.toEqual(KEPT);
    const created = { ...KEPT, pictureId: 'b', project: 'Fabrikam' };
    await store.write(created);
    await expect(store.read()).resolves.toEqual(created);
    localStorage.setItem('stapler-check mine', JSON.stringify({ ...KEPT, pictureId: 5 }));
    await expect(store.read()).resolves.toBeUndefined();
  });

  test('ignores a value that it did not write', async () => {
    localStorage.setItem('stapler-check mine', '{"workItemId":"7"}');
    await expect(createKeptAttachmentStore(() => Promise.resolve('mine')).read()).resolves.toBeUndefined();
  });

  test('keeps nothing for an unknown person', async () => {
    const store = createKeptAttachmentStore(() => Promise.resolve(undefined));
    await expect(store.write(KEPT)).resolves.toBe(false);
  });

  test('keeps nothing without storage', async () => {
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('blocked');
    });
    const store = createKeptAttachmentStore(() => Promise.resolve('mine'));
    await expect(store.canWrite()).resolves.toBe(false);
    await expect(store.write(KEPT)).resolves.toBe(false);
    await expect(store.read()).resolves.toBeUndefined();
  });
});
