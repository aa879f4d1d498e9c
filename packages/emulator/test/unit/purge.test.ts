import type { Emulator } from '../../src/running-emulator';
import { attach, patch, read, refusal, send, start, upload } from './client';

let emulator: Emulator;

beforeAll(async () => void (emulator = await start()));
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

/** Uploads a file and links it to bug 8. */
async function linked(): Promise<string> {
  const { id } = await upload(emulator, 'hello', 'notes.txt');
  await link(id);
  return id;
}

const addressOf = (id: string) => `${emulator.restBaseUrl}_apis/wit/attachments/${id}`;
const link = (id: string, item = 8) => patch(emulator, item, [attach(addressOf(id))]);
const statusOf = async (id: string) => (await send(emulator, `_apis/wit/attachments/${id}`)).status;

async function unlink(id: string, item = 8): Promise<void> {
  const { relations = [] } = await read(emulator, item);
  const index = relations.findIndex(({ url }) => url.endsWith(id));
  expect((await patch(emulator, item, [{ op: 'remove', path: `/relations/${index}` }])).status).toBe(200);
}

test('a removed attachment can be read for 28 days', async () => {
  const id = await linked();
  await unlink(id);
  emulator.store.clock.advance(27);
  expect(await statusOf(id)).toBe(200);
  emulator.store.clock.advance(1);
  const response = await send(emulator, `_apis/wit/attachments/${id}`);
  expect(response.status).toBe(404);
  expect((await refusal(response)).typeKey).toBe('FileIdNotFoundException');
});

test('a purged attachment cannot be linked', async () => {
  const id = await linked();
  await unlink(id);
  emulator.store.clock.advance(28);
  const response = await link(id, 9);
  expect(response.status).toBe(400);
  expect((await refusal(response)).typeKey).toBe('FileIdNotFoundException');
});

test('an attachment is kept as long as one work item has it', async () => {
  const id = await linked();
  await link(id, 9);
  await unlink(id);
  emulator.store.clock.advance(100);
  expect(await statusOf(id)).toBe(200);
  await unlink(id, 9);
  emulator.store.clock.advance(27);
  expect(await statusOf(id)).toBe(200);
  emulator.store.clock.advance(1);
  expect(await statusOf(id)).toBe(404);
});

test('an attachment that one of two work items has removed is purged if assumed', async () => {
  emulator.store.assumptions.secondLinkStopsPurge = 'no';
  const id = await linked();
  await link(id, 9);
  await unlink(id);
  emulator.store.clock.advance(27);
  expect(await statusOf(id)).toBe(200);
  emulator.store.clock.advance(1);
  expect(await statusOf(id)).toBe(404);
});

test('an attachment that was never linked is kept for 30 days', async () => {
  const { id } = await upload(emulator, 'hello');
  emulator.store.clock.advance(29);
  expect(await statusOf(id)).toBe(200);
  emulator.store.clock.advance(1);
  expect(await statusOf(id)).toBe(404);
});

test('no seeded attachment is purged', () => {
  const gone = emulator.store.attachments.all.filter(({ id }) => emulator.store.isGone(id));
  expect(gone).toEqual([]);
});

test.each([
  ['no', 404],
  ['yes', 200],
] as const)('relinkStopsPurge %s decides about a restored attachment', async (answer, status) => {
  emulator.store.assumptions.relinkStopsPurge = answer;
  const id = await linked();
  await unlink(id);
  emulator.store.clock.advance(10);
  await link(id);
  emulator.store.clock.advance(18);
  expect(await statusOf(id)).toBe(status);
});

test('with relinkStopsPurge yes, a second removal starts the 28 days again', async () => {
  emulator.store.assumptions.relinkStopsPurge = 'yes';
  const id = await linked();
  await unlink(id);
  emulator.store.clock.advance(20);
  await link(id);
  await unlink(id);
  emulator.store.clock.advance(27);
  expect(await statusOf(id)).toBe(200);
  emulator.store.clock.advance(1);
  expect(await statusOf(id)).toBe(404);
});

describe.each([
  ['no', 200],
  ['yes', 404],
] as const)('inlineAloneIsPurged %s decides about', (answer, status) => {
  beforeEach(() => void (emulator.store.assumptions.inlineAloneIsPurged = answer));

  const showInText = (id: string) => {
    const value = `<img src="${addressOf(id).toUpperCase()}?fileName=a.png">`;
    return patch(emulator, 7, [{ op: 'add', path: '/fields/System.Description', value }]);
  };

  test('a pasted picture', async () => {
    const { id } = await upload(emulator, 'hello', 'a.png');
    await showInText(id);
    emulator.store.clock.advance(30);
    expect(await statusOf(id)).toBe(status);
  });

  test('a removed attachment that a text shows', async () => {
    const id = await linked();
    await showInText(id);
    await unlink(id);
    emulator.store.clock.advance(28);
    expect(await statusOf(id)).toBe(status);
  });
});

test('new dates are those of the moved clock', async () => {
  emulator.store.clock.advance(400);
  await linked();
  const { fields } = await read(emulator, 8);
  expect(Date.parse(String(fields['System.ChangedDate']))).toBeGreaterThan(Date.now() + 399 * 86_400_000);
});

describe('/control/clock', () => {
  const ask = async (days?: unknown) => {
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ days }),
    };
    const response = await fetch(`${emulator.hostUrl}control/clock`, days === undefined ? {} : init);
    return [response.status, ((await response.json()) as { daysAhead?: number }).daysAhead];
  };

  test('moves the clock forward until a reset', async () => {
    expect(await ask()).toEqual([200, 0]);
    expect(await ask(28)).toEqual([200, 28]);
    expect(await ask(1)).toEqual([200, 29]);
    expect(await ask()).toEqual([200, 29]);
    await emulator.reset();
    expect(await ask()).toEqual([200, 0]);
  });

  test.each([0, -1, 1.5, 'x', 10_001])('refuses %s days', async (days) => {
    expect((await ask(days))[0]).toBe(400);
    expect(emulator.store.clock.daysAhead).toBe(0);
  });
});
