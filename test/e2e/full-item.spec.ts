import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { violations } from './axe';
import { attachmentsOf, makeFile, pickable, requestsOf } from './files';
import { expect, poll, test } from './fixtures';

test('Files that do not fit become one zip, and none of them is refused @services-only', async ({
  board,
  emulator,
}) => {
  emulator.store.fill(9, 98);
  await board.goTo('Bug 9');
  const files = Array.from({ length: 5 }, (_, index) => makeFile(`night ${index}.log`, 3_000 + index));
  await board.pick(files.map((file) => pickable(file)));
  const question = board.stapler.getByRole('group', { name: 'Files without room' });
  await expect(question).toContainText("4 files don't fit. The work item has room for one more attachment.");
  await expect(question).toContainText(/night 1\.log.*night 3\.log.*, and 1 more\./);
  expect(await violations(board.page)).toEqual([]);
  await poll(() => attachmentsOf(emulator, 9).length).toBe(99);

  await question.getByRole('button', { name: /^Attach as one zip, about / }).click();
  await poll(() => attachmentsOf(emulator, 9).length).toBe(100);
  await expect(question).toHaveCount(0);
  const zip = attachmentsOf(emulator, 9).find(({ name }) => name === 'files.zip')!;
  const entries = unzipSync(new Uint8Array(readFileSync(emulator.store.attachment(zip.attachmentId)!.path)));
  const rest = files.slice(1);
  expect(Object.keys(entries)).toEqual(rest.map(({ name }) => name));
  for (const { name, bytes } of rest) expect(bytes.equals(entries[name]!)).toBe(true);
  expect(requestsOf(emulator, 'POST', /attachments/)).toHaveLength(2);
});

test('“Attach what fits” attaches as many files as there is room for, and names the others @services-only', async ({
  board,
  emulator,
}) => {
  emulator.store.fill(9, 98);
  await board.goTo('Bug 9');
  await board.pick([0, 1, 2, 3].map((index) => pickable(makeFile(`night ${index}.log`, 3_000))));
  const question = board.stapler.getByRole('group', { name: 'Files without room' });
  await question.getByRole('button', { name: 'Attach what fits' }).click();
  await poll(() => attachmentsOf(emulator, 9).length).toBe(100);
  await expect(board.stapler.getByRole('group', { name: '2 files failed' })).toContainText(
    'This work item is full',
  );
});
