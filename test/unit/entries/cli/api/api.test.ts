import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as stapler from '../../../../../src/entries/cli';
import { createCliStage, sha256 } from '../../../../helpers/cli';
import { RandomTexts, githubToken } from '../../../../helpers/planted-secrets';

const stage = createCliStage();
const { folder, write, attachedTo } = stage;
const { attach, connect, download, history, list, plan, restore, verify } = stapler;

/** Work item without attachments. */
const ITEM = 8;

let connection: stapler.Connection;

beforeEach(async () => {
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  connection = await connect({
    organization: stage.emulator().restBaseUrl,
    token: stage.emulator().issueToken(),
    stateFolder: join(folder, 'state'),
  });
});
afterEach(() => connection.close());

/** Attaches files behind the back of the package. */
function attachNow(...names: readonly string[]): void {
  stage.emulator().store.attach(
    ITEM,
    names.map((name) => ({ name, content: Buffer.from(`bytes of ${name}`) })),
  );
}

function removeAll(): void {
  const { store } = stage.emulator();
  store.save({ ...store.workItem(ITEM), relations: [] });
}

test('The package exports these functions and errors', () => {
  expect(Object.keys(stapler).sort()).toEqual([
    ...['CancelledError', 'ExportFolderError', 'FolderInUseError', 'StaplerError'],
    ...['attach', 'connect', 'download', 'export', 'history', 'list', 'plan', 'restore', 'verify'],
  ]);
});

test('plan tells what attach does, and attach does it once', async () => {
  write('in/a.txt', 'a');
  write('in/8_b.txt', 'b');
  const order = { workItemIds: [ITEM], files: [join(folder, 'in/8_b.txt'), join(folder, 'in/a.txt')] };
  const planned = await plan(connection, { ...order, pattern: '{id}_*' });
  expect(planned.rows).toMatchObject([{ name: '8_b.txt', bytes: 1, outcome: 'planned' }]);
  expect(planned.unmatched).toEqual([
    {
      path: join(folder, 'in/a.txt'),
      explanation: 'There is no number of a work item in its name or folder.',
    },
  ]);
  expect(attachedTo(ITEM)).toEqual([]);
  const progress: stapler.AttachProgress[] = [];
  const { rows } = await attach(
    connection,
    { ...order, comment: 'Run 5' },
    { onProgress: (each) => progress.push(each) },
  );
  expect(rows.map(({ outcome }) => outcome)).toEqual(['attached', 'attached']);
  expect(progress.at(-1)).toEqual({ attachments: 2, attached: 2, failed: 0, bytes: 2, bytesSent: 2 });
  expect(attachedTo(ITEM)).toEqual([`8_b.txt ${sha256('b')} Run 5`, `a.txt ${sha256('a')} Run 5`]);
  const again = await attach(connection, order);
  expect(again.rows.map(({ outcome }) => outcome)).toEqual(['already-there', 'already-there']);
});

test('attach masks secrets on request, and onCheck tells them without their text', async () => {
  const token = githubToken(new RandomTexts(2));
  const path = join(folder, 'in/a.log');
  write('in/a.log', token);
  const order = { workItemIds: [ITEM], files: [path] };
  const checks: stapler.CheckedFile[] = [];
  const onCheck = (check: stapler.CheckedFile): void => void checks.push(check);
  const blocked = await attach(connection, { ...order, secrets: 'block' }, { onCheck });
  expect(blocked.rows).toMatchObject([{ outcome: 'failed', problem: { kind: 'has-secrets' } }]);
  await attach(connection, { ...order, secrets: 'mask' }, { onCheck });
  const findings = [{ rule: 'github-token', line: 1, column: 1, excerpt: '*'.repeat(16) }];
  expect(checks).toMatchObject([
    { path, secrets: { count: 1, findings, outcome: 'refused' }, problem: { kind: 'has-secrets' } },
    { path, secrets: { count: 1, findings, outcome: 'masked' } },
  ]);
  expect(attachedTo(ITEM)).toEqual([`a.log ${sha256('*'.repeat(token.length))}`]);
});

test('A file that breaks a policy is not attached, and a required policy must be readable', async () => {
  write('in/a.txt', 'a');
  const order = { workItemIds: [ITEM], files: [join(folder, 'in/a.txt')] };
  const policy = JSON.stringify({ version: 1, block: ['txt'] });
  const { rows } = await attach(connection, { ...order, policy });
  expect(rows).toMatchObject([{ outcome: 'failed', problem: { kind: 'breaks-policy' } }]);
  await expect(plan(connection, { ...order, policy: '{}' })).rejects.toThrow(TypeError);
  const { extensionData } = stage.emulator().store;
  extensionData.set('Default', 'policies', { id: '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c', text: '{' });
  await expect(attach(connection, { ...order, isPolicyRequired: true })).rejects.toMatchObject({
    kind: 'breaks-policy',
  });
  const onPolicyProblem = jest.fn();
  await attach(connection, order, { onPolicyProblem });
  expect(onPolicyProblem.mock.calls).toEqual([[{ project: 'Fabrikam', problem: 'invalid' }]]);
});

