import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Emulator } from 'azure-devops-emulator';
import { findVolumeSets } from '../../src/upload/volumes/volume-sets';
import type { BulkPanel } from './bulk-story';
import { story } from './bulk-story';
import { attachmentsOf, makeFile, pickable, writeSparseFile } from './files';
import { expect, poll } from './fixtures';
import { isKept, untilJournal } from './journal-rows';
import { expectNoViolations } from './looks';

const MB = 1_000_000;

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** SHA-256 of a split file on the server, joined as `cat` does it. */
async function joinedHash(emulator: Emulator, workItemId: number, name: string): Promise<string> {
  const parts = attachmentsOf(emulator, workItemId)
    .filter((each) => each.name.startsWith(`${name}.`))
    .sort((a, b) => a.name.localeCompare(b.name));
  const hash = createHash('sha256');
  for (const { attachmentId } of parts)
    hash.update(await readFile(emulator.store.attachment(attachmentId)!.path));
  return hash.digest('hex');
}

story(
  'The panel asks about files over the limit, and a split file is sent once for all work items with room @services-only',
  async ({ panel, page, emulator }, testInfo) => {
    const [path, other] = [testInfo.outputPath('disk.img'), testInfo.outputPath('other.img')];
    await writeSparseFile(path, 70 * MB);
    await writeSparseFile(other, 71 * MB);
    await panel.open([7, 8, 31]);
    await panel.pick([path, other]);
    const questions = panel.content.getByRole('group', { name: 'File over the limit' });
    await expect(questions).toHaveCount(2);
    const question = questions.filter({ hasText: 'disk.img' });
    await expect(question.getByRole('button')).toHaveText([
      /^Zip, about /,
      'Split into 2 parts on each of 3 work items',
      'Attach anyway',
      'Leave out',
    ]);
    await expectNoViolations(page, 'questions about files over the limit in the panel');
    await question.getByRole('button', { name: /^Split/ }).press('Enter');
    await questions.getByRole('button', { name: 'Leave out' }).press('Enter');
    await expect(questions).toHaveCount(0);
    await panel.expectFocusKept();

    const log = makeFile('run.log', 1_000);
    await panel.pick([pickable(log)]);
    await panel.expectSum("5 attachments · 1 can't be attached");
    await expect(panel.itemRow('Bug 31')).toContainText("1 file to attach · Full: 1 file won't fit");
    await panel.showByFile();
    await expect(panel.fileRow('disk.img')).toContainText('70 MB · 2 parts');
    expect(panel.uploads()).toBe(0);

    await panel.attach('5 of 6 attached, 1 failed');
    const expected = hashOf(Buffer.alloc(70 * MB));
    for (const id of [7, 8]) {
      const attached = attachmentsOf(emulator, id);
      expect(attached.map(({ name }) => name).sort()).toEqual(['disk.img.001', 'disk.img.002', 'run.log']);
      expect(await joinedHash(emulator, id, 'disk.img')).toBe(expected);
      const { sets } = findVolumeSets(attached);
      expect(sets.map(({ name, facts }) => [name, facts.sha256])).toEqual([['disk.img', expected]]);
    }
    expect(attachmentsOf(emulator, 31).filter(({ name }) => name.startsWith('disk.img'))).toEqual([]);
    expect(panel.uploads()).toBe(3);

    await panel.backToPlan();
    await panel.expectSum("5 skipped · 1 can't be attached");
  },
);

/** Teaches the panel a limit of 1 MB by a refusal, and returns to the plan without the refused file. */
async function learnLimit(panel: BulkPanel, emulator: Emulator): Promise<void> {
  emulator.store.limits.maxAttachmentBytes = MB;
  await panel.pick([pickable(makeFile('first.bin', 2 * MB))]);
  await panel.attachButton.click();
  await panel.expectReport(/^0 of \d attached, \d failed/);
  await panel.backToPlan();
  await panel.showByFile();
  await panel.button('Remove first.bin from the plan').click();
}

story(
  'The panel asks about a second file once the server has refused one for its size',
  async ({ panel, emulator }) => {
    await panel.open([7]);
    await learnLimit(panel, emulator);
    const second = makeFile('second.bin', 3 * MB);
    await panel.pick([pickable(second)]);
    const question = panel.content.getByRole('group', { name: 'File over the limit' });
    await expect(question).toContainText('second.bin');
    await question.getByRole('button', { name: /^Split into 4 parts/ }).click();
    await panel.attach('1 of 1 attached');
    expect(await joinedHash(emulator, 7, 'second.bin')).toBe(hashOf(second.bytes));
  },
);

story(
  'A split file goes on with its next part after a reload of the panel @services-only',
  async ({ panel, page, emulator }) => {
    await panel.open([7, 8]);
    await learnLimit(panel, emulator);
    const refused = panel.uploads();
    const file = makeFile('disk.img', 3 * MB);
    await panel.pick([pickable(file)]);
    await panel.content.getByRole('button', { name: /^Split into 4 parts/ }).click();
    // Slow enough to be interrupted between the parts.
    emulator.setNetwork({ latencyMs: 500 });
    await panel.attachButton.click();
    await untilJournal({ stapler: panel.content }, (journal) => isKept('stored', journal));
    await poll(() => panel.uploads() - refused).toBeGreaterThan(1);
    await page.reload();
    emulator.setNetwork({ latencyMs: 0 });
    await panel.open([7, 8]);
    await panel.content.getByRole('button', { name: 'Resume' }).click();
    await panel.expectReport('2 of 2 attached');

    for (const id of [7, 8]) {
      expect(attachmentsOf(emulator, id)).toHaveLength(4);
      expect(await joinedHash(emulator, id, 'disk.img')).toBe(hashOf(file.bytes));
    }
    // The part that was on its way is sent again, and no other.
    expect(panel.uploads() - refused).toBeLessThanOrEqual(5);
  },
);
