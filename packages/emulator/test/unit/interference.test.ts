import type { StandIn } from '../../src/stand-in';
import { attach, patch, putChunk, read, register, send, start, upload, type WorkItemAnswer } from './client';

let standIn: StandIn;

beforeAll(async () => void (standIn = await start()));
beforeEach(() => standIn.reset());
afterAll(() => standIn.close());

const setTitle = (title: string) => ({ op: 'add', path: '/fields/System.Title', value: title });
const testRev = (value: number) => ({ op: 'test', path: '/rev', value });

/** Saves as somebody else, past the service. */
function edit(id: number, title: string): void {
  const item = standIn.store.workItem(id);
  standIn.store.save({ ...item, fields: { ...item.fields, 'System.Title': title } });
}

test('an act happens before the next request of its operation, and before no further one', async () => {
  standIn.interfere('link', () => edit(9, 'Theirs'));
  expect(await read(standIn, 9)).toMatchObject({ rev: 1 });
  expect((await patch(standIn, 9, [testRev(1), setTitle('Mine')])).status).toBe(412);
  expect(standIn.store.workItem(9)).toMatchObject({ rev: 2, fields: { 'System.Title': 'Theirs' } });
  expect((await patch(standIn, 9, [testRev(2), setTitle('Mine')])).status).toBe(200);
});

test('a read tells what the act has changed', async () => {
  standIn.interfere('read', () => edit(9, 'Theirs'));
  expect(await read(standIn, 9)).toMatchObject({ rev: 2, fields: { 'System.Title': 'Theirs' } });
});

test('an act may take its time, and ask the service itself', async () => {
  const { url } = await upload(standIn, 'x');
  standIn.interfere('link', () => patch(standIn, 9, [attach(url)]));
  const response = await patch(standIn, 9, [setTitle('Mine')]);
  const { rev, relations } = (await response.json()) as WorkItemAnswer;
  expect([rev, relations!.at(-1)!.rel]).toEqual([3, 'AttachedFile']);
});

test('acts of one operation happen in their order, one for each request', async () => {
  const acts: number[] = [];
  for (const act of [1, 2]) standIn.interfere('read', () => acts.push(act));
  await read(standIn, 9);
  expect(acts).toEqual([1]);
  await read(standIn, 9);
  await read(standIn, 9);
  expect(acts).toEqual([1, 2]);
});

test('the chunks of an upload are told apart', async () => {
  const act = jest.fn();
  standIn.interfere('last-chunk', act);
  const { id } = await register(standIn);
  await putChunk(standIn, id, '0-4/10', 'hello');
  expect(act).not.toHaveBeenCalled();
  await putChunk(standIn, id, '5-9/10', 'world');
  expect(act).toHaveBeenCalledTimes(1);
});

test('a request that a fault keeps from being done does not count', async () => {
  const act = jest.fn();
  standIn.interfere('read', act);
  standIn.setNetwork({ faults: [{ name: 'status-503', remaining: 1 }] });
  expect((await send(standIn, '_apis/wit/workitems/9')).status).toBe(503);
  expect(act).not.toHaveBeenCalled();
  await read(standIn, 9);
  expect(act).toHaveBeenCalledTimes(1);
});

test('a reset forgets it', async () => {
  const act = jest.fn();
  standIn.interfere('read', act);
  await standIn.reset();
  await read(standIn, 9);
  expect(act).not.toHaveBeenCalled();
});
