import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Emulator } from 'azure-devops-emulator';
import { findVolumeSets } from '../../src/upload/volumes/volume-sets';
import { story } from './bulk-story';
import { attachmentsOf, makeFile, pickable, writeSparseFile } from './files';
import { expect } from './fixtures';
import { expectNoViolations } from './looks';

const MB = 1_000_000;

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
    expect(panel.uploads()).toBe(0);

    await panel.attach('5 of 6 attached, 1 failed');
    const expected = createHash('sha256')
      .update(Buffer.alloc(70 * MB))
      .digest('hex');
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

story(
  'The panel asks about a second file once the server has refused one for its size',
  async ({ panel, emulator }) => {
    emulator.store.limits.maxAttachmentBytes = MB;
    await panel.open([7]);
    await panel.pick([pickable(makeFile('first.bin', 2 * MB))]);
    await panel.attach('0 of 1 attached, 1 failed');
    await panel.backToPlan();
    const second = makeFile('second.bin', 3 * MB);
    await panel.pick([pickable(second)]);
    const question = panel.content.getByRole('group', { name: 'File over the limit' });
    await expect(question).toContainText('second.bin');
    await question.getByRole('button', { name: /^Split into 4 parts/ }).click();
    await panel.attach('1 of 2 attached, 1 failed');
    const expected = createHash('sha256').update(second.bytes).digest('hex');
    expect(await joinedHash(emulator, 7, 'second.bin')).toBe(expected);
  },
);