test('A file that cannot be attached has a problem with a kind and a sentence', async () => {
  write('in/a.txt', 'a');
  const { rows } = await attach(connection, { workItemIds: [99_999], files: [join(folder, 'in/a.txt')] });
  expect(rows).toMatchObject([{ outcome: 'failed', problem: { kind: 'work-item-missing' } }]);
  expect(rows[0]?.problem?.explanation).toMatch(/^[A-Z].+\.$/);
});

test('list returns attachments, and the work items that are missing', async () => {
  attachNow('a.txt');
  const { workItems, missing } = await list(connection, { workItemIds: [ITEM, 99_999] });
  expect(workItems).toMatchObject([
    { id: ITEM, attachments: [{ workItemId: ITEM, name: 'a.txt', bytes: 14, comment: '' }] },
  ]);
  expect(missing).toEqual([99_999]);
});

test('download saves attachments by their ids, and refuses an id that the work item does not have', async () => {
  attachNow('a.txt', 'b.txt');
  const { workItems } = await list(connection, { workItemIds: [ITEM] });
  const [, second] = workItems[0]?.attachments ?? [];
  const order = { workItemId: ITEM, folder: join(folder, 'out'), ids: [second?.id.toUpperCase() ?? ''] };
  expect(await download(connection, order)).toMatchObject([
    { outcome: 'saved', path: join(folder, 'out/b.txt'), bytes: 14, sha256: sha256('bytes of b.txt') },
  ]);
  expect(await download(connection, order)).toMatchObject([{ outcome: 'already-there' }]);
  const unknown = { ...order, ids: ['11111111-1111-1111-1111-111111111111'] };
  await expect(download(connection, unknown)).rejects.toMatchObject({ kind: 'not-attached' });
});

test('export saves files that verify proves, and later only those that another export does not have', async () => {
  attachNow('a.txt');
  const out = join(folder, 'out/all');
  const files: stapler.ExportedFile[] = [];
  const order = { workItemIds: [ITEM], out };
  const totals = await stapler.export(connection, order, { onFile: (file) => files.push(file) });
  expect(totals).toEqual({ saved: 1, alreadyThere: 0, failed: 0, bytes: 14 });
  expect(files).toMatchObject([{ outcome: 'saved', name: 'a.txt', sha256: sha256('bytes of a.txt') }]);
  expect(await verify(out)).toEqual({ files: 1, bytes: 14, faults: 0 });
  attachNow('b.txt');
  const flat = { ...order, out: join(folder, 'out/new'), layout: 'flat' as const, since: out };
  expect(await stapler.export(connection, flat)).toMatchObject({ saved: 1 });
  expect(readFileSync(join(folder, 'out/new/8 b.txt'), 'utf8')).toBe('bytes of b.txt');
});

test('history tells changes, and restore attaches a removed file again', async () => {
  attachNow('a.txt');
  removeAll();
  const { workItem, events, isCut } = await history(connection, { workItemId: ITEM });
  expect([workItem.id, isCut]).toEqual([ITEM, false]);
  expect(events).toMatchObject([
    { event: 'attached', name: 'a.txt' },
    { event: 'removed', name: 'a.txt', daysLeft: 27 },
  ]);
  const order = { workItemId: ITEM, files: ['a.txt'] };
  expect((await restore(connection, { ...order, dryRun: true })).files).toMatchObject([
    { outcome: 'restorable' },
  ]);
  expect((await restore(connection, order)).files).toMatchObject([{ name: 'a.txt', outcome: 'restored' }]);
  expect(attachedTo(ITEM)).toEqual([`a.txt ${sha256('bytes of a.txt')}`]);
  expect(await restore(connection, { workItemId: ITEM, files: ['x'] })).toMatchObject({
    files: [],
    unknown: ['x'],
  });
});

test('A closed connection, a wrong address and a wrong pattern are errors of type', async () => {
  await connection.close();
  await connection.close();
  await expect(list(connection, { workItemIds: [ITEM] })).rejects.toThrow(TypeError);
  await expect(connect({ organization: 'fabrikam', token: 'x' })).rejects.toThrow(TypeError);
  const opened = await connect({
    organization: stage.emulator().restBaseUrl,
    token: stage.emulator().issueToken(),
    stateFolder: join(folder, 'state'),
  });
  await expect(plan(opened, { workItemIds: [ITEM], files: [], pattern: '' })).rejects.toThrow(TypeError);
  await opened.close();
});

test('connect asks a function for the token before every request', async () => {
  let calls = 0;
  const opened = await connect({
    organization: stage.emulator().restBaseUrl,
    token: () => {
      calls++;
      return Promise.resolve(stage.emulator().issueToken());
    },
    stateFolder: join(folder, 'state'),
  });
  const before = calls;
  await list(opened, { workItemIds: [ITEM] });
  expect([before > 0, calls > before]).toEqual([true, true]);
  await opened.close();
});

test('connect rejects if the organization refuses the token', async () => {
  const organization = stage.emulator().restBaseUrl;
  await expect(connect({ organization, token: 'wrong' })).rejects.toMatchObject({ kind: 'signed-out' });
});
