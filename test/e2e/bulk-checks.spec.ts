import { readFileSync } from 'node:fs';
import { project } from 'azure-devops-emulator';
import { exifData, jpegWith, SAMPLE_EXIF, xmpWith } from '../helpers/sample-picture';
import { plantedSecrets } from '../helpers/planted-secrets';
import { story } from './bulk-story';
import { attachmentsOf, pickable, type TestFile } from './files';
import { expect } from './fixtures';
import { expectNoViolations } from './looks';

/** Photos with their location in Exif and XMP data. */
const [PHOTO, OTHER] = ['photo.jpg', 'other.jpg'].map((name, index): TestFile => ({
  name,
  bytes: jpegWith(exifData(SAMPLE_EXIF, true), xmpWith(`exif:GPSLatitude="48,5${index}.5N"`)),
})) as [TestFile, TestFile];

const { secret, line } = plantedSecrets(1)[0]!;
const LOG: TestFile = { name: 'build.log', bytes: Buffer.from(`start\n${line}\nend\n`) };
const PLAIN: TestFile = { name: 'notes.txt', bytes: Buffer.from('Nothing to see here.\n') };

story(
  'The panel plans cleaned photos and masked texts, and Undo plans a photo as it was @services-only',
  async ({ panel, page, emulator }) => {
    await panel.open([7, 8]);
    await panel.pick([PHOTO, LOG, PLAIN].map(pickable));
    // The other files do not wait.
    await panel.expectSum('4 attachments');
    const question = panel.content.getByRole('group', { name: 'Files to check' });
    await expect(question.getByRole('status')).toHaveText(/^“.build.log.” seems to contain 1 secret.$/);
    await expect(question.getByRole('list', { name: 'Lines with secrets' })).not.toContainText(secret);
    await expectNoViolations(page, 'a question about a secret in the panel');
    await question.getByRole('button', { name: 'Mask and attach' }).press('Enter');
    await panel.expectSum('6 attachments');
    await expect(panel.content.getByText(/^1 secret masked in “.build.log.”.$/)).toBeVisible();
    await panel.expectFocusKept();

    await panel.pick([pickable(OTHER)]);
    await expect(panel.content.getByText('Location removed from 2 files.')).toBeVisible();
    await panel.showByFile();
    await panel.button('Remove other.jpg from the plan').press('Enter');
    await panel.button('Undo').press('Enter');
    await expect(panel.content.getByText(/Location removed/)).toBeHidden();
    await panel.expectFocusKept();
    await panel.pick([pickable(OTHER)]);
    await expect(panel.content.getByText(/^Location removed from “.other.jpg.”.$/)).toBeVisible();
    expect(panel.uploads()).toBe(0);

    await panel.attach('8 of 8 attached');
    for (const id of [7, 8]) {
      const storedText = (name: string): string => {
        const [found, ...others] = attachmentsOf(emulator, id).filter((file) => file.name === name);
        expect(others).toEqual([]);
        return readFileSync(emulator.store.attachment(found!.attachmentId)!.path, 'latin1');
      };
      expect(storedText('photo.jpg')).toBe(PHOTO.bytes.toString('latin1'));
      expect(storedText('other.jpg')).not.toContain('GPS');
      expect(storedText('notes.txt')).toBe(PLAIN.bytes.toString('latin1'));
      expect(storedText('build.log')).not.toContain(secret);
      expect(storedText('build.log')).toMatch(/^start\n.*\*{8}/);
    }
  },
);

story(
  'The rules of the project decide about secrets and existing names in the panel @services-only',
  async ({ panel, emulator }) => {
    emulator.store.extensionData.set('Default', 'policies', {
      id: project.id,
      text: JSON.stringify({
        ...{ version: 1, metadata: 'all', duplicates: 'skip' },
        workItemTypes: { Bug: { secrets: 'block', message: 'Ask Ada.' } },
      }),
    });
    emulator.store.attach(7, [{ name: 'notes.txt', content: Buffer.from('Older notes.\n') }]);
    await panel.open([7, 8]);
    await panel.pick([PHOTO, LOG, PLAIN].map(pickable));
    await expect(panel.content.getByRole('alert').filter({ hasText: 'build.log' })).toContainText('Ask Ada.');
    await panel.expectSum('3 attachments · 1 skipped');
    await expect(panel.duplicatesOfAll).toHaveValue('skip-name');
    await expect(panel.content.getByText(/^Location removed from “.photo.jpg.”.$/)).toBeVisible();
    // A rule of the project is not undone.
    await expect(panel.button('Undo')).toHaveCount(0);
  },
);
