import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSampleExtension } from '../../../../test/sample-extension/build';
import { DataFolderError } from '../../src/data-folder';
import type { Emulator } from '../../src/running-emulator';
import { attach, linkTo, patch, putChunk, read, register, send, start, until, upload } from './client';

const program = join(__dirname, '../../src/main.ts');

let parent: string;
let folder: string;
const running = new Set<Emulator>();

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'stapler-data-test-'));
  folder = join(parent, 'kept');
});
afterEach(async () => {
  await Promise.all([...running].map(close));
  await rm(parent, { recursive: true, force: true });
});

async function open(options: Parameters<typeof start>[0] = {}): Promise<Emulator> {
  const emulator = await start({ dataFolder: folder, ...options });
  running.add(emulator);
  return emulator;
}

async function close(emulator: Emulator): Promise<void> {
  running.delete(emulator);
  await emulator.close();
}

async function json(emulator: Emulator, path: string): Promise<unknown> {
  const text = await (await send(emulator, path)).text();
  // The port is another one each time.
  return JSON.parse(text.replaceAll(emulator.restBaseUrl, 'base/')) as unknown;
}

function stateFile(): string {
  return join(folder, 'stand-in.json');
}

describe('DataFolder', () => {
  test('keeps work items with their history', async () => {
    const first = await open();
    const { url } = await upload(first, 'hello', 'kept.txt');
    await patch(first, 7, [attach(url, { comment: 'first' })]);
    await patch(first, 7, [{ op: 'add', path: '/fields/System.Title', value: 'Renamed' }]);
    await patch(first, 9, [linkTo(first, 12)]);
    await patch(first, 9, [
      { op: 'add', path: '/fields/System.Description', value: '**Bold**' },
      { op: 'add', path: '/multilineFieldsFormat/System.Description', value: 'Markdown' },
      { op: 'add', path: '/fields/System.History', value: 'A comment' },
    ]);
    const paths = [7, 9, 12, 30].flatMap((id) =>
      ['?$expand=all', '/updates', '/revisions?$expand=relations'].map(
        (rest) => `_apis/wit/workitems/${id}${rest}`,
      ),
    );
    const before = await Promise.all(paths.map((path) => json(first, path)));
    await close(first);

    const second = await open();
    expect(await Promise.all(paths.map((path) => json(second, path)))).toEqual(before);
    expect(second.store.workItem(9).markdownFields).toEqual(['System.Description']);
    expect(second.store.workItemIds).toEqual(first.store.workItemIds);
    expect(second.store.readOnlyWorkItemIds).toEqual([21]);
  });

  test('continues the clock and the numbers of ids, attachments, relations and comments', async () => {
    const first = await open();
    first.store.clock.advance(3);
    const created = first.store.create({
      id: first.store.nextWorkItemId(),
      type: 'Bug',
      fields: { 'System.Title': 'x' },
    });
    first.store.remove(created.id);
    const { id, url } = await upload(first, 'hello', 'kept.txt');
    const relationId = first.store.nextRelationId();
    const commentId = first.store.nextCommentId();
    await close(first);

    const second = await open();
    expect(second.store.clock.daysAhead).toBe(3);
    expect(second.store.nextWorkItemId()).toBe(created.id + 1);
    expect(second.store.nextRelationId()).toBe(relationId + 1);
    expect(second.store.nextCommentId()).toBe(commentId + 1);
    expect(await (await send(second, `_apis/wit/attachments/${id}`)).text()).toBe('hello');
    await patch(second, 7, [attach(new URL(url).pathname)]);
    expect((await read(second, 7)).relations!.at(-1)!.attributes['name']).toBe('kept.txt');
  });

  test('keeps an incomplete chunked upload up to its last confirmed byte', async () => {
    const first = await open();
    const begun = await register(first);
    const registered = await register(first);
    await putChunk(first, begun.id, '0-4/11', 'hello');
    await close(first);
    // As if the computer had failed while a chunk was being received.
    await appendFile(join(folder, 'attachments', begun.id), ' bro');

    const second = await open();
    expect(second.store.attachments.chunkedUploads).toEqual([
      { id: begun.id, fileName: 'big.bin', total: 11, received: 5 },
      { id: registered.id, fileName: 'big.bin', total: null, received: 0 },
    ]);
    expect((await putChunk(second, begun.id, '5-10/11', ' world')).status).toBe(200);
    expect((await putChunk(second, registered.id, '0-1/2', 'hi')).status).toBe(200);
    expect(await (await send(second, `_apis/wit/attachments/${begun.id}`)).text()).toBe('hello world');
    expect(second.store.attachment(begun.id)!.sha256).toBe(
      'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
    );
    expect(await (await send(second, `_apis/wit/attachments/${registered.id}`)).text()).toBe('hi');
  });

  test('keeps the extension data', async () => {
    const first = await open();
    const document = first.store.extensionData.set('User', 'settings', { id: 'a', deep: { list: [1] } });
    await close(first);
    const second = await open();
    expect(second.store.extensionData.list('User', 'settings')).toEqual([document]);
  });

  test('is written soon after a change, before the emulator stops', async () => {
    const emulator = await open();
    await patch(emulator, 7, [{ op: 'add', path: '/fields/System.Title', value: 'Written soon' }]);
    let text = '';
    while (!text.includes('Written soon')) text = await readFile(stateFile(), 'utf8');
    const headers = { Authorization: `Bearer ${emulator.issueToken()}`, 'Content-Type': 'application/json' };
    const body = JSON.stringify({ id: 'a', value: 'Stored soon' });
    await fetch(`${emulator.hostUrl}control/extension-data/Default/notes`, { method: 'PUT', headers, body });
    while (!text.includes('Stored soon')) text = await readFile(stateFile(), 'utf8');
  });

  test('is emptied by a reset', async () => {
    const first = await open();
    await upload(first, 'hello', 'gone.txt');
    await first.reset();
    const files = first.store.attachments.all.length;
    await close(first);
    const second = await open();
    expect(second.store.attachments.all).toHaveLength(files);
    expect(second.store.attachments.all.some(({ fileName }) => fileName === 'gone.txt')).toBe(false);
  });

  test('can be used in the other mode', async () => {
    const first = await open();
    await patch(first, 7, [{ op: 'add', path: '/fields/System.Title', value: 'Moved' }]);
    await close(first);
    const second = await open({ mode: 'server' });
    expect((await read(second, 7)).fields['System.Title']).toBe('Moved');
  });

  test('lets the addresses in texts follow the port', async () => {
    const first = await open();
    const address = `${first.restBaseUrl}_apis/wit/attachments/${crypto.randomUUID()}`;
    await patch(first, 7, [{ op: 'add', path: '/fields/System.Description', value: address }]);
    await close(first);
    expect(await readFile(stateFile(), 'utf8')).not.toContain(first.restBaseUrl);
    const second = await open();
    expect(second.restBaseUrl).not.toBe(first.restBaseUrl);
    expect((await read(second, 7)).fields['System.Description']).toBe(
      address.replace(first.restBaseUrl, second.restBaseUrl),
    );
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2), 'cannot be used'],
    ['of something else', () => '{"name":"package"}', 'written by something else'],
    ['of a later version', (text: string) => text.replace('"version":1', '"version":2'), 'version 2'],
    ['with a hole in it', (text: string) => text.replace('"states":', '"status":'), 'cannot be used'],
  ])('refuses a file that is %s, and leaves it unchanged', async (_, spoil, message) => {
    await close(await open());
    const spoilt = spoil(await readFile(stateFile(), 'utf8'));
    await writeFile(stateFile(), spoilt);
    const opening = open();
    await expect(opening).rejects.toThrow(DataFolderError);
    await expect(opening).rejects.toThrow(message);
    expect(await readFile(stateFile(), 'utf8')).toBe(spoilt);
  });

  test('refuses a folder without its attachments', async () => {
    const first = await open();
    const { path } = first.store.attachments.all[0]!;
    await close(first);
    await rm(path);
    await expect(open()).rejects.toThrow('are missing');
  });

  test('refuses a folder with other files, and leaves it unchanged', async () => {
    await mkdir(join(folder, 'attachments'), { recursive: true });
    await writeFile(join(folder, 'attachments', 'mine.txt'), 'mine');
    await expect(open()).rejects.toThrow('holds other files');
    expect(await readFile(join(folder, 'attachments', 'mine.txt'), 'utf8')).toBe('mine');
  });

  test('contains the file and the attachments, and no temporary file', async () => {
    const emulator = await open();
    await upload(emulator, 'hello');
    await close(emulator);
    expect((await readdir(folder)).sort()).toEqual(['attachments', 'stand-in.json']);
  });
});

