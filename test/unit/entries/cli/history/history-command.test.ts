import { createCliStage, sha256 } from '../../../../helpers/cli';

const stage = createCliStage();
const { run, attachedTo } = stage;

/** Work item without attachments. */
const ITEM = 8;

/** Attaches files, and removes them at once. */
function attachAndRemove(...names: readonly string[]): void {
  const { store } = stage.emulator();
  store.attach(
    ITEM,
    names.map((name) => ({ name, content: Buffer.from(`bytes of ${name}`) })),
  );
  store.save({ ...store.workItem(ITEM), relations: [] });
}

function idOf(name: string): string {
  const { store } = stage.emulator();
  const relations = store.updates(ITEM).flatMap(({ after }) => after.relations);
  const { url = '' } = relations.find(({ attributes }) => attributes['name'] === name) ?? {};
  return url.split('/').at(-1) ?? '';
}

function linksSent(): number {
  return stage.emulator().requests.records.filter(({ method }) => method === 'PATCH').length;
}

const LATER = { daysAhead: 40 };

test('history lists the changes of files, oldest first, with the days left of removed ones', async () => {
  attachAndRemove('a.png');
  const { code, out, err } = await run(['history', String(ITEM)]);
  expect([code, err]).toEqual([0, '']);
  const [title, attached, removed] = out.split('\n');
  expect(title).toMatch(/8 Invoice total is rounded twice: 2 changes of its files$/);
  expect(attached).toMatch(/Jamal.* attached a\.png \(14 B\)$/);
  expect(removed).toMatch(/Jamal.* removed a\.png \(2[78] days left\)$/);
});

test('history tells that a work item never had a file', async () => {
  const { code, out } = await run(['history', String(ITEM)]);
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^\w+ 8 Invoice total is rounded twice: no file was ever attached\.\n$/),
  ]);
});

test('history prints one object for each change', async () => {
  attachAndRemove('a.png');
  const { lines } = await run(['history', String(ITEM), '--json']);
  expect(lines).toMatchObject([
    { type: 'event', event: 'attached', workItemId: ITEM, name: 'a.png', bytes: 14 },
    { type: 'event', event: 'removed', name: 'a.png', daysLeft: 27 },
    { type: 'summary', changes: 2, exitCode: 0 },
  ]);
});

test('history reads all pages of the updates', async () => {
  const { store } = stage.emulator();
  for (let count = 0; count < 201; count++) {
    const item = store.workItem(ITEM);
    store.save({ ...item, fields: { ...item.fields, 'System.Title': `Title ${count}` } });
  }
  attachAndRemove('late.png');
  const { out } = await run(['history', String(ITEM)]);
  expect(out).toContain('removed late.png');
});

test('history refuses several work items', async () => {
  const { code, err } = await run(['history', '8,9']);
  expect(code).toBe(64);
  expect(err).toContain('"stapler history" takes one work item at a time.');
});

test('restore links a removed file again, exactly once', async () => {
  attachAndRemove('a.png', 'b.png');
  const { code, out, err } = await run(['restore', String(ITEM), 'a.png']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(
    /^a\.png → .* 8: restored\nAzure DevOps keeps removed files for 28 days\. It isn't known/,
  );
  expect(attachedTo(ITEM)).toEqual([`a.png ${sha256('bytes of a.png')}`]);
  const again = await run(['restore', String(ITEM), 'a.png']);
  expect([again.code, again.out]).toEqual([0, expect.stringContaining('already attached')]);
  expect(attachedTo(ITEM)).toHaveLength(1);
});

test('restore links a file once if the answer to its link is lost', async () => {
  attachAndRemove('a.png');
  stage.emulator().setNetwork({ faults: [{ name: 'link-answer-lost', remaining: 1 }] });
  const { code } = await run(['restore', String(ITEM), '--all']);
  expect(code).toBe(0);
  expect(attachedTo(ITEM)).toHaveLength(1);
});

test('restore links nothing if the bytes are gone', async () => {
  attachAndRemove('a.png');
  const { store } = stage.emulator();
  store.clock.restore(LATER.daysAhead);
  const { code, err } = await run(['restore', String(ITEM), 'a.png']);
  expect(code).toBe(2);
  expect(err).toMatch(/a\.png → .* 8: can't be restored\. “a\.png” isn't on the server anymore/);
  expect([linksSent(), attachedTo(ITEM)]).toEqual([0, []]);
});

test('restore --dry-run changes nothing', async () => {
  attachAndRemove('a.png');
  const { code, lines } = await run(['restore', String(ITEM), '--all', '--dry-run', '--json']);
  expect(code).toBe(0);
  expect(lines).toMatchObject([
    { type: 'file', outcome: 'restorable', name: 'a.png' },
    { type: 'summary', files: 1, restored: 0, restorable: 1, exitCode: 0 },
  ]);
  expect(linksSent()).toBe(0);
});

test('restore --as-copy uploads a new attachment, and only once', async () => {
  attachAndRemove('a.png');
  const { code, out } = await run(['restore', String(ITEM), 'a.png', '--as-copy']);
  expect([code, out]).toEqual([0, expect.stringContaining('restored as a new copy')]);
  const { relations } = stage.emulator().store.workItem(ITEM);
  expect(relations.map(({ url }) => url.split('/').at(-1))).not.toContain(idOf('a.png'));
  expect(attachedTo(ITEM)).toEqual([`a.png ${sha256('bytes of a.png')}`]);
  const again = await run(['restore', String(ITEM), idOf('a.png'), '--as-copy']);
  expect([again.code, again.out]).toEqual([0, expect.stringContaining('already attached')]);
  expect(attachedTo(ITEM)).toHaveLength(1);
});

test('restore --as-copy continues after a failure between the upload and the link', async () => {
  attachAndRemove('a.png');
  stage.emulator().setNetwork({ faults: [{ name: 'status-413', remaining: 1, at: 'link' }] });
  const first = await run(['restore', String(ITEM), 'a.png', '--as-copy']);
  expect([first.code, attachedTo(ITEM)]).toEqual([4, []]);
  expect((await run(['restore', String(ITEM), 'a.png', '--as-copy'])).code).toBe(0);
  expect(attachedTo(ITEM)).toHaveLength(1);
});

test('restore asks for an id if several removed files have the name, and changes nothing', async () => {
  attachAndRemove('a.png');
  attachAndRemove('a.png', 'b.png');
  const { code, err } = await run(['restore', String(ITEM), 'b.png', 'a.png']);
  expect([code, err]).toEqual([2, expect.stringContaining('has 2 removed files with the name "a.png"')]);
  expect(err).toContain(idOf('a.png'));
  expect(linksSent()).toBe(0);
});

test.each([
  [['8'], 64, 'Which files?'],
  [['8', 'a.png', '--all'], 64, 'exclude each other'],
  [['8', 'none.png'], 2, 'has no removed file "none.png"'],
])('restore explains %j', async (args, exitCode, words) => {
  const { code, err } = await run(['restore', ...args]);
  expect([code, err]).toEqual([exitCode, expect.stringContaining(words)]);
});
