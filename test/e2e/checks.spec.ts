import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { project } from 'azure-devops-emulator';
import { exifData, jpegWith, SAMPLE_EXIF, xmpWith } from '../helpers/sample-picture';
import { officeZipOf } from '../helpers/sample-office';
import { plantedSecrets } from '../helpers/planted-secrets';
import type { Board } from './board';
import { attachmentsOf, expectAttached, pickable, type TestFile } from './files';
import { expect, test } from './fixtures';
import { expectNoViolations } from './looks';

/** A photo with its location in Exif and XMP data. */
const PHOTO: TestFile = {
  name: 'photo.jpg',
  bytes: jpegWith(exifData(SAMPLE_EXIF, true), xmpWith('exif:GPSLatitude="48,51.5N"')),
};

const { secret, line } = plantedSecrets(1)[0]!;

/** A text with a secret in its third line. */
const LOG: TestFile = { name: 'build.log', bytes: Buffer.from(`start\nbuild\n${line}\nend\n`) };

const PLAIN: TestFile = { name: 'notes.txt', bytes: Buffer.from('Nothing to see here.\n') };

/** Bytes of the only attachment of bug 7 with this name. */
function storedBytes({ emulator }: Board, name: string): string {
  const found = attachmentsOf(emulator, 7).filter((file) => file.name === name);
  expect(found).toHaveLength(1);
  return readFileSync(emulator.store.attachment(found[0]!.attachmentId)!.path, 'latin1');
}

const question = (board: Board): Locator => board.stapler.getByRole('group', { name: 'Files to check' });

test('A photo arrives without its location, and Undo puts it back @both', async ({ board, emulator }) => {
  await board.pick([PHOTO, PLAIN].map(pickable));
  await expect(board.finished('2 files attached')).toBeVisible();
  const note = board.stapler.getByText(/^Location removed from “.photo.jpg.”.$/);
  await expect(note).toBeVisible();
  expect(PHOTO.bytes.toString('latin1')).toContain('GPSLatitude');
  expect(storedBytes(board, 'photo.jpg')).not.toContain('GPSLatitude');
  expect(storedBytes(board, 'notes.txt')).toBe(PLAIN.bytes.toString('latin1'));

  await board.stapler.getByRole('button', { name: 'Undo' }).click();
  await expect(board.stapler.getByText(/^“.photo.jpg.” was replaced.$/)).toBeVisible();
  await expect(note).toBeHidden();
  expectAttached(emulator, 7, [PHOTO, PLAIN]);
});

test('A file with a secret waits for an answer by keyboard, and is attached masked @services-only', async ({
  board,
  emulator,
  page,
}) => {
  await board.pick([LOG, PLAIN].map(pickable));
  // The other file does not wait.
  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(question(board).getByRole('status')).toHaveText(/^“.build.log.” seems to contain 1 secret.$/);
  const lines = question(board).getByRole('list', { name: 'Lines with secrets' });
  await expect(lines).toContainText('Line 3');
  await expect(lines).not.toContainText(secret);
  await expectNoViolations(page, 'a question about a secret');
  expectAttached(emulator, 7, [PLAIN]);

  await question(board).getByRole('button', { name: 'Mask and attach' }).press('Enter');
  await expect(board.finished('2 files attached')).toBeVisible();
  await expect(question(board)).toBeHidden();
  await expect(board.stapler.getByText(/^1 secret masked in “.build.log.”.$/)).toBeVisible();
  const stored = storedBytes(board, 'build.log');
  expect(stored).toHaveLength(LOG.bytes.length);
  expect(stored).not.toContain(secret);
  expect(stored).toMatch(/^start\nbuild\n.*\*{8}/);
});

test('A file left out is sent nowhere, and one attached anyway arrives as it is @services-only', async ({
  board,
  emulator,
}) => {
  const other = { name: 'other.log', bytes: Buffer.from(`${LOG.bytes.toString()}more\n`) };
  await board.pick([LOG, other].map(pickable));
  await question(board).getByRole('button', { name: 'Leave out' }).click();
  await expect(question(board).getByRole('status')).toHaveText(/^“.other.log.” seems/);
  await question(board).getByRole('button', { name: 'Attach anyway' }).click();
  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(question(board)).toBeHidden();
  expectAttached(emulator, 7, [other]);
});

test('A file waits for the comment that the project asks for, and arrives with it @services-only', async ({
  board,
  emulator,
  page,
}) => {
  emulator.store.extensionData.set('Default', 'policies', {
    id: project.id,
    text: JSON.stringify({ version: 1, requireComment: true }),
  });
  await page.reload();
  const files = ['one.txt', 'two.txt', 'three.txt'].map((name) => ({ name, bytes: Buffer.from(name) }));
  await board.pick(files.map(pickable));
  const form = board.stapler.getByRole('form', { name: 'Files to check' });
  await expect(form.getByRole('status')).toHaveText(/^This project asks for a comment on “.one.txt.”.$/);
  await expectNoViolations(page, 'a question about a comment');
  const field = form.getByRole('textbox', { name: 'Comment' });
  await expect(form.getByRole('button', { name: 'Attach' })).toBeDisabled();
  await field.fill('Seen in the build');
  await field.press('Enter');
  await expect(form.getByRole('status')).toHaveText(/“.two.txt.”/);
  await expect(field).toBeFocused();
  await form.getByRole('checkbox', { name: 'Do this for all 2 files' }).check();
  await field.fill('Nightly run');
  await form.getByRole('button', { name: 'Attach' }).click();
  await expect(board.finished('3 files attached')).toBeVisible();
  await expect(form).toBeHidden();
  const found = attachmentsOf(emulator, 7).filter(({ name }) => /^(one|two|three)[.]txt$/.test(name));
  expect(found.map(({ name, comment }) => `${name}: ${comment}`).sort()).toEqual([
    'one.txt: Seen in the build',
    'three.txt: Nightly run',
    'two.txt: Nightly run',
  ]);
});

test('A document tells its author, and arrives without the name after “Remove author” @services-only', async ({
  board,
  emulator,
  page,
}) => {
  const core = '<cp:coreProperties><dc:creator>Anna Meyer</dc:creator></cp:coreProperties>';
  const parts = { 'docProps/core.xml': core, 'word/document.xml': '<w:document/>' };
  const plan: TestFile = { name: 'plan.docx', bytes: officeZipOf(parts) };
  await board.pick([pickable(plan)]);
  await expect(board.finished('1 file attached')).toBeVisible();
  const note = board.stapler.getByText(/^Author of “.plan.docx.”: .*Anna Meyer/);
  await expect(note).toBeVisible();
  await expectNoViolations(page, 'the author of a document');
  expectAttached(emulator, 7, [plan]);

  await board.stapler.getByRole('button', { name: 'Remove author' }).click();
  await expect(board.stapler.getByText(/^Author removed from “.plan.docx.”.$/)).toBeVisible();
  await expect(board.stapler.getByText(/^“.plan.docx.” was replaced.$/)).toBeVisible();
  expect(storedBytes(board, 'plan.docx')).toContain('<dc:creator></dc:creator>');

  await board.stapler.getByRole('button', { name: 'Undo' }).last().click();
  await expect(board.stapler.getByText(/^Author removed from/)).toBeHidden();
  await expect.poll(() => attachmentsOf(emulator, 7).length).toBe(1);
});
