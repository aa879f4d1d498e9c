import { createExtensionDataService } from '../../src/host/page/sdk/extension-data-service';
import type { EmulatorConfig } from '../../src/contract';
import type { Emulator } from '../../src/running-emulator';
import { start } from './client';

let emulator: Emulator;
let nodeFetch: typeof fetch;

beforeAll(async () => {
  emulator = await start();
  // The page asks its own origin.
  nodeFetch = globalThis.fetch;
  globalThis.fetch = (path, init) => nodeFetch(new URL(path as string, emulator.hostUrl), init);
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  globalThis.fetch = nodeFetch;
  await emulator.close();
});

/** Calls the service like an extension, with a valid token by default. */
async function manager(token = emulator.issueToken()) {
  const config = (await (await fetch('/control/config')).json()) as EmulatorConfig;
  return createExtensionDataService(config).getExtensionDataManager('stapler.stapler', token);
}

describe('ExtensionDataService values', () => {
  test('return undefined, or the default, if unset', async () => {
    const data = await manager();
    expect(await data.getValue('layout')).toBeUndefined();
    expect(await data.getValue('layout', { defaultValue: 'list' })).toBe('list');
  });

  test('are shared between managers, and cleared by a reset', async () => {
    const data = await manager();
    await data.setValue('layout', 'list');
    expect(await data.setValue('layout', { kind: 'tiles' })).toEqual({ kind: 'tiles' });
    expect(await (await manager()).getValue('layout')).toEqual({ kind: 'tiles' });
    expect(emulator.store.extensionData.read('Default', '$settings', 'layout')).toMatchObject({ __etag: 2 });
    await emulator.reset();
    expect(await (await manager()).getValue('layout')).toBeUndefined();
  });

  test('are separate for the organization and the user', async () => {
    const data = await manager();
    await data.setValue('a/b c', 1);
    await data.setValue('a/b c', 2, { scopeType: 'User' });
    expect(await data.getValue('a/b c')).toBe(1);
    expect(await data.getValue('a/b c', { scopeType: 'User' })).toBe(2);
  });

  test('look unset with an expired token', async () => {
    const data = await manager('expired');
    await expect(data.setValue('layout', 'list')).rejects.toMatchObject({ status: 401 });
    await expect(data.getValue('layout')).rejects.toThrow('TF400813');
    expect(await data.getValue('layout', { defaultValue: 'list' })).toBe('list');
  });
});

describe('ExtensionDataService documents', () => {
  test('report a missing one by the name of the error', async () => {
    const data = await manager();
    await expect(data.getDocument('notes', '1')).rejects.toThrow('DocumentCollectionDoesNotExistException');
    await expect(data.getDocuments('notes')).rejects.toThrow('DocumentCollectionDoesNotExistException');
    await data.createDocument('notes', { id: '1', text: 'one' });
    for (const work of [
      () => data.getDocument('notes', '2'),
      () => data.updateDocument('notes', { id: '2', __etag: -1 }),
      () => data.deleteDocument('notes', '2'),
    ]) {
      await expect(work()).rejects.toMatchObject({
        status: 404,
        message: expect.stringContaining('DocumentDoesNotExistException') as string,
      });
    }
  });

  test('can be created, listed, changed and deleted', async () => {
    const data = await manager();
    const created = await data.createDocument('notes', { text: 'one' });
    expect(created).toEqual({ id: expect.any(String) as string, text: 'one', __etag: 1 });
    await expect(data.createDocument('notes', created)).rejects.toThrow('DocumentExistsException');
    await data.setDocument('notes', { id: 'two', text: 'two' });
    expect(await data.getDocuments('notes')).toHaveLength(2);
    expect(await data.updateDocument('notes', { ...created, text: 'uno' })).toMatchObject({ __etag: 2 });
    await data.deleteDocument('notes', 'two');
    expect(await data.getDocuments('notes')).toEqual([{ ...created, text: 'uno', __etag: 2 }]);
  });

  test('refuse a stale etag, but not -1', async () => {
    const data = await manager();
    const first = await data.setDocument('notes', { id: '1', text: 'one' });
    await data.setDocument('notes', { ...first, text: 'two' });
    for (const stale of [first, { id: '1' }]) {
      await expect(data.setDocument('notes', stale)).rejects.toThrow('InvalidDocumentVersionException');
    }
    expect(await data.setDocument('notes', { id: '1', __etag: -1 })).toEqual({ id: '1', __etag: 3 });
  });
});

test('an extension has access to its own data only', async () => {
  const config = (await (await fetch('/control/config')).json()) as EmulatorConfig;
  const service = createExtensionDataService(config);
  expect(() => service.getExtensionDataManager('other.extension', emulator.issueToken())).toThrow('other');
});
