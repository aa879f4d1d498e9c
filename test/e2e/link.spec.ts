import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { attachmentRelation, type Emulator } from 'azure-devops-emulator';
import { CI_ONLY, ciOnlyUnless } from './ci-only';
import { attachmentsOf, expectAttached, makeFile, pickable, requestsOf, writeFiles } from './files';
import { expect, test } from './fixtures';

/** `count` small files. */
function someFiles(count: number) {
  return Array.from({ length: count }, (_, index) => makeFile(`file ${index + 1}.txt`, 1_000 + index));
}

function patchesOf(emulator: Emulator, id = 7): number {
  return requestsOf(emulator, 'PATCH', new RegExp(`workitems/${id}`)).length;
}

test('Files uploaded over some time take a handful of revisions', async ({ board, emulator }) => {
  const before = emulator.store.workItem(7).rev;
  emulator.setNetwork({ bytesPerSecond: 800_000 });
  const files = Array.from({ length: 40 }, (_, index) => makeFile(`part ${index + 1}.bin`, 100_000));
  await board.pick(files.map(pickable));

  await expect(board.finished('40 files attached')).toBeVisible({ timeout: 30_000 });
  expectAttached(emulator, 7, files);
  const revisions = emulator.store.workItem(7).rev - before;
  expect(revisions).toBe(patchesOf(emulator));
  // Some files are linked before the last is uploaded, and patches are far fewer than files.
  expect(revisions).toBeGreaterThan(1);
  expect(revisions).toBeLessThan(7);
});

test('A file linked before does not fail the other nine @services-only', async ({ board, emulator }) => {
  emulator.interfere('link', () => {
    const { store } = emulator;
    const [first] = store.attachments.all.filter(({ fileName }) => fileName?.startsWith('file '));
    const relation = attachmentRelation(store, first!.id, {
      name: first!.fileName!,
      resourceSize: first!.bytes,
    });
    store.save({ ...store.workItem(7), relations: [...store.workItem(7).relations, relation] });
  });
  const files = someFiles(10);
  await board.pick(files.map(pickable));

  await expect(board.finished('10 files attached')).toBeVisible();
  expectAttached(emulator, 7, files);
  expect(patchesOf(emulator)).toBe(2);
});

for (const name of ['link-conflict', 'edited-meanwhile', 'edited-inside', 'done-but-500']) {
  // A conflict has another status on a server.
  const tag = name === 'edited-meanwhile' ? '@both' : CI_ONLY;
  test(
    `Stapler reads the item again and repeats the patch after ${name}`,
    { tag },
    async ({ board, emulator }) => {
      const { 'System.Title': title } = emulator.store.workItem(7).fields;
      emulator.setNetwork({ faults: [{ name, remaining: 2, at: 'link' }] });
      const files = someFiles(3);
      await board.pick(files.map(pickable));

      await expect(board.finished('3 files attached')).toBeVisible();
      expectAttached(emulator, 7, files);
      expect(emulator.store.workItem(7).fields['System.Title']).toBe(title);
      expect(requestsOf(emulator, 'POST', /attachments/)).toHaveLength(3);
    },
  );
}

test('A lasting conflict fails after five retries, and Retry links without a second upload', async ({
  board,
  emulator,
}) => {
  emulator.setNetwork({ faults: [{ name: 'link-conflict', remaining: null }] });
  const files = someFiles(1);
  await board.pick(files.map(pickable));
  await expect(board.row('file 1.txt')).toContainText('Someone changed the work item');
  expect(patchesOf(emulator)).toBe(6);

  emulator.setNetwork({ faults: [] });
  await board.stapler.getByRole('button', { name: 'Retry file 1.txt', exact: true }).click();
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, files);
  expect(requestsOf(emulator, 'POST', /attachments/)).toHaveLength(1);
});

test('Stapler names files without room before the first byte @services-only', async ({
  board,
  emulator,
}, testInfo) => {
  await board.goTo('31');
  await expect(board.count(99)).toBeVisible();
  const [first, second] = [makeFile('fits.txt', 10), makeFile('does not fit.txt', 10)];
  await board.pick([pickable(first), pickable(second)]);
  await board.stapler.getByRole('button', { name: 'Attach what fits' }).click();
  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(board.row('does not fit.txt')).toContainText('is full (100 attachments)');
  expect(requestsOf(emulator, 'POST', /attachments/)).toHaveLength(1);
  expect(attachmentsOf(emulator, 31)).toHaveLength(100);

  // Both items have 100 attachments, so only the row tells that the frame shows the second one.
  await board.goTo('32');
  await expect(board.row('does not fit.txt')).toHaveCount(0);
  await expect(board.count(100)).toBeVisible();
  await expect(board.dropZone).toHaveCount(0);
  await mkdir(testInfo.outputPath(), { recursive: true });
  await board.drop(await writeFiles(testInfo.outputPath(), [second]), board.fullZone);
  await expect(board.row('does not fit.txt')).toContainText('is full (100 attachments)');
  expect(requestsOf(emulator, 'POST', /attachments/)).toHaveLength(1);
});

