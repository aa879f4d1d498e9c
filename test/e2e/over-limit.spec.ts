import { mkdir } from 'node:fs/promises';
import { splitInto } from '../helpers/split';
import { violations } from './axe';
import { attachmentsOf, expectAttached, makeFile, pickable, requestsOf, writeSparseFile } from './files';
import { expect, test } from './fixtures';

const MB = 1_000_000;

test('A file over a limit that the server has named is split, and one row shows it @both', async ({
  board,
  emulator,
}) => {
  emulator.store.limits.maxAttachmentBytes = MB;
  const file = makeFile('memory.dmp', 2 * MB);
  await board.pick(pickable(file));
  const question = board.overLimit('memory.dmp');
  await expect(question).toContainText('(2.0 MB) is over the limit of 954 KB');
  await expect(board.stapler.getByRole('listitem')).toHaveCount(0);
  expect(await violations(board.page)).toEqual([]);
  expectAttached(emulator, 7, []);

  const hashing = board.page
    .context()
    .waitForEvent('request', (request) => request.url().endsWith('/hash-worker.js'));
  await question.getByRole('button', { name: /^Split into \d parts$/ }).click();
  await hashing;
  await expect(board.finished('1 file attached')).toBeVisible();
  const parts = attachmentsOf(emulator, 7);
  expect(parts.map(({ name }) => name)).toEqual(['memory.dmp.001', 'memory.dmp.002', 'memory.dmp.003']);
  const expected = splitInto('memory.dmp', file.bytes, parts[0]!.size);
  expectAttached(
    emulator,
    7,
    expected.map(({ name, content }) => ({ name, bytes: content })),
  );
  expect(parts.map(({ comment }) => comment)).toEqual(expected.map(({ comment }) => comment));
  expect(requestsOf(emulator, 'PATCH', /workitems/i)).toHaveLength(1);
});

test('A file over the limit of Azure DevOps is asked about before its first byte, and a zip that fits is attached @services-only', async ({
  board,
  emulator,
}, testInfo) => {
  await mkdir(testInfo.outputPath(), { recursive: true });
  const path = testInfo.outputPath('disk.img');
  await writeSparseFile(path, 70 * MB);
  await board.pick(path);
  const buttons = board.overLimit('disk.img').getByRole('button');
  await expect(buttons).toHaveText([
    /^Zip, about /,
    'Split into 2 parts',
    'Link instead…',
    'Attach anyway',
    'Leave out',
  ]);
  expect(requestsOf(emulator, 'POST', /attachments/)).toEqual([]);
  await buttons.first().click();
  await expect(board.finished('1 file attached')).toBeVisible();
  const [zip] = attachmentsOf(emulator, 7);
  expect(zip?.name).toBe('disk.img.zip');
  expect(zip?.size).toBeLessThan(MB);
});

test('A file that is left out is gone, and nothing of it was sent @services-only', async ({
  board,
  emulator,
}) => {
  emulator.store.limits.maxAttachmentBytes = MB;
  await board.pick(pickable(makeFile('memory.dmp', 2 * MB)));
  await board.overLimit('memory.dmp').getByRole('button', { name: 'Leave out' }).click();
  await expect(board.overLimit('memory.dmp')).toHaveCount(0);
  await expect(board.dropZone).toBeFocused();
  expectAttached(emulator, 7, []);
  await board.pick(pickable(makeFile('other.dmp', 2 * MB)));
  await expect(board.overLimit('other.dmp')).toBeVisible();
  // The first refusal has named the limit.
  expect(requestsOf(emulator, 'POST', /attachments/)).toHaveLength(1);
});
