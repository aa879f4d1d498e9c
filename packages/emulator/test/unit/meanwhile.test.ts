import type { EmulatorMode } from '../../src/contract';
import type { Emulator } from '../../src/running-emulator';
import { attach, patch, read, refusal, send, start, upload, type WorkItemAnswer } from './client';

let emulator: Emulator;

beforeAll(async () => void (emulator = await start()));
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

function fault(name: string, where = emulator): void {
  where.setNetwork({ faults: [{ name, remaining: 1 }] });
}

function create(): Promise<Response> {
  return send(emulator, 'Fabrikam/_apis/wit/workitems/$Bug', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: JSON.stringify([{ op: 'add', path: '/fields/System.Title', value: 'Fresh' }]),
  });
}

const testRev = (value: number) => ({ op: 'test', path: '/rev', value });

describe('edited-meanwhile', () => {
  test('refuses a patch that tests the revision, without any effect', async () => {
    const { url } = await upload(emulator, 'x');
    fault('edited-meanwhile');
    const response = await patch(emulator, 9, [testRev(1), attach(url)]);
    expect(response.status).toBe(412);
    expect(await refusal(response)).toMatchObject({
      typeKey: 'TestPatchOperationFailedException',
      message: 'VS403351: Test Operation for path /rev failed, value 2 was not equal to test value 1.',
    });
    expect(emulator.store.workItem(9)).toMatchObject({
      rev: 2,
      relations: [{ rel: 'System.LinkTypes.Related' }],
    });
  });

  test('applies a patch without a test to the newer revision', async () => {
    const { url } = await upload(emulator, 'x');
    fault('edited-meanwhile');
    const response = await patch(emulator, 9, [attach(url)]);
    expect((await response.json()) as WorkItemAnswer).toMatchObject({ rev: 3 });
    expect(emulator.store.updates(9).map(({ by }) => by.displayName)).toContain('Johnnie McLeod');
  });
});

describe('edited-inside', () => {
  test.each<[EmulatorMode, number]>([
    ['services', 412],
    ['server', 409],
  ])('refuses every patch on %s with TF26071 and %i', async (mode, status) => {
    const played = mode === 'services' ? emulator : await start({ mode });
    const { url } = await upload(played, 'x');
    for (const [index, tests] of [[], [testRev(2)]].entries()) {
      fault('edited-inside', played);
      const response = await patch(played, 9, [...tests, attach(url)]);
      expect(response.status).toBe(status);
      const { typeKey, message } = await refusal(response);
      expect(typeKey).toBe('WorkItemRevisionMismatchException');
      expect(message).toMatch(/^TF26071: .*changed by someone else/);
      expect(played.store.workItem(9).rev).toBe(index + 2);
    }
    expect((await patch(played, 9, [attach(url)])).status).toBe(200);
    if (played !== emulator) await played.close();
  });
});

describe('link-removed-meanwhile', () => {
  test('shifts the list without a new revision', async () => {
    const before = await read(emulator, 30);
    const index = before.relations!.findIndex(({ rel }) => rel === 'AttachedFile');
    const next = before.relations![index + 1]!;
    fault('link-removed-meanwhile');
    const response = await patch(emulator, 30, [
      testRev(before.rev),
      { op: 'remove', path: `/relations/${index}` },
    ]);
    expect(response.status).toBe(200);
    const { relations } = (await response.json()) as WorkItemAnswer;
    expect(relations).toHaveLength(before.relations!.length - 2);
    expect(relations!.map(({ url }) => url)).not.toContain(next.url);
    expect(emulator.store.workItem(8).relations).toEqual([]);
  });

  test('does not change an item without links', async () => {
    const { id } = (await (await create()).json()) as WorkItemAnswer;
    fault('link-removed-meanwhile');
    const { url } = await upload(emulator, 'x');
    expect(await (await patch(emulator, id, [attach(url)])).json()).toMatchObject({ rev: 2 });
  });
});

test('deleted-meanwhile answers as if the item never existed', async () => {
  fault('deleted-meanwhile');
  const response = await patch(emulator, 9, [testRev(1)]);
  expect(response.status).toBe(404);
  expect(await refusal(response)).toMatchObject({
    typeKey: 'WorkItemUnauthorizedAccessException',
    message: 'TF401232: Work item 9 does not exist, or you do not have permissions to read it.',
  });
  expect(emulator.store.has(9)).toBe(false);
});

test.each(['edited-meanwhile', 'edited-inside', 'link-removed-meanwhile', 'deleted-meanwhile'])(
  '%s does not affect the creation of a work item',
  async (name) => {
    fault(name);
    expect((await create()).status).toBe(200);
  },
);