test('Azure DevOps Server decides about attachments beyond 100 @server-only', async ({ board, emulator }) => {
  emulator.store.limits.maxAttachmentsPerItem = 101;
  await board.goTo('31');
  await expect(board.count(99)).toBeVisible();
  await board.pick(
    ['fits.txt', 'fits, too.txt', 'does not fit.txt'].map((name) => pickable(makeFile(name, 10))),
  );
  await expect(board.finished('2 files attached')).toBeVisible();
  await expect(board.count(101)).toBeVisible();
  await expect(board.row('does not fit.txt')).toContainText('is full (101 attachments)');
  expect(requestsOf(emulator, 'POST', /attachments/)).toHaveLength(3);
});

test('Stapler links the files with room in an item that fills up, and the rest later', async ({
  board,
  emulator,
}) => {
  emulator.interfere('link', () => emulator.store.fill(7, 98));
  const files = someFiles(4);
  await board.pick(files.map(pickable));
  await expect(board.count(100)).toBeVisible();
  await expect(board.stapler.getByRole('button', { name: /^Retry file.*\.txt$/ })).toHaveCount(2);
  await expect(board.stapler.getByRole('group', { name: '2 files failed' })).toContainText(
    'This work item is full (100 attachments). Remove some, then add the files again.',
  );
  expect(attachmentsOf(emulator, 7)).toHaveLength(100);

  const { store } = emulator;
  const item = store.workItem(7);
  const theirs = item.relations.filter(({ attributes }) => !String(attributes['name']).startsWith('file '));
  store.save({ ...item, relations: item.relations.filter((relation) => !theirs.includes(relation)) });
  await board.stapler.getByRole('button', { name: 'Retry failed (2)' }).click();
  await expect(board.finished('4 files attached')).toBeVisible();
  expectAttached(emulator, 7, files);
  expect(requestsOf(emulator, 'POST', /attachments/)).toHaveLength(4);
});

/** Refusals of any link by a work item, and the messages for them. */
const REFUSALS: readonly { what: string; says: RegExp; happen: (emulator: Emulator) => void }[] = [
  {
    what: 'too many revisions',
    says: /its history is too long/,
    happen: ({ store }) => (store.limits.maxRevisions = store.workItem(7).rev),
  },
  {
    what: 'a broken work item rule',
    says: /has invalid fields.*ReproSteps.*Fix them, save, then retry/,
    happen: ({ store }) => store.requiredFields.add('Microsoft.VSTS.TCM.ReproSteps'),
  },
  {
    what: 'a missing permission',
    says: /don't have permission to edit this work item/,
    happen: ({ store }) => store.readOnlyIds.add(7),
  },
  {
    what: 'a deletion',
    says: /doesn't exist/,
    happen: (emulator) => emulator.interfere('link', () => emulator.store.remove(7)),
  },
];

for (const { what, says, happen } of REFUSALS) {
  const tag = [...ciOnlyUnless(what === 'a broken work item rule')];
  test(
    `Stapler shows a message and waits for Retry after ${what} @services-only`,
    { tag },
    async ({ board, emulator }) => {
      happen(emulator);
      const files = someFiles(3);
      await board.pick(files.map(pickable));
      await expect(board.stapler.getByRole('group', { name: '3 files failed' })).toContainText(says);
      for (const { name } of files) {
        await expect(board.row(name)).toContainText('Failed');
        await expect(
          board.row(name).getByRole('button', { name: `Retry ${name}`, exact: true }),
        ).toBeVisible();
      }
      await expect(board.stapler.getByText(/Retrying (in|now)/)).toHaveCount(0);
      expect(patchesOf(emulator)).toBe(1);
    },
  );
}

test('A work item close to its limit of links gets the files with room', async ({ board, emulator }) => {
  const { store } = emulator;
  store.limits.maxRelationsPerItem = store.workItem(7).relations.length + 1;
  const files = someFiles(2);
  await board.pick(files.map(pickable));
  await expect(board.count(1)).toBeVisible();
  await expect(board.stapler.getByText("can't hold more links")).toBeVisible();
  expect(attachmentsOf(emulator, 7)).toHaveLength(1);

  store.limits.maxRelationsPerItem = 1000;
  await board.stapler.getByRole('button', { name: /^Retry file.*\.txt$/ }).click();
  await expect(board.finished('2 files attached')).toBeVisible();
  expectAttached(emulator, 7, files);
});

test('A folder name longer than a comment is shortened @services-only', async ({
  board,
  emulator,
}, testInfo) => {
  const names = ['first', 'second', 'third', 'fourth'].map((name) => `${name} ${'long '.repeat(18)}`.trim());
  const deep = join(testInfo.outputPath('top'), ...names);
  await mkdir(deep, { recursive: true });
  const file = makeFile('deep.txt', 10);
  await writeFiles(deep, [file]);
  await board.drop([testInfo.outputPath('top')]);

  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [file]);
  const [{ comment } = { comment: '' }] = attachmentsOf(emulator, 7);
  expect(comment.length).toBeGreaterThan(200);
  expect(comment.length).toBeLessThanOrEqual(255);
});
