import type { Emulator } from '../../src/running-emulator';
import { attach, patch, putChunk, read, register, send, start, upload, type WorkItemAnswer } from './client';

let emulator: Emulator;

beforeAll(async () => void (emulator = await start()));
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const setTitle = (title: string) => ({ op: 'add', path: '/fields/System.Title', value: title });
const testRev = (value: number) => ({ op: 'test', path: '/rev', value });

/** Saves as another user, bypassing the service. */
function edit(id: number, title: string): void {
  const item = emulator.store.workItem(id);
  emulator.store.save({ ...item, fields: { ...item.fields, 'System.Title': title } });
}

test('interfere runs before the next request of the operation only', async () => {
  emulator.interfere('link', () => edit(9, 'Theirs'));
  expect(await read(emulator, 9)).toMatchObject({ rev: 1 });
  expect((await patch(emulator, 9, [testRev(1), setTitle('Mine')])).status).toBe(412);
  expect(emulator.store.workItem(9)).toMatchObject({ rev: 2, fields: { 'System.Title': 'Theirs' } });
  expect((await patch(emulator, 9, [testRev(2), setTitle('Mine')])).status).toBe(200);
});

test('interfere changes the result of a read', async () => {
  emulator.interfere('read', () => edit(9, 'Theirs'));
  expect(await read(emulator, 9)).toMatchObject({ rev: 2, fields: { 'System.Title': 'Theirs' } });
});

test('interfere awaits a promise that uses the service', async () => {
  const { url } = await upload(emulator, 'x');
  emulator.interfere('link', () => patch(emulator, 9, [attach(url)]));
  const response = await patch(emulator, 9, [setTitle('Mine')]);
  const { rev, relations } = (await response.json()) as WorkItemAnswer;
  expect([rev, relations!.at(-1)!.rel]).toEqual([3, 'AttachedFile']);
});

test('interfere runs several changes in order, one for each request', async () => {
  const acts: number[] = [];
  for (const act of [1, 2]) emulator.interfere('read', () => acts.push(act));
  await read(emulator, 9);
  expect(acts).toEqual([1]);
  await read(emulator, 9);
  await read(emulator, 9);
  expect(acts).toEqual([1, 2]);
});

test('interfere distinguishes the chunks of an upload', async () => {
  const act = jest.fn();
  emulator.interfere('last-chunk', act);
  const { id } = await register(emulator);
  await putChunk(emulator, id, '0-4/10', 'hello');
  expect(act).not.toHaveBeenCalled();
  await putChunk(emulator, id, '5-9/10', 'world');
  expect(act).toHaveBeenCalledTimes(1);
});

test('interfere does not count a request stopped by a fault', async () => {
  const act = jest.fn();
  emulator.interfere('read', act);
  emulator.setNetwork({ faults: [{ name: 'status-503', remaining: 1 }] });
  expect((await send(emulator, '_apis/wit/workitems/9')).status).toBe(503);
  expect(act).not.toHaveBeenCalled();
  await read(emulator, 9);
  expect(act).toHaveBeenCalledTimes(1);
});

test('reset discards pending changes', async () => {
  const act = jest.fn();
  emulator.interfere('read', act);
  await emulator.reset();
  await read(emulator, 9);
  expect(act).not.toHaveBeenCalled();
});