describe('--items', () => {
  test('creates 10,000 work items within two seconds, and restores them', async () => {
    // Processor time, independent of other load.
    const opened = async (): Promise<[Emulator, number]> => {
      const began = process.cpuUsage();
      const emulator = await open({ items: 10_000 });
      const { user, system } = process.cpuUsage(began);
      return [emulator, (user + system) / 1000];
    };
    const [first, seedMs] = await opened();
    expect(first.store.workItemIds).toHaveLength(10_009);
    await close(first);
    const [second, restoreMs] = await opened();
    expect(second.store.workItemIds).toEqual(first.store.workItemIds);
    expect(Math.max(seedMs, restoreMs)).toBeLessThan(2000);
  });

  test('allows reads in pages of 200', async () => {
    const emulator = await open({ items: 500 });
    const ids = emulator.store.workItemIds.slice(100, 300);
    const response = await send(emulator, '_apis/wit/workitemsbatch', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ids, fields: ['System.Title'] }),
    });
    const { value } = (await response.json()) as { value: { id: number }[] };
    expect(value.map(({ id }) => id)).toEqual(ids);
  });

  test('adds no work items to a used folder', async () => {
    await close(await open());
    expect((await open({ items: 10 })).store.workItemIds).toHaveLength(9);
  });
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'the program writes everything before it exits after %s',
  async (signal) => {
    const extension = join(parent, 'extension');
    await buildSampleExtension(extension);
    const begin = async () => {
      const args = ['--extension', extension, '--data', folder, '--port', '4880'];
      const child = spawn(process.execPath, ['--import', 'tsx', program, ...args]);
      let output = '';
      child.stdout.on('data', (text) => (output += String(text)));
      await until(() => output.includes('is ready'));
      return { child, url: /http\S+/.exec(output)![0] };
    };
    const notes = 'control/extension-data/Default/notes';
    const ask = async (url: string, method: string, body?: string) => {
      const { token } = (await (await fetch(`${url}control/token`, { method: 'POST' })).json()) as {
        token: string;
      };
      const headers = {
        Authorization: `Bearer ${token}`,
        ...(body && { 'Content-Type': 'application/json' }),
      };
      return fetch(url + notes, { method, headers, ...(body && { body }) });
    };
    const first = await begin();
    await ask(first.url, 'PUT', JSON.stringify({ id: 'a', value: signal }));
    first.child.kill(signal);
    await once(first.child, 'exit');
    const second = await begin();
    expect(await (await ask(second.url, 'GET')).json()).toEqual([{ id: 'a', value: signal, __etag: 1 }]);
    second.child.kill(signal);
    await once(second.child, 'exit');
  },
);
